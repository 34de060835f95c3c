"""Invitations to the platform: issued, listed and revoked by operators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.subjects.identity.sign_up import person_without_account
from api_service.subjects.new_tenants import OPERATOR
from api_service.world import World

INVITATIONS = "/api/v1/auth/invites"
REVOKE = f"{INVITATIONS}/{{invite_id}}/revoke"
HOURS = 24
NOTE = "Met at the fair"


@dataclass(frozen=True)
class Invitation:
    """An invitation that was issued, kept under the name of the person who is invited."""

    id: str


def invite(world: World, operator: str, name: str, **changes: Any) -> Exchange:
    """Invite a person for a day; `changes` replace or add fields. What is issued is revoked in the end."""
    person = person_without_account(world, name)
    body = {"invited_email": person.email, "expires_in_hours": HOURS, "note": NOTE, **changes}
    exchange = world.act(operator, "POST", INVITATIONS, json=body)
    if exchange.succeeded:
        keep(world, name, exchange.body)
    return exchange


def keep(world: World, name: str, issued: Mapping[str, Any]) -> None:
    """Keep an invitation for a person, and revoke it when the scenario ends."""
    invitation = world.state.keep(name, Invitation(issued["id"]))
    world.undo(OPERATOR, "POST", REVOKE, what=f"the invitation of {name}", invite_id=invitation.id)


def found(world: World, name: str, **query: str) -> Exchange:
    """Return the list of invitations for a person's address as operators see it; `query` narrows it."""
    query = {"email": world.person(name).email, **query}
    return world.must(OPERATOR, "GET", INVITATIONS, query=query)


def without_token(issued: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an issued invitation that lists show: all but `invite_token`."""
    return {name: value for name, value in issued.items() if name != "invite_token"}
