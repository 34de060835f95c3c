"""The status page and its feed."""

from datetime import timedelta

from behave import register_type, then, when
from hamcrest import equal_to, has_entries, has_length, less_than, not_, only_contains

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.platform import status as status_page
from api_service.subjects.platform.status import FEEDS, PAGE
from api_service.vocabulary import one_of

FRESH = timedelta(minutes=15)
register_type(Feed=one_of(FEEDS))


@when("{person:Person} looks at the status page")
def look(context: Context, person):
    """Ask how the platform is."""
    context.world.act(person, "GET", PAGE)


@when("{person:Person} reads the {feed:Feed}")
def read(context: Context, person, feed):
    """Ask for the feed of incidents."""
    context.world.act(person, "GET", FEEDS[feed])


@then("the page should tell how the platform, its services and its figures are")
def tell(context: Context):
    """Nothing that customers look for is empty, and none of it is old."""
    answer = context.world.answer
    filled = not_(has_length(0))
    assertions.check(answer, answer.body["overview"], has_entries(state=filled, description=filled))
    assertions.check(answer, status_page.age(answer), less_than(FRESH))
    for part in ("services", "uptime_metrics"):
        assertions.check(answer, answer.body[part], filled)
        texts = [text for entry in answer.body[part] for text in entry.values() if isinstance(text, str)]
        assertions.check(answer, texts, only_contains(filled))


@then("the incidents should stand there once each, the newest first")
def be_in_order(context: Context):
    """Identifiers are unique, and the order is that of time."""
    answer = context.world.answer
    told = status_page.on_page(answer.body)
    assertions.check(answer, len({one["guid"] for one in told}), len(told))
    assertions.check(answer, [one["at"] for one in told], sorted((one["at"] for one in told), reverse=True))


@then("the page should say the same when it is asked again")
def agree(context: Context):
    """Only the moment at which the page was made differs."""
    answer, again = context.world.answer, context.world.must(VISITOR, "GET", PAGE)
    assertions.check(answer, status_page.timeless(answer.body), equal_to(status_page.timeless(again.body)))


@then("the feed should carry the incidents of the page")
def carry(context: Context):
    """The feed's entries say of each incident what the page says, and the feed is described like the page."""
    answer, page = context.world.answer, context.world.must(VISITOR, "GET", PAGE)
    assertions.check(answer, status_page.in_feed(answer), equal_to(status_page.on_page(page.body)))
    described = status_page.channel(answer).findtext("description")
    assertions.check(answer, described, page.body["overview"]["description"])


@then("the {feed:Feed} should bring the same")
def bring_same(context: Context, feed):
    """The other address of the feed brings what this one brought."""
    answer, other = context.world.answer, context.world.must(VISITOR, "GET", FEEDS[feed])
    assertions.check(answer, status_page.lasting(answer), equal_to(status_page.lasting(other)))
