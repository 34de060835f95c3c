"""Billing: what people look at, and what they are shown."""

from behave import register_type, then, when
from hamcrest import equal_to

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.billing import billing, billing_tables
from api_service.subjects.billing.billing_tables import KINDS
from api_service.subjects.billing.metered_usage import within
from api_service.vocabulary import one_of, verbs

# Who asks for what with which query; what is asked for with a body is a POST.
QUESTIONS = {
    "look at the plans": (billing.PLANS, None, None),
    "look at the subscription": (billing.SUBSCRIPTION, None, None),
    "list the cards": (billing.CARDS, None, None),
    "open the billing portal": (billing.PORTAL, None, {}),
    "preview the next invoice": (billing.UPCOMING_INVOICE, None, {}),
    "preview the next invoice for 12 seats": (billing.UPCOMING_INVOICE, None, {"seat_count": 12}),
    "list the invoices": (billing.INVOICES, None, None),
    "add up the metered usage": (billing.USAGE_TOTALS, None, None),
    "add up the metered usage of scans": (billing.USAGE_TOTALS, {"feature_keys": "scans"}, None),
    "add up the metered usage of February": (billing.USAGE_TOTALS, within("February"), None),
    "look at the history of billing": (billing.EVENTS, None, None),
    "look for paid invoices in the history": (billing.EVENTS, {"event_type": "invoice.paid"}, None),
    "look for what was processed in the history": (billing.EVENTS, {"processing_status": "processed"}, None),
    "look for what failed in the history": (billing.EVENTS, {"processing_status": "failed"}, None),
    "look for what was invented in the history": (billing.EVENTS, {"processing_status": "invented"}, None),
    "look at a strange page of the history": (billing.EVENTS, {"cursor": "no-such-page"}, None),
}
register_type(BillingQuestion=verbs(QUESTIONS), BillingKind=one_of(KINDS))


@when("{person:Person} {question:BillingQuestion}")
def ask(context: Context, person, question):
    """Ask for a part of billing; of one's own tenant, where it belongs to one."""
    path, query, body = QUESTIONS[question]
    whose = billing.of(context.world, person) if "{" in path else {}
    method = "GET" if body is None else "POST"
    context.world.act(person, method, path, query=query, json=body, **whose)


@then("the {kind:BillingKind} should be")
def be_shown(context: Context, kind):
    """The answer shows exactly the table's rows."""
    billing_tables.show(context.world.answer, KINDS[kind], context.table)


@then("{person:Person}'s {kind:BillingKind} should be")
def be_read(context: Context, person, kind):
    """A second read shows exactly the table's rows."""
    whose = billing.of(context.world, person)
    read = context.world.must(person, "GET", KINDS[kind].path, **whose)
    billing_tables.show(read, KINDS[kind], context.table)


@then("{person:Person} should have no {kind:BillingKind}")
def be_absent(context: Context, person, kind):
    """A second read finds none: an empty list, or nothing at all."""
    read = context.world.look(person, "GET", KINDS[kind].path, **billing.of(context.world, person))
    if read.status == 404:
        assertions.refused(read, 404, "NotFound")
    else:
        assertions.succeeded(read)
        assertions.check(read, KINDS[kind].things(read), equal_to([]))
