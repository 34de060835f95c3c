"""Tenants and people of one scenario's own, for what would disturb the people whom everybody shares."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from acceptance.scenarios.undo import Search
from acceptance.scenarios.undo_ledger import Intent
from api_service.people.accounts import Person, with_ids
from api_service.people.seed import apply, tenant_specification
from api_service.world import World

OPERATOR = "Olga"
TENANTS = "/api/v1/platform/tenants"
DEPROVISION = f"{TENANTS}/{{tenant_id}}/deprovision"


@dataclass
class Tenant:
    """A tenant of this scenario's own, kept under its title in the feature.

    `people` are its seeded people by name; `fixtures` is what the fixture endpoint answered for it, empty for
    a tenant that was not seeded (one of a sign-up, say).
    """

    id: str
    slug: str
    people: Mapping[str, Person] = field(default_factory=dict)
    fixtures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The name of the first person who was seeded as an owner."""
        return next(name for name, person in self.people.items() if person.role == "owner")


def found_tenant(
    world: World,
    title: str,
    people: Iterable[tuple[str, str]],
    *,
    verified: bool = True,
    platform_role: str = "",
    **more: Any,
) -> Tenant:
    """Seed a tenant with people (name, role), introduce them, keep the tenant under its title and return it.

    `verified` says whether their addresses are, `platform_role` what they are beyond the tenant; `more` goes
    into the fixture specification as it is (plan_code, conversations, usage ...). The operator
    deprovisions the tenant when the scenario ends.
    """
    slug = world.unique(title.lower().replace(" ", "-"))
    standing = {"verified": verified, "platform_role": platform_role}
    members = [newcomer(world, name, role, slug, **standing) for name, role in people]
    tenant = _seed(world, title, slug, members, more)
    world.memory.made_account(tenant.id)
    for person in tenant.people.values():
        world.introduce(person)
    return tenant


def join_new_tenant(world: World, person: Person, title: str, role: str) -> Tenant:
    """Seed another tenant in which an introduced person has this role; they act on in their first tenant."""
    slug = world.unique(title.lower().replace(" ", "-"))
    return _seed(world, title, slug, [replace(person, role=role, tenant_slug=slug)], {})


def _seed(world: World, title: str, slug: str, members: Iterable[Person], more: dict[str, Any]) -> Tenant:
    specification = tenant_specification(slug, f"{title} {slug}", members) | more
    with founding(world, title, slug, f"tenants.{slug}.tenant_id"):
        seeded = apply(world.client, [specification])[slug]
    people = {member.name: with_ids(member, seeded) for member in members}
    return world.state.keep(title, Tenant(seeded["tenant_id"], slug, people, seeded))


def founding(world: World, title: str, name: str, answered: str) -> AbstractContextManager[Intent]:
    """Let the operator take down the tenant that the last call of the block founds, when the scenario ends.

    `name` is its name or slug; `answered` is the dotted path under which the answer tells its id.
    """
    return world.making(
        OPERATOR,
        "POST",
        DEPROVISION,
        {"tenant_id": answered},
        what=f'the tenant "{title}"',
        json={"reason": "The acceptance scenario is over."},
        search=Search(TENANTS, name, {"tenant_id": "id"}, {"q": name, "limit": 200}),
    )


def newcomer(world: World, name: str, role: str, slug: str, **more: Any) -> Person:
    """Return somebody who did not exist before this scenario; nobody seeds them here."""
    email = f"{name.lower()}@{slug}.example.com"
    password = world.suite.settings.user_password
    return Person(name, email, password, role, slug, is_newcomer=True, **more)
