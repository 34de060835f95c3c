"""The history of billing: what Stripe reported, in its order and in pages."""

from behave import then

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects import paging
from api_service.subjects.billing import stripe_events


@then("the history should be {titles:Quotes}")
def hold_events(context: Context, titles):
    """The `stripe_event_id`s of the list are those of these recorded events, in this order."""
    listed = [event["stripe_event_id"] for event in context.world.answer.body["items"]]
    expected = [event.id for event in stripe_events.events(context.world, titles)]
    assertions.check(context.world.answer, listed, expected)


@then("the pages should be {first:Quotes}, and then {second:Quotes}")
def come_in_pages(context: Context, first, second):
    """There are two pages, whose `stripe_event_id`s are those of these recorded events, in this order."""
    pages = context.world.state.find(paging.Pages, "history of billing")
    listed = [[event["stripe_event_id"] for event in page] for page in pages]
    events = (stripe_events.events(context.world, titles) for titles in (first, second))
    expected = [[event.id for event in page] for page in events]
    assertions.check(context.world.answer, listed, expected)
