"""Entitlements: what a tenant may use, and what an operator takes away."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.new_tenants import OPERATOR
from api_service.vocabulary import one_of, verbs

FEATURES = "/api/v1/features"
ENTITLEMENTS = "/api/v1/platform/tenants/{tenant_id}/features"
DECISIONS = {
    "switch billing off for": {"billing": False},
    "switch teleportation off for": {"teleportation": False},
    "take back what was decided for": {"billing": None},
}
SWITCHED = {"on": True, "off": False}
register_type(Decides=verbs(DECISIONS), Switched=one_of(SWITCHED))


@given("{person:Person} has switched billing off for {title:Quoted}")
def have_switched_off(context: Context, person, title):
    """The operator has taken billing from the tenant."""
    tenant_id = context.world.recall("tenant", title)
    context.world.must(person, "PUT", ENTITLEMENTS, tenant_id=tenant_id, json={"flags": {"billing": False}})


@when("{person:Person} looks at the features")
def look_at_features(context: Context, person):
    """Ask what the person's tenant may use."""
    context.world.act(person, "GET", FEATURES)


@when("{person:Person} looks at the entitlements of {title:Quoted}")
def look_at_entitlements(context: Context, person, title):
    """Ask what was decided for a tenant."""
    context.world.act(person, "GET", ENTITLEMENTS, tenant_id=context.world.recall("tenant", title))


@when("{person:Person} {decision:Decides} {title:Quoted}")
def decide(context: Context, person, decision, title):
    """Decide about a feature of a tenant."""
    tenant_id, flags = context.world.recall("tenant", title), DECISIONS[decision]
    context.world.act(person, "PUT", ENTITLEMENTS, tenant_id=tenant_id, json={"flags": flags})


@then("billing should be switched {state:Switched}")
def see_billing(context: Context, state):
    """The answer shows billing so."""
    answer = context.world.answer
    assertions.check(answer, answer.body["billing_enabled"], SWITCHED[state])


@then("{person:Person} should find her billing switched {state:Switched}")
def find_billing(context: Context, person, state):
    """The features, asked for by somebody of the tenant, show billing so; its stream goes with it."""
    exchange = context.world.must(person, "GET", FEATURES)
    assertions.check(exchange, exchange.body["billing_enabled"], SWITCHED[state])
    if not SWITCHED[state]:
        assertions.check(exchange, exchange.body["billing_stream_enabled"], False)


@then("{person:Person} should find billing switched {state:Switched} for {title:Quoted}")
def find_decision(context: Context, person, state, title):
    """The entitlements, read again, hold exactly this decision."""
    tenant_id = context.world.recall("tenant", title)
    exchange = context.world.must(person, "GET", ENTITLEMENTS, tenant_id=tenant_id)
    assertions.check(exchange, exchange.body, {"tenant_id": tenant_id, "flags": {"billing": SWITCHED[state]}})


@then("nothing should be decided for {title:Quoted}")
def find_no_decision(context: Context, title):
    """The entitlements, read again, hold no decision."""
    tenant_id = context.world.recall("tenant", title)
    exchange = context.world.must(OPERATOR, "GET", ENTITLEMENTS, tenant_id=tenant_id)
    assertions.check(exchange, exchange.body, {"tenant_id": tenant_id, "flags": {}})
