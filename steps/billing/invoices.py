"""Invoices that Stripe reported: looked up one by one and in pages."""

from behave import register_type, then, when

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects import paging
from api_service.subjects.billing import billing, stripe_events
from api_service.subjects.billing.stripe_events import StripeEvent
from api_service.vocabulary import verbs

UNKNOWN_INVOICE = "in_of_nobody"
register_type(OpensInvoice=verbs(["open the invoice of"]))


@when("{person:Person} {does:OpensInvoice} {title:Quoted}")
def open_invoice(context: Context, person, does, title):
    """Ask for the invoice of a recorded event, or for one of no tenant when the event was never delivered."""
    event = context.world.state.all_of(StripeEvent).get(title)
    invoice_id = event.about["id"] if event else UNKNOWN_INVOICE
    tenant = billing.own_tenant(context.world, person)
    context.world.act(person, "GET", billing.INVOICE, invoice_id=invoice_id, **tenant)


@then("it should be linked as in {title:Quoted}")
def be_linked(context: Context, title):
    """The invoice has the `invoice_id` and the `hosted_invoice_url` of the recorded event."""
    expected = stripe_events.expected(context.world.state.find(StripeEvent, title))["invoice"]
    for name in ("invoice_id", "hosted_invoice_url"):
        check(context.world.answer, field(context.world.answer, name), expected[name])


@then("each invoice should have come exactly once, on {count:d} pages")
def come_once(context: Context, count):
    """The pages together are the whole list, in the same order, and so many of them hold invoices."""
    world, pages = context.world, context.world.state.find(paging.Pages, "invoices")
    person = world.answer.person
    whole = world.must(person, "GET", billing.INVOICES, **billing.own_tenant(world, person))
    check(whole, [invoice for page in pages for invoice in page], whole.body["items"])
    check(whole, len([page for page in pages if page]), count)
