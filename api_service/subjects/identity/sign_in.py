"""Signing in: what a person sends, which scopes a session has, and how the service reads an access token."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.people.accounts import TOKEN, VISITOR, Person, end_session, marked
from api_service.world import Ask, World

ME = "/api/v1/auth/me"
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
    sent = {"json": credentials(person), **request}
    with opening_session(world, person) as headers:
        return ask(VISITOR, "POST", TOKEN, **{**sent, "headers": {**headers, **sent.get("headers", {})}})


def sign_in_again(world: World, name: str) -> Mapping[str, Any]:
    """Sign in, let the person act with the new access token, and return the body of the answer."""
    body: Mapping[str, Any] = sign_in(world, world.person(name), world.must).body
    world.use_token(name, body["access_token"])
    return body


@contextmanager
def opening_session(world: World, person: Person) -> Iterator[dict[str, str]]:
    """Give the headers for the last call of the block, which signs somebody in.

    The session of a person of the whole run ends with the scenario, a newcomer's with their tenant.
    """
    known = len(world.exchanges)
    if person.is_newcomer:
        yield {}
        return
    mark = f"{world.unique('run')}-{known}"
    intent = world.undos.add(end_session(person, mark))
    try:
        yield marked(mark)
    finally:
        intent.settle(world.exchanges[known:], {"session_id": "session_id"})


def whose_token(world: World, token: str) -> Exchange:
    """Return the answer to `GET /auth/me` with this token; the caller judges it."""
    return world.look_at(world.send(replace(world.call(VISITOR, "GET", ME), token=token)))
