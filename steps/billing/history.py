"""The history of billing: what Stripe reported, in its order and in pages."""

from behave import then, when
from hamcrest import equal_to

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects import paging
from api_service.subjects.billing import billing


@when("{person:Person} reads the history of billing {size:d} at a time")
def read_in_pages(context: Context, person, size):
    """Ask for every page of the history, one after the other."""
    whose = billing.of(context.world, person)
    pages = paging.read_pages(context.world, person, billing.EVENTS, size, **whose)
    context.world.remember("pages", "history", pages)


@then("the history should be {titles:Quotes}")
def be_so(context: Context, titles):
    """The history holds exactly these recorded events, in this order."""
    answer = context.world.answer
    wanted = [context.world.recall("event", title)["id"] for title in titles]
    assertions.check(answer, [event["stripe_event_id"] for event in answer.body["items"]], equal_to(wanted))


@then("the pages should be {first:Quotes}, and then {second:Quotes}")
def be_paged(context: Context, first, second):
    """There are two pages with exactly these recorded events."""
    pages = context.world.recall("pages", "history")
    shown = [[event["stripe_event_id"] for event in page] for page in pages]
    wanted = [[context.world.recall("event", title)["id"] for title in page] for page in (first, second)]
    assertions.check(context.world.answer, shown, equal_to(wanted))
