"""Signing in: what a person sends, which scopes a session has, and how the service reads an access token."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import SESSION, TOKEN, VISITOR, Person
from api_service.world import World

ME = "/api/v1/auth/me"
SESSIONS = "/api/v1/auth/sessions"
WRONG_PASSWORD = "Not-The-Right-One-1"  # noqa: S105 deliberately nobody's

_VIEWER = ("conversations:read", "tools:read")
_MEMBER = (*_VIEWER, "conversations:write")
_ADMIN = (
    *_MEMBER,
    "conversations:delete",
    "workflows:delete",
    "billing:read",
    "billing:manage",
    "support:read",
    "activity:read",
)
SCOPES: Mapping[str, tuple[str, ...]] = {
    "viewer": _VIEWER,
    "member": _MEMBER,
    "admin": _ADMIN,
    "owner": _ADMIN,
}


def credentials(person: Person, **changes: Any) -> dict[str, Any]:
    """Return the body of a person's sign-in; `changes` replace or add fields."""
    return {"email": person.email, "password": person.password, **changes}


def sign_in(world: World, person: Person, **request: Any) -> Exchange:
    """Sign in as the call that the scenario is about; `request` replaces parts of it."""
    exchange = world.act(VISITOR, "POST", TOKEN, **{"json": credentials(person), **request})
    return end_afterwards(world, person, exchange)


def try_to_sign_in(world: World, person: Person, **request: Any) -> Exchange:
    """Sign in beside the call that the scenario is about; the caller judges the answer."""
    exchange = world.look(VISITOR, "POST", TOKEN, **{"json": credentials(person), **request})
    return end_afterwards(world, person, exchange)


def must_sign_in(world: World, person: Person, **request: Any) -> Mapping[str, Any]:
    """Sign in and return the body of the answer; raises AssertionError when the service refuses."""
    exchange = world.must(VISITOR, "POST", TOKEN, **{"json": credentials(person), **request})
    body: Mapping[str, Any] = end_afterwards(world, person, exchange).body
    return body


def sign_in_again(world: World, name: str) -> Mapping[str, Any]:
    """Sign in, let the person act with the new access token, and return the body of the answer."""
    body = must_sign_in(world, world.person(name))
    world.use_token(name, body["access_token"])
    return body


def end_afterwards(world: World, person: Person, exchange: Exchange) -> Exchange:
    """Return the answer; a session that it opened for a person of the whole run ends with the scenario."""
    if exchange.succeeded and not person.is_newcomer:
        session_id = exchange.body["session_id"]
        what = f"a session of {person.name}"
        world.undo(person.name, "DELETE", SESSION, what=what, session_id=session_id)
    return exchange


def whose_token(world: World, token: str) -> Exchange:
    """Return the answer to `GET /auth/me` with this token; the caller judges it."""
    return world.look_at(world.send(replace(world.call(VISITOR, "GET", ME), token=token)))
