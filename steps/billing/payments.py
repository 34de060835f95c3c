"""How a tenant pays: cards, the portal and the preview of the next invoice."""

from behave import given, register_type, then, when
from hamcrest import is_not, matches_regexp

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.subjects.billing import billing, payments
from api_service.vocabulary import verbs

CARD_CALLS = {"choose the card": ("POST", billing.DEFAULT_CARD), "remove the card": ("DELETE", billing.CARD)}
register_type(HandlesCard=verbs(CARD_CALLS))


@given("{person:Person} owns the new tenant {title:Quoted} that pays with these cards")
def found_with_cards(context: Context, person, title):
    """A tenant of this scenario's own with cards at its payment provider; skipped where there can be none."""
    placed = payments.found_with_cards(context.world, person, title, context.table)
    tenant = billing.own_tenant(context.world, person)
    listed = context.world.must(person, "GET", billing.CARDS, **tenant)
    check(listed, {card["brand"]: card["id"] for card in listed.body}, placed)


@when("{person:Person} prepares two cards")
def prepare_cards(context: Context, person):
    """Ask twice for a setup intent, which a browser needs to enter a card."""
    tenant = billing.own_tenant(context.world, person)
    for _ in range(2):
        context.world.act(person, "POST", billing.SETUP_INTENT, json={}, **tenant)


@when("{person:Person} {action:HandlesCard} {brand:Quoted}")
def act_on_card(context: Context, person, action, brand):
    """Make a card the default or remove it; a brand that the tenant never had is the card of no tenant."""
    method, path = CARD_CALLS[action]
    card, tenant = payments.card(context.world, brand), billing.own_tenant(context.world, person)
    context.world.act(person, method, path, payment_method_id=card.id, **tenant)


@then("it should lead to a web page")
def lead_to_page(context: Context):
    """The answer's `url` is an absolute http or https address."""
    check(context.world.answer, field(context.world.answer, "url"), matches_regexp(r"^https?://[^/]+/\S+$"))


@then("each card should be prepared for itself")
def be_prepared(context: Context):
    """The two setup intents differ in `id` and in `client_secret`."""
    first, second = (one for one in context.world.exchanges if one.call.path == billing.SETUP_INTENT)
    succeeded(first)
    for name in ("id", "client_secret"):
        check(second, field(second, name), matches_regexp(r"^\S{8,}$"))
        check(second, field(second, name), is_not(field(first, name)))


@then("the preview should add up")
def add_up(context: Context):
    """The lines' `amount_cents` make `amount_due_cents`, and the period is a month."""
    check(context.world.answer, payments.preview_errors(context.world.answer.body), [])
