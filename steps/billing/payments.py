"""How a tenant pays: cards, the portal, the next invoice and those before it."""

from behave import given, register_type, then, when
from hamcrest import equal_to, is_not, matches_regexp

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.billing import billing, payments, stripe_events
from api_service.vocabulary import verbs

DEEDS = {
    "choose the card": ("POST", billing.DEFAULT_CARD),
    "remove the card": ("DELETE", billing.CARD),
}
register_type(CardDeed=verbs(DEEDS), OpensInvoice=verbs(["open the invoice of"]))


@given("{person:Person} owns the new tenant {title:Quoted} that pays with these cards")
def found_with_cards(context: Context, person, title):
    """A tenant of this scenario's own whose payment provider holds cards, where the target can do that."""
    payments.found_with_cards(context.world, person, title, context.table)


@when("{person:Person} prepares two cards")
def prepare_cards(context: Context, person):
    """Ask twice for what a browser needs to enter a card."""
    whose = billing.of(context.world, person)
    first = context.world.act(person, "POST", billing.SETUP_INTENT, json={}, **whose)
    context.world.remember("intent", "first", first)
    context.world.act(person, "POST", billing.SETUP_INTENT, json={}, **whose)


@when("{person:Person} {deed:CardDeed} {card:Quoted}")
def act_on_card(context: Context, person, deed, card):
    """Choose or remove a card by its brand; a brand that the tenant never had stands for a card of nobody."""
    method, path = DEEDS[deed]
    card_id = payments.card_id(context.world, card)
    context.world.act(person, method, path, payment_method_id=card_id, **billing.of(context.world, person))


@when("{person:Person} lists the invoices {size:d} at a time")
def list_invoices_in_pages(context: Context, person, size):
    """Ask for every page of the invoices, one after the other."""
    context.world.remember("pages", "invoices", payments.invoice_pages(context.world, person, size))


@when("{person:Person} {does:OpensInvoice} {title:Quoted}")
def open_invoice(context: Context, person, does, title):
    """Ask for the invoice that a recorded event was about; one that was never delivered is nobody's."""
    invoice_id = payments.invoice_id(context.world, title)
    whose = billing.of(context.world, person)
    context.world.act(person, "GET", billing.INVOICE, invoice_id=invoice_id, **whose)


@then("it should lead to a web page")
def lead_to_page(context: Context):
    """The answer holds the absolute address of a page."""
    answer = context.world.answer
    assertions.check(answer, assertions.field(answer, "url"), matches_regexp(r"^https?://[^/]+/\S+$"))


@then("each card should be prepared for itself")
def be_prepared(context: Context):
    """The two answers have an identifier and a secret each, none of them twice."""
    first, second = context.world.recall("intent", "first"), context.world.answer
    assertions.succeeded(first)
    for name in ("id", "client_secret"):
        assertions.check(second, assertions.field(second, name), matches_regexp(r"^\S{8,}$"))
        assertions.check(second, assertions.field(second, name), is_not(assertions.field(first, name)))


@then("the preview should add up")
def add_up(context: Context):
    """The preview is about one month, and its lines are what is due."""
    answer = context.world.answer
    assertions.check(answer, payments.contradictions(answer.body), equal_to([]))


@then("it should be linked as in {title:Quoted}")
def be_linked(context: Context, title):
    """The invoice has the identifier and the page that Stripe gave it."""
    answer, told = context.world.answer, stripe_events.told(context.world.recall("event", title))["invoice"]
    for name in ("invoice_id", "hosted_invoice_url"):
        assertions.check(answer, assertions.field(answer, name), told[name])


@then("each invoice should have come exactly once, on {count:d} pages")
def come_once(context: Context, count):
    """The pages together hold what the whole list holds, in the same order."""
    world, pages = context.world, context.world.recall("pages", "invoices")
    person = world.answer.person
    whole = world.must(person, "GET", billing.INVOICES, **billing.of(world, person))
    assertions.check(whole, [invoice for page in pages for invoice in page], equal_to(whole.body["items"]))
    assertions.check(whole, len([page for page in pages if page]), count)
