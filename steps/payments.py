"""How a tenant pays: portal, cards, the next invoice and those before it."""

from behave import given, register_type, then, when
from hamcrest import equal_to, is_not, matches_regexp

from acceptance import billing, outcomes, payments, stripe_events
from acceptance.vocabulary import one_of, verbs

DEEDS = {
    "make the default the card": ("POST", billing.DEFAULT_CARD),
    "remove the card": ("DELETE", billing.CARD),
}
LISTS = {"cards": billing.CARDS, "invoices": billing.INVOICES}
register_type(CardDeed=verbs(DEEDS), BillingList=one_of(LISTS))


@given("{person:Person} owns the new tenant {title:Quoted} that pays with these cards")
def found_with_cards(context, person, title):
    """A tenant of this scenario's own whose payment provider holds cards, where the target can do that."""
    payments.found_with_cards(context.world, person, title, context.table)


@when("{person:Person} opens the billing portal")
def open_portal(context, person):
    """Ask for the address where billing is managed."""
    whose = billing.of(context.world, person)
    context.world.act(person, "POST", billing.PORTAL, json={}, **whose)


@when("{person:Person} prepares two cards")
def prepare_cards(context, person):
    """Ask twice for what a browser needs to enter a card."""
    whose = billing.of(context.world, person)
    first = context.world.act(person, "POST", billing.SETUP_INTENT, json={}, **whose)
    context.world.remember("intent", "first", first)
    context.world.act(person, "POST", billing.SETUP_INTENT, json={}, **whose)


@when("{person:Person} lists the cards")
def list_cards(context, person):
    """Ask for the cards of the person's tenant."""
    context.world.act(person, "GET", billing.CARDS, **billing.of(context.world, person))


@when("{person:Person} {deed:CardDeed} {card:Quoted}")
def act_on_card(context, person, deed, card):
    """Choose or remove a card by its brand; a brand that the tenant never had stands for a card of nobody."""
    method, path = DEEDS[deed]
    whose = billing.of(context.world, person)
    card_id = payments.card_id(context.world, card)
    context.world.act(person, method, path, payment_method_id=card_id, **whose)


@when("{person:Person} previews the next invoice")
@when("{person:Person} previews the next invoice for {seats:d} seats")
def preview(context, person, seats=None):
    """Ask what the next period will cost."""
    body, whose = ({"seat_count": seats} if seats else {}), billing.of(context.world, person)
    context.world.act(person, "POST", billing.UPCOMING_INVOICE, json=body, **whose)


@when("{person:Person} lists the invoices")
def list_invoices(context, person):
    """Ask for the invoices of the person's tenant."""
    context.world.act(person, "GET", billing.INVOICES, **billing.of(context.world, person))


@when("{person:Person} lists the invoices {size:d} at a time")
def list_invoices_in_pages(context, person, size):
    """Ask for every page of the invoices, one after the other."""
    context.world.remember("pages", "invoices", payments.invoice_pages(context.world, person, size))


@when("{person:Person} opens the invoice of {title:Quoted}")
def open_invoice(context, person, title):
    """Ask for the invoice that a recorded event was about."""
    invoice_id = context.world.recall("event", title)["data"]["object"]["id"]
    whose = billing.of(context.world, person)
    context.world.act(person, "GET", billing.INVOICE, invoice_id=invoice_id, **whose)


@when("{person:Person} opens an invoice that never was")
def open_strange_invoice(context, person):
    """Ask for an invoice that the service never kept."""
    whose = billing.of(context.world, person)
    context.world.act(person, "GET", billing.INVOICE, invoice_id="in_never_was", **whose)


@then("it should lead to a web page")
def lead_to_page(context):
    """The answer holds the absolute address of a page."""
    answer = context.world.answer
    outcomes.check(answer, outcomes.field(answer, "url"), matches_regexp(r"^https?://[^/]+/\S+$"))


@then("each card should be prepared for itself")
def be_prepared(context):
    """The two answers have an identifier and a secret each, none of them twice."""
    first, second = context.world.recall("intent", "first"), context.world.answer
    outcomes.succeeded(first)
    for name in ("id", "client_secret"):
        outcomes.check(second, outcomes.field(second, name), matches_regexp(r"^\S{8,}$"))
        outcomes.check(second, outcomes.field(second, name), is_not(outcomes.field(first, name)))


@then("{person:Person} should have these cards")
def have_cards(context, person):
    """A second read lists exactly the table's cards."""
    read = context.world.must(person, "GET", billing.CARDS, **billing.of(context.world, person))
    cards = sorted(read.body, key=lambda card: card["brand"])
    billing.show(read, cards, billing.CARD_COLUMNS, context.table)


@then("the preview should be")
def be_previewed(context):
    """The answer previews one month of this plan, and its lines add up to what is due."""
    answer = context.world.answer
    billing.show(answer, [answer.body], billing.PREVIEW_COLUMNS, context.table)
    outcomes.check(answer, payments.contradictions(answer.body), equal_to([]))


@then("these invoices should be listed")
def be_listed(context):
    """The list holds exactly the table's invoices, the latest period first."""
    answer = context.world.answer
    billing.show(answer, answer.body["items"], billing.INVOICE_COLUMNS, context.table)


@then("the invoice should be")
def be_invoice(context):
    """The answer is the invoice of the table."""
    answer = context.world.answer
    billing.show(answer, [answer.body], billing.INVOICE_COLUMNS, context.table)


@then("it should be linked as in {title:Quoted}")
def be_linked(context, title):
    """The invoice has the identifier and the page that Stripe gave it."""
    answer, told = context.world.answer, stripe_events.told(context.world.recall("event", title))["invoice"]
    outcomes.check(answer, answer.body["invoice_id"], told["invoice_id"])
    outcomes.check(answer, answer.body["hosted_invoice_url"], told["hosted_invoice_url"])


@then("{person:Person} should have these invoices")
def have_invoices(context, person):
    """A second read lists exactly the table's invoices, the latest period first."""
    read = context.world.must(person, "GET", billing.INVOICES, **billing.of(context.world, person))
    billing.show(read, read.body["items"], billing.INVOICE_COLUMNS, context.table)


@then("each invoice should have come exactly once, on {count:d} pages")
def come_once(context, count):
    """The pages together hold what the whole list holds, in the same order."""
    world, pages = context.world, context.world.recall("pages", "invoices")
    person = world.answer.person
    whole = world.must(person, "GET", billing.INVOICES, **billing.of(world, person))
    outcomes.check(whole, [invoice for page in pages for invoice in page], equal_to(whole.body["items"]))
    outcomes.check(whole, len([page for page in pages if page]), count)


@then("{person:Person} should have no {kind:BillingList}")
def have_none(context, person, kind):
    """A second read lists nothing."""
    read = context.world.must(person, "GET", LISTS[kind], **billing.of(context.world, person))
    listed = read.body["items"] if isinstance(read.body, dict) else read.body
    outcomes.check(read, listed, equal_to([]))
