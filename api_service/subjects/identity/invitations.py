"""Invitations to the platform: issued, listed and revoked by operators."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.scenarios.undo import Search
from acceptance.scenarios.undo_ledger import Intent
from api_service.people.tenants import OPERATOR
from api_service.subjects.identity.sign_up import person_without_account
from api_service.world import World

INVITATIONS = "/api/v1/auth/invites"
REVOKE = f"{INVITATIONS}/{{invite_id}}/revoke"
HOURS = 24
NOTE = "Met at the fair"


@dataclass(frozen=True)
class Invitation:
    """An invitation that was issued, kept under the name of the person who is invited."""

    id: str
    token: str


def invite(world: World, operator: str, name: str, **changes: Any) -> Exchange:
    """Invite a person for a day; `changes` replace or add fields. What is issued is revoked in the end."""
    person = person_without_account(world, name)
    body = {"invited_email": person.email, "expires_in_hours": HOURS, "note": NOTE, **changes}
    with inviting(world, name, "id"):
        exchange = world.act(operator, "POST", INVITATIONS, json=body)
    if exchange.succeeded:
        world.state.keep(name, Invitation(exchange.body["id"], exchange.body["invite_token"]))
    return exchange


def inviting(world: World, name: str, answered: str) -> AbstractContextManager[Intent]:
    """Let the operator revoke what the last call of the block issues to a person, when the scenario ends.

    `answered` is the dotted path under which the answer tells the invitation's id.
    """
    email = world.person(name).email
    search = Search(INVITATIONS, email, {"invite_id": "id"}, {"email": email})
    what = f"the invitation of {name}"
    return world.making(OPERATOR, "POST", REVOKE, {"invite_id": answered}, what=what, search=search)


def found(world: World, name: str, **query: str) -> Exchange:
    """Return the list of invitations for a person's address as operators see it; `query` narrows it."""
    query = {"email": world.person(name).email, **query}
    return world.must(OPERATOR, "GET", INVITATIONS, query=query)


def without_token(issued: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an issued invitation that lists show: all but `invite_token`."""
    return {name: value for name, value in issued.items() if name != "invite_token"}
