"""Entitlements: the features that a tenant may use, and what an operator decides about them."""

from uuid import uuid4

from behave import given, register_type, then, when

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.tenants import OPERATOR, Tenant
from api_service.vocabulary import one_of, verbs

FEATURES = "/api/v1/features"
ENTITLEMENTS = "/api/v1/platform/tenants/{tenant_id}/features"
BILLING_OFF = "switch billing off for"
FLAGS = {
    BILLING_OFF: {"billing": False},
    "switch teleportation off for": {"teleportation": False},
    "take back what was decided for": {"billing": None},
}
SWITCHED = {"on": True, "off": False}
register_type(DecidesFeatures=verbs(FLAGS), Switched=one_of(SWITCHED))


@when("{person:Person} looks at the entitlements of {title:Quoted}")
@when("{person:Person} tries to look at the entitlements of a tenant that does not exist")
def look_at_entitlements(context: Context, person, title=""):
    """Read the flags that operators decided for a tenant; of one that does not exist, by a random id."""
    tenant_id = context.world.state.find(Tenant, title).id if title else str(uuid4())
    context.world.act(person, "GET", ENTITLEMENTS, tenant_id=tenant_id)


@given("{person:Person} has switched billing off for {title:Quoted}")
@when("{person:Person} {decision:DecidesFeatures} {title:Quoted}")
def decide(context: Context, person, title, decision=None):
    """Set or remove a flag of a tenant, or try to."""
    ask, body = context.world.asking(decision), {"flags": FLAGS[decision or BILLING_OFF]}
    ask(person, "PUT", ENTITLEMENTS, tenant_id=context.world.state.find(Tenant, title).id, json=body)


@then("billing should be switched {state:Switched}")
def see_billing(context: Context, state):
    """The answer's `billing_enabled` is true for on and false for off."""
    check(context.world.answer, context.world.answer.body["billing_enabled"], SWITCHED[state])


@then("{person:Person} should find her billing switched {state:Switched}")
def find_billing(context: Context, person, state):
    """The person's tenant has this `billing_enabled`; if it is off, `billing_stream_enabled` is false too."""
    exchange = context.world.must(person, "GET", FEATURES)
    check(exchange, exchange.body["billing_enabled"], SWITCHED[state])
    if not SWITCHED[state]:
        check(exchange, exchange.body["billing_stream_enabled"], False)


@then("{person:Person} should find billing switched {state:Switched} for {title:Quoted}")
@then("nothing should be decided for {title:Quoted}")
def find_decision(context: Context, title, person=OPERATOR, state=None):
    """The tenant's entitlements, read by the operator, have `billing` as their only flag, or none."""
    tenant_id = context.world.state.find(Tenant, title).id
    flags = {"billing": SWITCHED[state]} if state else {}
    exchange = context.world.must(person, "GET", ENTITLEMENTS, tenant_id=tenant_id)
    check(exchange, exchange.body, {"tenant_id": tenant_id, "flags": flags})
