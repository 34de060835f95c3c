"""Tenants beside those of the run: lent ones, and new ones where the promise is about a new one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from api_service.people.accounts import Person, with_ids
from api_service.people.seed import apply, tenant_specification
from api_service.people.tenants import OPERATOR, Tenant, belonging, take_down
from api_service.world import World


def borrow_tenant(
    world: World, title: str, people: Iterable[tuple[str, str]], *, platform_role: str = "", **more: Any
) -> Tenant:
    """Borrow a tenant with people (name, role), introduce them, keep it under its title and return it.

    Its things and settings are as seeded; earlier scenarios may stand in its histories. `more` is as in
    `found_tenant`; "{slug}" in it becomes the tenant's slug.
    """
    slug = _slug(world, title)
    password = world.suite.settings.user_password
    members = [belonging(name, role, slug, password, platform_role=platform_role) for name, role in people]
    return _introduce(world, title, world.borrow(title, slug, members, more))


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
    slug = _slug(world, title)
    standing = {"verified": verified, "platform_role": platform_role}
    members = [newcomer(world, name, role, slug, **standing) for name, role in people]
    tenant = _seed(world, title, slug, members, more)
    world.memory.made_account(tenant.id)
    return _introduce(world, title, tenant)


def join_new_tenant(world: World, person: Person, title: str, role: str) -> Tenant:
    """Seed another tenant in which an introduced person has this role; they act on in their first tenant."""
    slug = _slug(world, title)
    tenant = _seed(world, title, slug, [replace(person, role=role, tenant_slug=slug)], {})
    return world.state.keep(title, tenant)


def _slug(world: World, title: str) -> str:
    return world.unique(title.lower().replace(" ", "-"))


def _introduce(world: World, title: str, tenant: Tenant) -> Tenant:
    for person in tenant.people.values():
        world.introduce(person)
    return world.state.keep(title, tenant)


def _seed(world: World, title: str, slug: str, members: Iterable[Person], more: dict[str, Any]) -> Tenant:
    specification = tenant_specification(slug, f"{title} {slug}", members) | more
    with founding(world, title, slug, f"tenants.{slug}.tenant_id"):
        seeded = apply(world.client, [specification])[slug]
    people = {member.name: with_ids(member, seeded) for member in members}
    return Tenant(seeded["tenant_id"], slug, people, seeded)


@contextmanager
def founding(world: World, title: str, name: str, answered: str) -> Iterator[None]:
    """Let the operator take down the tenant that the last call of the block founds, when the scenario ends.

    `name` is its name or slug; `answered` is the dotted path under which the answer tells its id.
    """
    intent, known = world.undos.add(take_down(world.caller(OPERATOR), title, name)), len(world.exchanges)
    try:
        yield
    finally:
        intent.settle(world.exchanges[known:], {"tenant_id": answered})


def newcomer(world: World, name: str, role: str, slug: str, **more: Any) -> Person:
    """Return somebody who did not exist before this scenario; nobody seeds them here."""
    return belonging(name, role, slug, world.suite.settings.user_password, **more)
