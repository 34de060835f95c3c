"""Founding a tenant: what is sent, and people who have no account yet."""

from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import VISITOR, Person
from api_service.people.tenants import Tenant
from api_service.subjects.new_tenants import founding, newcomer
from api_service.world import World

POLICY = "/api/v1/auth/signup-policy"


def person_without_account(world: World, name: str) -> Person:
    """Return the person of this name; introduces an unverified one if the scenario does not know them yet."""
    if name not in world.persons:
        slug = world.unique(name.lower())
        world.introduce(newcomer(world, name, "owner", slug, verified=False))
    return world.person(name)


def sign_up(world: World, name: str, title: str, **changes: Any) -> Exchange:
    """Sign up for a new tenant, whose name starts with its title; `changes` replace or add fields.

    Raises NotOfferedError when one address may not sign up so often as the scenario does.
    If the service agrees, the person owns the tenant, which the operator deprovisions when the scenario ends.
    """
    person = person_without_account(world, name)
    form: dict[str, Any] = {"email": person.email, "password": person.password, "display_name": person.name}
    form |= {"tenant_name": world.unique(title), "accept_terms": True, **changes}
    world.limits.require("register_email_day", tries=2 if person.user_id else 1)
    with founding(world, title, form["tenant_name"], "tenant_id"):
        exchange = world.act(VISITOR, "POST", "/api/v1/auth/register", json=form)
    if exchange.succeeded:
        user_id, body = exchange.body["user_id"], exchange.body
        tenant = world.state.keep(title, Tenant(body["tenant_id"], body["tenant_slug"]))
        world.introduce(replace(person, tenant_id=tenant.id, tenant_slug=tenant.slug, user_id=user_id))
    return exchange
