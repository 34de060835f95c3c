"""What people read of billing, and the tables that they are shown; shared by all features of billing."""

from behave import register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.billing import billing
from api_service.subjects.billing.billing_tables import TABLES
from api_service.subjects.billing.metered_usage import within
from api_service.vocabulary import one_of, verbs

# What is asked for, by path, query and body; with a body it is a POST.
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
register_type(BillingQuestion=verbs(QUESTIONS), BillingTable=one_of(TABLES))


@when("{person:Person} {question:BillingQuestion}")
def ask(context: Context, person, question):
    """Read the plans, or a part of the billing of the person's own tenant; also when they only try to."""
    path, query, body = QUESTIONS[question]
    tenant = {} if path == billing.PLANS else billing.own_tenant(context.world, person)
    method = "GET" if body is None else "POST"
    context.world.act(person, method, path, query=query, json=body, **tenant)


@then("the {table:BillingTable} should be")
def be_shown(context: Context, table):
    """The answer has exactly the table's rows: its headings name the fields, `-` stands for null."""
    answer, headings = context.world.answer, context.table.headings
    expected = [row.as_dict() for row in context.table]
    assertions.check(answer, TABLES[table].rows(answer, headings), expected)


@then("{person:Person}'s {table:BillingTable} should be")
def be_read(context: Context, person, table):
    """A second read, of the person's own tenant, has exactly the table's rows; `-` stands for null."""
    tenant = billing.own_tenant(context.world, person)
    read = context.world.must(person, "GET", TABLES[table].path, **tenant)
    expected = [row.as_dict() for row in context.table]
    assertions.check(read, TABLES[table].rows(read, context.table.headings), expected)


@then("{person:Person} should have no {table:BillingTable}")
def be_absent(context: Context, person, table):
    """A second read, of the person's own tenant, is an empty list or is refused with 404."""
    tenant = billing.own_tenant(context.world, person)
    read = context.world.look(person, "GET", TABLES[table].path, **tenant)
    if read.status == 404:
        assertions.refused(read, 404, "NotFound")
    else:
        assertions.succeeded(read)
        assertions.check(read, TABLES[table].entries(read), [])
