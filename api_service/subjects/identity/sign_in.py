"""Signing in: what a person sends, which scopes a session has, and how the service reads an access token."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import SESSION, TOKEN, VISITOR, Person
from api_service.world import Ask, World

ME = "/api/v1/auth/me"
SESSIONS = "/api/v1/auth/sessions"
WRONG_PASSWORD = "Not-The-Right-One-1"  # noqa: S105 deliberately nobody's

_VIEWER = ("conversations:read", "tools:read")
_MEMBER = (*_VIEWER, "conversations:write")
_BILLING = ("billing:read", "billing:manage")
_ADMIN = (*_MEMBER, "conversations:delete", "workflows:delete", *_BILLING, "support:read", "activity:read")
SCOPES = {"viewer": _VIEWER, "member": _MEMBER, "admin": _ADMIN, "owner": _ADMIN}


def credentials(person: Person, **changes: Any) -> dict[str, Any]:
    """Return the body of a person's sign-in; `changes` replace or add fields."""
    return {"email": person.email, "password": person.password, **changes}


def sign_in(world: World, person: Person, ask: Ask, **request: Any) -> Exchange:
    """Sign in with the right credentials, or as `request` says; `ask` is the world's act, must or look."""
    exchange = ask(VISITOR, "POST", TOKEN, **{"json": credentials(person), **request})
    return end_afterwards(world, person, exchange)


def sign_in_again(world: World, name: str) -> Mapping[str, Any]:
    """Sign in, let the person act with the new access token, and return the body of the answer."""
    body: Mapping[str, Any] = sign_in(world, world.person(name), world.must).body
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
