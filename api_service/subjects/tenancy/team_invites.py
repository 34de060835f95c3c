"""Invitations to join a tenant: issued, accepted and listed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.timestamps import instant
from api_service.people.accounts import VISITOR, Person
from api_service.subjects.new_tenants import newcomer
from api_service.world import Ask, World

INVITES = "/api/v1/tenants/invites"
POLICY = f"{INVITES}/policy"
REVOKE = f"{INVITES}/{{invite_id}}/revoke"
ACCEPT = f"{INVITES}/accept"
ACCEPT_AS_CURRENT = f"{ACCEPT}/current"
USUAL_TERM = "for the usual time"


@dataclass(frozen=True)
class InvitationPolicy:
    """How many hours the service says that invitations are good for, kept under the word "invitations"."""

    usual: int
    longest: int


# How many hours an invitation is to be valid under a policy; None is for ever.
TERMS: Mapping[str, Callable[[InvitationPolicy], int | None]] = {
    USUAL_TERM: lambda policy: policy.usual,
    "for one hour": lambda _: 1,
    "for the longest time": lambda policy: policy.longest,
    "for ever": lambda _: None,
    "for more than the longest time": lambda policy: policy.longest + 1,
    "for no time at all": lambda _: 0,
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


def hours(world: World, term: str) -> int | None:
    """Return the hours of a term under the policy that the scenario knows; None is for ever."""
    return TERMS[term](world.state.find(InvitationPolicy, "invitations"))


def validity(invitation: Mapping[str, Any]) -> int | None:
    """Return how many hours lie between the making and the end of an invitation; None is for ever."""
    if invitation["expires_at"] is None:
        return None
    return round((instant(invitation["expires_at"]) - instant(invitation["created_at"])) / timedelta(hours=1))


def invite(world: World, ask: Ask, person: str, name: str, role: str, term: str) -> None:
    """Invite a person with a role for some time; the invitation is kept under the invited person's name."""
    body: dict[str, Any] = {"invited_email": guest(world, name).email, "role": role}
    if term != USUAL_TERM:
        body["expires_in_hours"] = hours(world, term)
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
