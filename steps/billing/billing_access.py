"""Who may do what with a tenant's billing, and the proof that a refusal changed nothing."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from acceptance.json_values import same
from api_service.context import Context
from api_service.subjects.billing import billing
from api_service.subjects.billing.billing_access import REFUSED_FEATURE, BillingState, read_state
from api_service.vocabulary import verbs

# What is asked for, by method, path and body; the card and the invoice are of no tenant.
REQUESTS = {
    "see the subscription": ("GET", billing.SUBSCRIPTION, None),
    "start a subscription": ("POST", billing.SUBSCRIPTION, {"plan_code": "starter"}),
    "change the seats": ("PATCH", billing.SUBSCRIPTION, {"seat_count": 99}),
    "change the plan": ("POST", billing.PLAN, {"plan_code": "starter"}),
    "cancel the subscription": ("POST", billing.CANCEL, {"cancel_at_period_end": False}),
    "open the portal": ("POST", billing.PORTAL, {}),
    "see the cards": ("GET", billing.CARDS, None),
    "prepare a card": ("POST", billing.SETUP_INTENT, {}),
    "choose the card": ("POST", billing.DEFAULT_CARD, None),
    "remove the card": ("DELETE", billing.CARD, None),
    "preview the invoice": ("POST", billing.UPCOMING_INVOICE, {}),
    "see the invoices": ("GET", billing.INVOICES, None),
    "see one invoice": ("GET", billing.INVOICE, None),
    "record usage": ("POST", billing.USAGE, {"feature_key": REFUSED_FEATURE, "quantity": 7}),
    "see the usage": ("GET", billing.USAGE_TOTALS, None),
    "see the history": ("GET", billing.EVENTS, None),
}
PARAMETERS = {"payment_method_id": "pm_any", "invoice_id": "in_any"}
register_type(AsksOfBilling=verbs(REQUESTS))


@given("the billing of {owner:Person}'s tenant is known")
def know(context: Context, owner):
    """The owner has read the subscription, the cards and the usage, for a later comparison."""
    context.world.state.keep(owner, read_state(context.world, owner))


@when("{person:Person} {request:AsksOfBilling} of {owner:Person}'s tenant")
def attempt(context: Context, person, request, owner):
    """Read or change the billing of the owner's tenant; also when the person only tries to."""
    method, path, body = REQUESTS[request]
    values = {name: value for name, value in PARAMETERS.items() if f"{{{name}}}" in path}
    context.world.act(person, method, path, json=body, **values, **billing.own_tenant(context.world, owner))


@then("the billing of {owner:Person}'s tenant should be as it was")
def be_unchanged(context: Context, owner):
    """The owner reads the subscription, the cards and the usage exactly as before."""
    before = context.world.state.find(BillingState, owner)
    assertions.check(context.world.answer, read_state(context.world, owner), before)


@then("{person:Person} should see the same")
def see_the_same(context: Context, person):
    """The answer to another person's same request says the same."""
    answer, call = context.world.answer, context.world.answer.call
    other = context.world.must(person, call.method, call.path, json=call.json, **call.values)
    assertions.check(answer, same(other.body, answer.body), True, f"what {person} sees: {other.body}")
