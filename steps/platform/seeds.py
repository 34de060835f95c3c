"""Seeds of test fixtures: the seed of a tenant, applied again, and seeds that do not hang together."""

from typing import Any

from behave import register_type, when

from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.people.seed import APPLY, USAGE_COUNTER, tenant_specification
from api_service.subjects.new_tenants import Tenant
from api_service.vocabulary import one_of

STRANGER = "stranger@elsewhere.example.com"
CONVERSATION = {"key": "stray", "agent_entrypoint": "triage", "status": "active", "messages": []}
FLAWS: dict[str, dict[str, Any]] = {
    "on a plan that does not exist": {"plan_code": "gold-and-diamonds"},
    "with a conversation of somebody else": {"conversations": [{**CONVERSATION, "user_email": STRANGER}]},
    "with a counter of somebody else": {"usage_counters": [{**USAGE_COUNTER, "user_email": STRANGER}]},
}
register_type(SeedFlaw=one_of(FLAWS))


@when("the seed of {title:Quoted} is applied again")
@when("somebody tries to apply a seed of {title:Quoted} {flaw:SeedFlaw}")
def seed_again(context: Context, title, flaw=""):
    """Apply the fixture specification of the scenario's tenant once more, as it was or with this flaw."""
    tenant = context.world.state.find(Tenant, title)
    specification = tenant_specification(tenant.slug, f"{title} {tenant.slug}", tenant.people.values())
    body = {"tenants": [specification | FLAWS.get(flaw, {})]}
    context.world.act(VISITOR, "POST", APPLY, json=body)
