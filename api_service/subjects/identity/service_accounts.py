"""Tokens of service accounts: how a pipeline or an admin asks for one, and what the tenant's list shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import jwt
from hamcrest import has_entries

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.people.accounts import VISITOR
from api_service.people.new_tenants import OPERATOR
from api_service.world import World

ISSUE = "/api/v1/auth/service-accounts/issue"
BROWSER_ISSUE = "/api/v1/auth/service-accounts/browser-issue"
TOKENS = "/api/v1/auth/service-accounts/tokens"
REVOKE = "/api/v1/auth/service-accounts/tokens/{jti}/revoke"
TENANT = "Nimbus"
REASON = "no longer needed"
# Published by the service for its development mode; it opens nothing where credentials are verified.
PIPELINE = {"Authorization": "Bearer dev-demo"}
OF_NO_TENANT = frozenset({"demo-bot", "support-console"})
RIGHTS = {
    "read conversations": "conversations:read",
    "read the bills": "billing:read",
    "read the tools": "tools:read",
    "write in chats": "chat:write",
}
CREDENTIALS: Mapping[str, Mapping[str, str]] = {
    "a credential nobody signed": {"Authorization": "Bearer nobody-signed-this"},
    "another kind of credential": {"Authorization": "Basic ZGV2OmRlbW8="},
    "a credential of a closed vault": {"Authorization": "Bearer vault:signature"},
    "no credential": {},
}


@dataclass(frozen=True)
class IssuedToken:
    """A token that a machine was given, and its id."""

    text: str
    jti: str


def tenant_of(world: World, account: str) -> str | None:
    """Return the id of the scenario's tenant, or None for an account that acts for none."""
    return None if account in OF_NO_TENANT else world.recall("tenant", TENANT)


def wanted(world: World, account: str, scope: str, **changes: Any) -> dict[str, Any]:
    """Return what is asked for: a token of an account, for its tenant; changes add to it."""
    return {"account": account, "scopes": [scope], "tenant_id": tenant_of(world, account), **changes}


def issue(world: World, body: Mapping[str, Any], credential: Mapping[str, str] = PIPELINE) -> Exchange:
    """Ask for a token as a pipeline does, as the scenario's deed; one of no tenant is revoked afterwards."""
    exchange = world.act(VISITOR, "POST", ISSUE, json=body, headers=credential)
    if exchange.succeeded and body["tenant_id"] is None:
        reason, jti = {"reason": REASON}, issued(exchange).jti
        world.undo(OPERATOR, "POST", REVOKE, what=f"a token of {body['account']}", json=reason, jti=jti)
    return exchange


def issued(exchange: Exchange) -> IssuedToken:
    """Return the token that an answer holds."""
    text = field(exchange, "refresh_token")
    return IssuedToken(text, jwt.decode(text, options={"verify_signature": False})["jti"])


def check_issued(world: World, account: str, scope: str) -> None:
    """Assert that the answer and the token, verified against the published keys, say what was asked for."""
    answer, tenant_id = world.answer, tenant_of(world, account)
    expected = {"account": account, "tenant_id": tenant_id, "scopes": [scope], "token_use": "refresh"}
    check(answer, answer.body, has_entries(expected))
    claims = world.suite.people.refresh_claims(field(answer, "refresh_token"))
    said = {"sub": f"service-account:{account}", "scope": scope, "token_use": "refresh"}
    check(answer, {**claims, "tenant_id": claims.get("tenant_id")}, has_entries(tenant_id=tenant_id, **said))


def listed(world: World, person: str, **query: Any) -> Exchange:
    """Return the list of tokens as a person sees it."""
    return world.must(person, "GET", TOKENS, query={"status": "all", "limit": 100, **query})


def of_machines(exchange: Exchange) -> list[dict[str, Any]]:
    """Return the listed tokens without those that people sign in with."""
    return [item for item in exchange.body["items"] if not item["account"].startswith("user:")]


def check_found(world: World, person: str, status: str, expected: Mapping[str, Any]) -> None:
    """Assert that a person finds exactly one such token under this status, and none under the other."""
    for asked in ("active", "revoked"):
        exchange = listed(world, person, status=asked)
        found = [one for one in of_machines(exchange) if has_entries(expected).matches(one)]
        check(exchange, len(found), int(asked == status), f"the {asked} tokens like {dict(expected)}")


def _issue_in_browser(world: World, person: str, **changes: Any) -> Exchange:
    body = {"account": "billing-worker", "scopes": ["billing:read"], "reason": "Nightly reconciliation"}
    return world.act(person, "POST", BROWSER_ISSUE, json=body | changes)


def _look_through(world: World, person: str, **query: Any) -> Exchange:
    return world.act(person, "GET", TOKENS, query={"status": "all", "limit": 100, **query})


def _take_back(world: World, person: str, jti: str) -> Exchange:
    return world.act(person, "POST", REVOKE, json={"reason": REASON}, jti=jti)


NOT_GRANTED: Mapping[str, tuple[str, Callable[[World], dict[str, Any]]]] = {
    "a token of an account nobody defined": ("nobody", lambda _: {}),
    "a token that may do more than granted": ("analytics-batch", lambda _: {"scopes": ["billing:manage"]}),
    "a token that may do nothing": ("support-console", lambda _: {"scopes": []}),
    "a token that lives too long": (
        "synthetic-monitor",
        lambda _: {"scopes": ["tools:read"], "lifetime_minutes": 1441},
    ),
    "a tenant's token for no tenant": ("analytics-batch", lambda _: {"tenant_id": None}),
    "a token of no tenant for a tenant": (
        "support-console",
        lambda world: {"scopes": ["activity:read"], "tenant_id": world.recall("tenant", TENANT)},
    ),
}
DEEDS: Mapping[str, Callable[[World, str], Exchange]] = {
    "issue a token for their tenant": _issue_in_browser,
    "issue a token for Brian's tenant": lambda world, person: _issue_in_browser(
        world, person, tenant_id=world.person("Brian").tenant_id
    ),
    "issue a token without a good reason": lambda world, person: _issue_in_browser(
        world, person, reason="because"
    ),
    "look through the tokens": _look_through,
    "look through the tokens of another tenant": lambda world, person: _look_through(
        world, person, tenant_id=world.recall("tenant", TENANT)
    ),
    "take the token back": lambda world, person: _take_back(
        world, person, world.recall("service token", "latest").jti
    ),
    "take back a token that nobody issued": lambda world, person: _take_back(world, person, str(uuid4())),
}
