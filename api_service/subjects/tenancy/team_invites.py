"""Invitations to join a tenant: issued, accepted and listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import VISITOR, Person
from api_service.subjects.new_tenants import newcomer
from api_service.world import Ask, World

INVITES = "/api/v1/tenants/invites"
POLICY = f"{INVITES}/policy"
REVOKE = f"{INVITES}/{{invite_id}}/revoke"
ACCEPT = f"{INVITES}/accept"
ACCEPT_AS_CURRENT = f"{ACCEPT}/current"
USUAL_TERM = "for the usual time"
# How long an invitation is to be valid, in hours; None is for ever.
TERMS: Mapping[str, dict[str, Any]] = {
    USUAL_TERM: {},
    "for one hour": {"expires_in_hours": 1},
    "for two weeks": {"expires_in_hours": 336},
    "for ever": {"expires_in_hours": None},
    "for more than two weeks": {"expires_in_hours": 337},
    "for no time at all": {"expires_in_hours": 0},
}


@dataclass
class TeamInvitation:
    """An invitation, kept under the invited person's name; `issued` is the answer that issued it."""

    id: str
    token: str
    issued: Mapping[str, Any]


def guest(world: World, name: str) -> Person:
    """Return the person of this name, introduced now as one without an account if the scenario has none."""
    if name not in world.persons:
        world.introduce(newcomer(world, name, "member", world.unique("guests")))
    return world.person(name)


def invite(world: World, ask: Ask, person: str, name: str, role: str, term: str) -> None:
    """Invite a person with a role for some time; the invitation is kept under the invited person's name."""
    body = {"invited_email": guest(world, name).email, "role": role, **TERMS[term]}
    exchange = ask(person, "POST", INVITES, json=body)
    if not exchange.went_wrong:
        invitation = TeamInvitation(exchange.body["id"], exchange.body["invite_token"], exchange.body)
        world.state.keep(name, invitation)


def accept(world: World, ask: Ask, holder: str, token: str, **fields: str) -> None:
    """Accept the invitation with this token, as a visitor who gets a new account of the holder's name."""
    body = {"token": token, "password": guest(world, holder).password, "display_name": holder, **fields}
    ask(VISITOR, "POST", ACCEPT, json=body)


def listed(world: World, person: str, name: str) -> Exchange:
    """Return the answer that lists the tenant's invitations for a person's e-mail address."""
    return world.must(person, "GET", INVITES, query={"email": world.person(name).email})
