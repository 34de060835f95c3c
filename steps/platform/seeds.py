"""Seeds of test fixtures: the seed of a tenant, applied again, and seeds that do not hang together."""

from collections.abc import Callable, Mapping
from typing import Any

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.people.seed import APPLY, USAGE_COUNTER, sample_key, specification, tenant_specification
from api_service.people.tenants import Tenant
from api_service.subjects.identity import mailed_links
from api_service.vocabulary import one_of
from api_service.world import Ask, World

STRANGER = "stranger@elsewhere.example.com"
CONVERSATION = {"key": "stray", "agent_entrypoint": "triage", "status": "active", "messages": []}
ASSET = {"key": "chart.png", "asset_type": "image", "filename": "chart.png"}
FLAWS: dict[str, dict[str, Any]] = {
    "on a plan that does not exist": {"plan_code": "gold-and-diamonds"},
    "with a conversation of somebody else": {"conversations": [{**CONVERSATION, "user_email": STRANGER}]},
    "with a counter of somebody else": {"usage_counters": [{**USAGE_COUNTER, "user_email": STRANGER}]},
    "with two conversations of one key": {"conversations": [CONVERSATION, CONVERSATION]},
    "with an asset of an unknown conversation": {"assets": [{**ASSET, "conversation_key": "nowhere"}]},
}
JANUARY, FEBRUARY = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
# Usage is known by its key, or else by its period.
USAGE = {
    "plan_code": "pro",
    "usage": [
        {"feature_key": "mails", "quantity": 3, "unit": "units", "period_start": JANUARY},
        {
            "feature_key": "mails",
            "quantity": 4,
            "unit": "units",
            "period_start": FEBRUARY,
            "period_end": "2026-03-01T00:00:00Z",
            "idempotency_key": "first",
        },
    ],
}
TOKENS = {
    "verifies an address": mailed_links.VERIFICATION,
    "resets a password": mailed_links.PASSWORD_RESET,
}
WHOM: Mapping[str, Callable[[World], str]] = {
    "Max, who is verified": lambda world: world.person("Max").email,
    "somebody whom nobody seeded": lambda world: f"{world.unique('nobody')}@example.com",
}
register_type(
    SeedFlaw=one_of(FLAWS),
    TokenUse=one_of(TOKENS),
    ForWhom=one_of(WHOM),
    Applies=one_of(["applied again"]),
)


@when("the seed of {title:Quoted} is applied again")
@when("somebody tries to apply a seed of {title:Quoted} {flaw:SeedFlaw}")
def seed_again(context: Context, title, flaw=""):
    """Apply the fixture specification of the scenario's tenant once more, as it was or with this flaw."""
    _apply(context.world, context.world.act, title, FLAWS.get(flaw, {}))


@given("the seed of {title:Quoted} was applied with metered usage")
@when("the seed of {title:Quoted} is {applied:Applies} with metered usage")
def seed_usage(context: Context, title, applied=""):
    """Apply the fixture specification of the scenario's tenant on the plan pro, with usage of mails."""
    _apply(context.world, context.world.asking(applied), title, USAGE)


@when("somebody tries to apply a seed of {title:Quoted} with the conversation of the run's own tenant")
def seed_foreign_conversation(context: Context, title):
    """Apply the fixture specification of the scenario's tenant with the sample conversation's id as a key."""
    foreign = {**CONVERSATION, "key": context.world.suite.cast.sample_conversation_id}
    _apply(context.world, context.world.act, title, {"conversations": [foreign]})


@when("somebody tries to apply a seed of no tenant")
def seed_nothing(context: Context):
    """Apply a fixture specification whose `tenants` is empty."""
    context.world.act(VISITOR, "POST", APPLY, json={"tenants": []})


@when("somebody tries to have a token made that {use:TokenUse} for {whom:ForWhom}")
def ask_for_token(context: Context, use, whom):
    """Ask test fixtures for the token of a mailed link, by the address."""
    context.world.act(VISITOR, "POST", TOKENS[use], json={"email": WHOM[whom](context.world)})


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


def _apply(world: World, ask: Ask, title: str, more: Mapping[str, Any]) -> None:
    tenant = world.state.find(Tenant, title)
    specification = tenant_specification(tenant.slug, f"{title} {tenant.slug}", tenant.people.values())
    ask(VISITOR, "POST", APPLY, json={"tenants": [{**specification, **more}]})
