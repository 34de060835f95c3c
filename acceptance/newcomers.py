"""Tenants and people of one scenario's own, for what would disturb the people whom everybody shares."""

from collections.abc import Iterable
from typing import Any

from acceptance.people import Person, with_ids
from acceptance.seed import apply, tenant_specification
from acceptance.world import World

OPERATOR = "Olga"
DEPROVISION = "/api/v1/platform/tenants/{tenant_id}/deprovision"


def found_tenant(world: World, title: str, people: Iterable[tuple[str, str]], **more: Any) -> str:
    """Seed a tenant with people (name, role), introduce them, and return the tenant's id.

    `more` goes into the fixture specification as it is (plan_code, conversations, usage ...). The operator
    deprovisions the tenant when the scenario ends.
    """
    slug = world.unique(title.lower().replace(" ", "-"))
    members = [newcomer(world, name, role, slug) for name, role in people]
    specification = tenant_specification(slug, f"{title} {slug}", members) | more
    seeded = apply(world.suite.api, [specification])[slug]
    tenant_id: str = seeded["tenant_id"]
    world.remember("tenant", title, tenant_id)
    world.remember("tenant fixtures", title, seeded)
    reason = {"reason": "The acceptance scenario is over."}
    world.undo(OPERATOR, "POST", DEPROVISION, what=f'the tenant "{title}"', json=reason, tenant_id=tenant_id)
    for person in members:
        world.introduce(with_ids(person, seeded))
    return tenant_id


def newcomer(world: World, name: str, role: str, slug: str, **more: Any) -> Person:
    """Return somebody who did not exist before this scenario; nobody seeds them here."""
    email = f"{name.lower()}@{slug}.example.com"
    return Person(name, email, world.suite.settings.user_password, role, slug, **more)
