"""Asking for access and being invited: what is sent, and what operators then see."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hamcrest import contains_exactly, has_entries, starts_with

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from acceptance.timestamps import instant
from api_service.people.accounts import Person
from api_service.people.new_tenants import OPERATOR
from api_service.world import World

ASK = "/api/v1/auth/request-access"
REQUESTS = "/api/v1/auth/signup-requests"
INVITES = "/api/v1/auth/invites"
HOURS = 24
NOTE = "Met at the fair"


def access_request(person: Person, organization: str, **changes: Any) -> dict[str, Any]:
    """Return how somebody asks for access; changes replace parts of it."""
    form = {"email": person.email, "organization": organization, "full_name": f"{person.name} Quibble"}
    return {**form, "accept_terms": True, "message": "We would like to try it.", **changes}


def requests_of(world: World, person: Person) -> tuple[Exchange, list[dict[str, Any]]]:
    """Return the latest list of requests as operators see it, and those of one person in it."""
    listed = world.must(OPERATOR, "GET", REQUESTS, query={"limit": 200})
    return listed, [one for one in listed.body["requests"] if one["email"] == person.email]


def check_request(world: World, person: Person, status: str, organization: str) -> None:
    """Assert that operators see one request of this person, with this status and what was asked."""
    listed, mine = requests_of(world, person)
    asked = access_request(person, organization)
    expected = {"status": status, "organization": organization, "full_name": asked["full_name"]}
    check(listed, mine, contains_exactly(has_entries(expected)))


def invitation(person: Person, **changes: Any) -> dict[str, Any]:
    """Return how an operator invites somebody; changes replace parts of it."""
    return {"invited_email": person.email, "expires_in_hours": HOURS, "note": NOTE, **changes}


def keep_invitation(world: World, person: Person, exchange: Exchange) -> None:
    """Remember an invitation that was issued, and take it back when the scenario ends."""
    if exchange.succeeded:
        world.remember("invitation", person.name, exchange.body["id"])
        revoke_afterwards(world, person, exchange.body)


def revoke_afterwards(world: World, person: Person, invite: Mapping[str, Any] | None) -> None:
    """Take back an invitation when the scenario ends, if there is one."""
    if invite:
        what, invite_id = f"the invitation of {person.name}", invite["id"]
        world.undo(OPERATOR, "POST", f"{INVITES}/{{invite_id}}/revoke", what=what, invite_id=invite_id)


def check_issued(world: World, exchange: Exchange, person: Person) -> None:
    """Assert that a fresh invitation shows its token and is good for one tenant, this address and a day."""
    body = exchange.body
    expected = {
        "invited_email": person.email,
        "note": NOTE,
        "status": "active",
        "max_redemptions": 1,
        "redeemed_count": 0,
        "signup_request_id": None,
    }
    check(exchange, body, has_entries(expected))
    check(exchange, field(exchange, "invite_token"), starts_with(body["token_hint"]))
    check_kept(world, exchange, body)
    lifetime = instant(body["expires_at"]) - instant(body["created_at"])
    check(exchange, abs(lifetime - timedelta(hours=HOURS)) < timedelta(minutes=1), True, "a day")


def check_kept(world: World, exchange: Exchange, invite: Mapping[str, Any]) -> None:
    """Assert that operators find the invitation just as it was answered, without its token."""
    listed = world.must(OPERATOR, "GET", INVITES, query={"email": invite["invited_email"]})
    kept = {name: value for name, value in invite.items() if name != "invite_token"}
    check(exchange, field(listed, "invites"), contains_exactly(has_entries(kept)))


def check_invitation(world: World, person: Person, status: str) -> None:
    """Assert that operators find the invitation with this status, without its token, and under no other."""
    for asked in ("active", "revoked"):
        listed = world.must(OPERATOR, "GET", INVITES, query={"email": person.email, "status": asked})
        found = [(one["id"], "invite_token" in one) for one in listed.body["invites"]]
        expected = [(world.recall("invitation", person.name), False)] if asked == status else []
        check(listed, found, expected, "the invitations found, and whether they show their token")


def id_of(world: World, kind: str, name: str) -> str:
    """Return the id of somebody's request or invitation; nobody's is one that does not exist."""
    return str(uuid4()) if name == "nobody" else world.recall(kind, name)
