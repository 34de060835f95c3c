"""Invitations to join a tenant, from both ends."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hamcrest import contains_exactly, equal_to, has_entries, none, not_none, starts_with
from parse import with_pattern

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from acceptance.redaction import learn
from acceptance.timestamps import instant
from api_service.people.accounts import VISITOR, Person
from api_service.people.new_tenants import newcomer
from api_service.world import World

INVITES = "/api/v1/tenants/invites"
POLICY = f"{INVITES}/policy"
REVOKE = f"{INVITES}/{{invite_id}}/revoke"
ACCEPT = f"{INVITES}/accept"
ACCEPT_AS_CURRENT = f"{ACCEPT}/current"
# How long an invitation is to be good for, in hours; None is for ever.
TERMS: Mapping[str, dict[str, Any]] = {
    "for the usual time": {},
    "for one hour": {"expires_in_hours": 1},
    "for two weeks": {"expires_in_hours": 336},
    "for ever": {"expires_in_hours": None},
    "for more than two weeks": {"expires_in_hours": 337},
    "for no time at all": {"expires_in_hours": 0},
}
PASSWORDS: Mapping[str, str] = {
    "a short password": "Short-9",
    "an easy password": "passwordpassword1",
}
term_word: Callable[[str], str] = with_pattern("|".join(TERMS))(lambda text: text)


def guest(world: World, name: str) -> Person:
    """Return the person of this name; one who has no account yet if nobody introduced them."""
    if name not in world.persons:
        world.introduce(newcomer(world, name, "member", world.unique("guests")))
    return world.person(name)


def invite(
    world: World, ask: Callable[..., Exchange], person: str, name: str, role: str, term: str
) -> Exchange:
    """Invite somebody for some time and remember the invitation under their name."""
    body = {"invited_email": guest(world, name).email, "role": role, **TERMS[term]}
    exchange = ask(person, "POST", INVITES, json=body)
    if exchange.succeeded:
        learn(field(exchange, "invite_token"))
        world.remember("invitation", name, exchange.body)
    return exchange


def accept(world: World, name: str, holder: str, **changes: Any) -> Exchange:
    """Take up somebody's invitation with a new account of the holder's name, as the scenario's subject."""
    token = world.recall("invitation", name)["invite_token"]
    body = {"token": token, "password": guest(world, holder).password, "display_name": holder, **changes}
    return world.act(VISITOR, "POST", ACCEPT, json=body)


def shown(world: World, person: str, name: str) -> tuple[Exchange, list[Any]]:
    """Return the tenant's list of invitations of one person, and what it shows."""
    query = {"email": world.person(name).email}
    exchange = world.must(person, "GET", INVITES, query=query)
    return exchange, field(exchange, "invites")


def should_be(world: World, person: str, name: str, status: str) -> None:
    """Assert that the tenant's list shows the one invitation of this person, as it was issued, in a state."""
    exchange, found = shown(world, person, name)
    issued = {key: value for key, value in world.recall("invitation", name).items() if key != "invite_token"}
    states = {
        "active": {"accepted_at": none(), "revoked_at": none()},
        "accepted": {"accepted_at": not_none(), "revoked_at": none()},
        "revoked": {"accepted_at": none(), "revoked_at": not_none(), "revoked_reason": not_none()},
    }
    kept = ("id", "tenant_id", "token_hint", "invited_email", "role", "created_by_user_id")
    expected = {**{key: issued[key] for key in kept}, "status": status, **states[status]}
    if status == "accepted":
        expected["accepted_by_user_id"] = world.person(name).user_id or not_none()
    check(exchange, found, contains_exactly(has_entries(expected)))
    check(exchange, field(exchange, "total"), 1)


def should_be_issued(world: World, exchange: Exchange, name: str, role: str, hours: int | None) -> None:
    """Assert that an answer is a new invitation of this person, good for so many hours."""
    expected = {
        "tenant_id": exchange.call.tenant_id,
        "invited_email": world.person(name).email,
        "role": role,
        "status": "active",
        "created_by_user_id": world.person(exchange.person).user_id,
        "accepted_by_user_id": none(),
        "accepted_at": none(),
        "revoked_at": none(),
        "revoked_reason": none(),
    }
    check(exchange, exchange.body, has_entries(expected))
    check(exchange, field(exchange, "invite_token"), starts_with(field(exchange, "token_hint")))
    opens, ends = field(exchange, "created_at"), field(exchange, "expires_at")
    lasting = round((instant(ends) - instant(opens)) / timedelta(hours=1)) if ends else None
    check(exchange, lasting, equal_to(hours))


def should_be_listed(world: World, name: str, total: int) -> None:
    """Assert that the answer lists this person's invitation alone, of so many."""
    answer, issued = world.answer, world.recall("invitation", name)
    check(answer, [one["id"] for one in field(answer, "invites")], [issued["id"]])
    check(answer, field(answer, "total"), total)
