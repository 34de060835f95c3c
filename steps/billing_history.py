"""The history of billing: what Stripe reported, in pages and in part."""

from behave import register_type, then, when
from hamcrest import contains_exactly, equal_to

from acceptance import billing, conversations, outcomes
from acceptance.vocabulary import one_of

NARROWINGS = {
    "paid invoices": {"event_type": "invoice.paid"},
    "what was processed": {"processing_status": "processed"},
    "what failed": {"processing_status": "failed"},
    "what was only received": {"processing_status": "received"},
    "what was invented": {"processing_status": "invented"},
}
register_type(BillingNarrowing=one_of(NARROWINGS))


@when("{person:Person} looks at the history of billing")
def look(context, person):
    """Ask for the history of the person's tenant."""
    context.world.act(person, "GET", billing.EVENTS, **billing.of(context.world, person))


@when("{person:Person} narrows the history of billing to {narrowing:BillingNarrowing}")
def narrow(context, person, narrowing):
    """Ask for a part of the history."""
    whose = billing.of(context.world, person)
    context.world.act(person, "GET", billing.EVENTS, query=NARROWINGS[narrowing], **whose)


@when("{person:Person} reads the history of billing {size:d} at a time")
def read_in_pages(context, person, size):
    """Ask for every page of the history, one after the other."""
    whose = billing.of(context.world, person)
    pages = conversations.pages(context.world, person, billing.EVENTS, size, **whose)
    context.world.remember("pages", "history", pages)


@when("{person:Person} looks at a page of the history of billing that does not exist")
def look_at_strange_page(context, person):
    """Ask for the page behind a cursor that the service never gave."""
    whose = billing.of(context.world, person)
    context.world.act(person, "GET", billing.EVENTS, query={"cursor": "no-such-page"}, **whose)


@then("the history should be {titles:Quotes}")
def be_so(context, titles):
    """The history holds exactly these recorded events, in this order."""
    answer = context.world.answer
    wanted = [context.world.recall("event", title)["id"] for title in titles]
    outcomes.check(answer, [event["stripe_event_id"] for event in answer.body["items"]], equal_to(wanted))


@then("the pages should be {first:Quotes}, and then {second:Quotes}")
def be_paged(context, first, second):
    """There are two pages with exactly these recorded events."""
    pages = context.world.recall("pages", "history")
    shown = [[event["stripe_event_id"] for event in page] for page in pages]
    wanted = [[context.world.recall("event", title)["id"] for title in page] for page in (first, second)]
    outcomes.check(context.world.answer, shown, contains_exactly(*wanted))
