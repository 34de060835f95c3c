"""The status page and its feed."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

from behave import register_type, then
from hamcrest import has_entries, has_length, less_than, not_, only_contains

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.platform import status
from api_service.subjects.platform.status import FEEDS, PAGE
from api_service.vocabulary import one_of

MOST_AGE = timedelta(minutes=15)
register_type(Feed=one_of(FEEDS))


@then("the page should tell how the platform, its services and its figures are")
def be_filled(context: Context):
    """`overview`, `services` and `uptime_metrics` have no empty text; the page is under 15 minutes old."""
    answer = context.world.answer
    filled: Any = not_(has_length(0))
    check(answer, answer.body["overview"], has_entries(state=filled, description=filled))
    check(answer, status.age(answer), less_than(MOST_AGE))
    for part in ("services", "uptime_metrics"):
        check(answer, answer.body[part], filled)
        texts = [text for entry in answer.body[part] for text in entry.values() if isinstance(text, str)]
        check(answer, texts, only_contains(filled))


@then("the incidents should stand there once each, the newest first")
def be_in_order(context: Context):
    """Every `incident_id` is there once, and `occurred_at` falls from one incident to the next."""
    answer = context.world.answer
    incidents = status.page_incidents(answer.body)
    check(answer, len({incident["guid"] for incident in incidents}), len(incidents))
    times = [incident["at"] for incident in incidents]
    check(answer, times, sorted(times, reverse=True))


@then("the page should say the same when it is asked again")
def agree(context: Context):
    """The page, read again, is the same but for the times at which it was made."""
    answer, again = context.world.answer, context.world.must(VISITOR, "GET", PAGE)
    check(answer, status.timeless(answer.body), status.timeless(again.body))


@then("the feed should carry the incidents of the page")
def carry_incidents(context: Context):
    """The items have the ids, texts and times of the page's incidents; the feed has its description."""
    answer, page = context.world.answer, context.world.must(VISITOR, "GET", PAGE)
    channel = _channel(answer)
    check(answer, status.feed_incidents(channel), status.page_incidents(page.body))
    check(answer, channel.findtext("description"), page.body["overview"]["description"])


@then("the {feed:Feed} should bring the same")
def bring_same(context: Context, feed):
    """The feed's other address answers with the same feed but for the times at which it was made."""
    answer, other = context.world.answer, context.world.must(VISITOR, "GET", FEEDS[feed])
    check(answer, status.lasting(_channel(answer)), status.lasting(_channel(other)))


def _channel(exchange: Exchange) -> Element:
    channel = status.channel(exchange)
    if channel is None:
        raise AssertionError(explain(exchange, "an RSS 2.0 document with a channel"))
    return channel
