"""Tenants and people of one scenario's own, for what would disturb the people whom everybody shares."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from api_service.people.accounts import Person, with_ids
from api_service.people.seed import apply, tenant_specification
from api_service.world import World

OPERATOR = "Olga"
DEPROVISION = "/api/v1/platform/tenants/{tenant_id}/deprovision"


def found_tenant(
    world: World, title: str, people: Iterable[tuple[str, str]], *, verified: bool = True, **more: Any
) -> str:
    """Seed a tenant with people (name, role), introduce them, and return the tenant's id.

    `verified` says whether their addresses are; `more` goes into the fixture specification as it is
    (plan_code, conversations, usage ...). The operator deprovisions the tenant when the scenario ends.
    """
    slug = world.unique(title.lower().replace(" ", "-"))
    members = [newcomer(world, name, role, slug, verified=verified) for name, role in people]
    specification = tenant_specification(slug, f"{title} {slug}", members) | more
    seeded = apply(world.suite.api, [specification])[slug]
    tenant_id: str = seeded["tenant_id"]
    world.remember("tenant", title, tenant_id)
    world.remember("tenant slug", title, slug)
    world.remember("tenant fixtures", title, seeded)
    deprovision_afterwards(world, title, tenant_id)
    world.memory.found_tenant(tenant_id)
    for person in members:
        world.introduce(with_ids(person, seeded))
    return tenant_id


def join_new_tenant(world: World, person: Person, title: str, role: str) -> None:
    """Seed another tenant in which an introduced person has this role; they act on in their first tenant.

    What they are in the new one is remembered as the member "<name> in <title>".
    """
    slug = world.unique(title.lower().replace(" ", "-"))
    member = replace(person, role=role, tenant_slug=slug)
    seeded = apply(world.suite.api, [tenant_specification(slug, f"{title} {slug}", [member])])[slug]
    world.remember("tenant", title, seeded["tenant_id"])
    world.remember("member", f"{person.name} in {title}", with_ids(member, seeded))
    deprovision_afterwards(world, title, seeded["tenant_id"])


def deprovision_afterwards(world: World, title: str, tenant_id: str) -> None:
    """Let the operator take the tenant down when the scenario ends."""
    reason = {"reason": "The acceptance scenario is over."}
    world.undo(OPERATOR, "POST", DEPROVISION, what=f'the tenant "{title}"', json=reason, tenant_id=tenant_id)


def newcomer(world: World, name: str, role: str, slug: str, **more: Any) -> Person:
    """Return somebody who did not exist before this scenario; nobody seeds them here."""
    email = f"{name.lower()}@{slug}.example.com"
    password = world.suite.settings.user_password
    return Person(name, email, password, role, slug, is_newcomer=True, **more)


def owner_of(world: World, title: str) -> str:
    """Return the name of the person who owns a tenant of this scenario's own."""
    tenant_id = world.recall("tenant", title)
    owners = (
        one.name for one in world.persons.values() if one.tenant_id == tenant_id and one.role == "owner"
    )
    return next(owners)
