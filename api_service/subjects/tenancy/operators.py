"""Tenants as operators ask for them: founded, renamed, suspended, reactivated and deprovisioned."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import with_ids
from api_service.people.seed import apply, tenant_specification
from api_service.people.tenants import TENANTS, Tenant
from api_service.subjects.new_tenants import founding, newcomer
from api_service.world import Ask, World

TENANT = f"{TENANTS}/{{tenant_id}}"
ACCOUNT = "/api/v1/tenants/account"
MISSING = "Nowhere"
# What operators do with a tenant, by the last part of the path.
STATUS_CHANGES = {"suspend": "suspend", "reactivate": "reactivate", "take down": "deprovision"}
REASON = "The acceptance scenario wants it."
INVALID_REASONS: Mapping[str, dict[str, str]] = {
    "no reason": {},
    "two letters as the reason": {"reason": "no"},
    "a very long reason": {"reason": "x" * 257},
}
INVALID_TENANTS: Mapping[str, dict[str, Any]] = {
    "a name of one letter": {"name": "N"},
    "a name that is too long": {"name": "N" * 129},
    "a short name with blanks": {"slug": "nim bus"},
    "a short name that is too long": {"slug": "n" * 65},
    "an unknown part": {"colour": "green"},
    "nothing": {},
}


def found(world: World, ask: Ask, person: str, title: str, **fields: Any) -> Exchange:
    """Found a tenant under a unique name, with these fields as well; cleanup deprovisions it."""
    body = {"name": world.unique(title), **fields}
    with founding(world, title, body["name"], "id"):
        exchange = ask(person, "POST", TENANTS, json=body)
    if exchange.succeeded:
        world.state.keep(title, Tenant(exchange.body["id"], exchange.body["slug"]))
    return exchange


def names(world: World, title: str) -> dict[str, str]:
    """Return the name under which a title's tenant is founded, and the slug: that name in lower case."""
    return {"name": world.unique(title), "slug": world.unique(title).lower()}


def tenant_id(world: World, title: str) -> str:
    """Return the id of the tenant with this title; a random UUID, which no tenant has, for "Nowhere"."""
    return str(uuid4()) if title == MISSING else world.state.find(Tenant, title).id


def seeded_account(world: World, title: str) -> dict[str, str]:
    """Return what the account of a seeded, active tenant says of it."""
    tenant = world.state.find(Tenant, title)
    return {"id": tenant.id, "slug": tenant.slug, "name": f"{title} {tenant.slug}", "status": "active"}


def introduce_operator(world: World, name: str, title: str) -> None:
    """Seed and introduce an operator who is also an admin of a tenant of the scenario's own."""
    slug = world.state.find(Tenant, title).slug
    person = replace(newcomer(world, name, "admin", slug), platform_role="platform_operator")
    seeded = apply(world.client, [tenant_specification(slug, f"{title} {slug}", [person])])[slug]
    world.introduce(with_ids(person, seeded))
