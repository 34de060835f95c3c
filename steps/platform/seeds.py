"""Seeds of test fixtures: the seed of a tenant, applied again, and seeds that do not hang together."""

from typing import Any

from behave import register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.people.seed import APPLY, USAGE_COUNTER, sample_key, specification, tenant_specification
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


@when("the run is seeded again")
def seed_run_again(context: Context):
    """Apply once more the specification that every run begins with: Alice's tenant and all it has."""
    tenants = specification(context.world.suite.settings, [context.world.person("Alice")])
    context.world.act(VISITOR, "POST", APPLY, json={"tenants": tenants})


@then("everybody should be who they were")
def be_the_same(context: Context):
    """The answer has the ids of tenant, person and sample conversation that the run was given at first."""
    world, alice, answer = context.world, context.world.person("Alice"), context.world.answer
    tenant = field(answer, "tenants")[alice.tenant_slug]
    check(answer, tenant, has_entries(tenant_id=alice.tenant_id))
    check(answer, tenant["users"][alice.email], has_entries(user_id=alice.user_id))
    sample = tenant["conversations"][sample_key(world.suite.settings)]["conversation_id"]
    check(answer, sample, world.suite.cast.sample_conversation_id)
