"""Signing in as a scenario's own deed, and what a session has to be."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hamcrest import contains_inanyorder, equal_to, has_entries, has_items

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, succeeded
from api_service.people.accounts import SESSION, TOKEN, VISITOR, Person, tokens_of
from api_service.world import World

ME = "/api/v1/auth/me"
SESSIONS = "/api/v1/auth/sessions"

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
    """Return what a person signs in with; changes replace parts of it."""
    return {"email": person.email, "password": person.password, **changes}


def sign_in(world: World, person: Person, **request: Any) -> Exchange:
    """Sign in as the scenario's deed."""
    exchange = world.act(VISITOR, "POST", TOKEN, **{"json": credentials(person), **request})
    end_afterwards(world, person, exchange)
    return exchange


def try_to_sign_in(world: World, person: Person, **request: Any) -> Exchange:
    """Sign in beside the scenario's deed; the caller judges the answer."""
    exchange = world.look(VISITOR, "POST", TOKEN, **{"json": credentials(person), **request})
    end_afterwards(world, person, exchange)
    return exchange


def must_sign_in(world: World, person: Person, **request: Any) -> Mapping[str, Any]:
    """Sign in as a matter of course and return the session; raises AssertionError when it is refused."""
    exchange = try_to_sign_in(world, person, **request)
    succeeded(exchange)
    body: Mapping[str, Any] = exchange.body
    return body


def end_afterwards(world: World, person: Person, exchange: Exchange) -> None:
    """End the session that an answer opened when the scenario ends, if its person is shared with others."""
    if exchange.succeeded and not person.is_newcomer:
        session_id = exchange.body["session_id"]
        what = f"a session of {person.name}"
        world.undo(person.name, "DELETE", SESSION, what=what, session_id=session_id)


def check_session(world: World, exchange: Exchange, person: Person) -> None:
    """Assert that an answer holds a good session of this person in their tenant, with their role's scopes."""
    expected = {"user_id": person.user_id, "tenant_id": person.tenant_id, "email_verified": person.verified}
    known = {name: value for name, value in expected.items() if value != ""}
    check(exchange, exchange.body, has_entries(known))
    claims = world.suite.people.claims(tokens_of(exchange.body).access)
    check(exchange, claims["roles"], equal_to([person.role]), "the role")
    scopes = SCOPES[person.role]
    exactly = has_items(*scopes) if person.platform_role else contains_inanyorder(*scopes)
    check(exchange, field(exchange, "scopes"), exactly, "what the role may do")
    check_opens(world, exchange.body["access_token"], claims)


def check_opens(world: World, access_token: str, claims: Mapping[str, Any]) -> None:
    """Assert that an access token opens the account of its person, and that the service reads its claims."""
    exchange = world.send(replace(world.call(VISITOR, "GET", ME), token=access_token))
    exchange.looked_at = True
    succeeded(exchange)
    user_id = claims["sub"].removeprefix("user:")
    check(exchange, field(exchange, "data"), {"user_id": user_id, "token_payload": dict(claims)})
