"""Founding a tenant: what is sent, and what operators then see."""

from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from acceptance.errors import NotOfferedError
from api_service.people.accounts import VISITOR, Person
from api_service.people.new_tenants import OPERATOR, Tenant, keep_tenant, newcomer
from api_service.world import World

POLICY = "/api/v1/auth/signup-policy"
REGISTER = "/api/v1/auth/register"
TENANTS = "/api/v1/platform/tenants"


def somebody_new(world: World, name: str) -> Person:
    """Return the stranger of this name, who owns nothing yet; the same one for the whole scenario."""
    if name not in world.persons:
        slug = world.unique(name.lower())
        world.introduce(newcomer(world, name, "owner", slug, verified=False))
    return world.person(name)


def require_open_sign_up(world: World) -> None:
    """Raise NotOfferedError unless everybody may sign up here."""
    policy = world.must(VISITOR, "GET", POLICY).body["policy"]
    if policy != "public":
        raise NotOfferedError(f"sign-up is not open to everybody here, its policy is {policy}")


def registration(person: Person, tenant_name: str, **changes: Any) -> dict[str, Any]:
    """Return what somebody signs up with; changes replace parts of it."""
    form = {"email": person.email, "password": person.password, "tenant_name": tenant_name}
    return {**form, "accept_terms": True, "display_name": person.name, **changes}


def take_in(world: World, person: Person, title: str, exchange: Exchange) -> None:
    """Make a new owner known by what their sign-up answered, and their tenant go when the scenario ends."""
    if exchange.succeeded:
        body = exchange.body
        world.introduce(replace(person, tenant_id=body["tenant_id"], user_id=body["user_id"]))
        keep_tenant(world, title, Tenant(body["tenant_id"], body["tenant_slug"]))
        world.remember("slug", person.name, body["tenant_slug"])


def check_tenants(world: World, name: str, expected: Any) -> None:
    """Assert what operators find under a tenant's name."""
    found = world.must(OPERATOR, "GET", TENANTS, query={"q": name})
    check(found, field(found, "accounts"), expected)
