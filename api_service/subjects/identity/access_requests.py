"""Requests for access: made by people without an account, listed and decided by operators."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import VISITOR
from api_service.people.new_tenants import OPERATOR
from api_service.subjects.identity import invitations
from api_service.subjects.identity.sign_up import person_without_account
from api_service.world import World

REQUESTS = "/api/v1/auth/signup-requests"
DECISIONS: dict[str, tuple[str, str, dict[str, str] | None]] = {
    "look through": ("GET", REQUESTS, None),
    "approve": ("POST", f"{REQUESTS}/{{request_id}}/approve", {"note": "Welcome"}),
    "reject": ("POST", f"{REQUESTS}/{{request_id}}/reject", {"reason": "Not now"}),
}


@dataclass(frozen=True)
class AccessRequest:
    """A pending request for access, kept under the name of the person who asked."""

    id: str


def full_name(name: str) -> str:
    """Return the full name that a person gives in the form."""
    return f"{name} Quibble"


def ask_for_access(world: World, name: str, organization: str, /, **changes: Any) -> Exchange:
    """Ask for access as a person does; `changes` replace or add fields of the form."""
    person = person_without_account(world, name)
    form = {"email": person.email, "organization": organization, "full_name": full_name(name)}
    more = {"accept_terms": True, "message": "We would like to try it.", **changes}
    return world.act(VISITOR, "POST", "/api/v1/auth/request-access", json=form | more)


def requests_of(world: World, name: str) -> tuple[Exchange, list[dict[str, Any]]]:
    """Return the list of requests as operators see it, and the requests in it from a person's address."""
    email = world.person(name).email
    listed = world.must(OPERATOR, "GET", REQUESTS, query={"limit": 200})
    return listed, [one for one in listed.body["requests"] if one["email"] == email]


def decide(world: World, person: str, decision: str, name: str) -> Exchange:
    """List, approve or reject a person's request; that of nobody is a random id.

    The invitation that comes of an approval is revoked when the scenario ends.
    """
    method, path, body = DECISIONS[decision]
    request_id = str(uuid4()) if name == "nobody" else world.state.find(AccessRequest, name).id
    exchange = world.act(person, method, path, json=body, request_id=request_id)
    if exchange.succeeded and exchange.body.get("invite"):
        invitations.keep(world, name, exchange.body["invite"])
    return exchange
