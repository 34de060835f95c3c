"""Tokens of service accounts: how a pipeline or an admin asks for one, and what the tenant's list shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from hamcrest import has_entries

from acceptance.exchange import Exchange
from acceptance.outcomes import check, field
from acceptance.people import VISITOR
from acceptance.world import World

ISSUE = "/api/v1/auth/service-accounts/issue"
BROWSER_ISSUE = "/api/v1/auth/service-accounts/browser-issue"
TOKENS = "/api/v1/auth/service-accounts/tokens"
REVOKE = "/api/v1/auth/service-accounts/tokens/{jti}/revoke"
REASON = "No longer needed"
# Published by the service for its development mode; it opens nothing where credentials are verified.
PIPELINE = {"Authorization": "Bearer dev-demo"}


@dataclass(frozen=True)
class IssuedToken:
    """A token that a machine was given, and its id."""

    text: str
    jti: str


def wanted(world: World, account: str, scope: str, **changes: Any) -> dict[str, Any]:
    """Return what is asked for: a token of an account for the scenario's tenant; changes replace parts."""
    tenant_id = world.recall("tenant", "Nimbus")
    return {"account": account, "scopes": [scope], "tenant_id": tenant_id, **changes}


def issue(world: World, body: Mapping[str, Any], credential: Mapping[str, str] = PIPELINE) -> Exchange:
    """Ask for a token as a pipeline does, as the scenario's deed."""
    return world.act(VISITOR, "POST", ISSUE, json=body, headers=credential)


def issued(exchange: Exchange) -> IssuedToken:
    """Return the token that an answer holds."""
    text = field(exchange, "refresh_token")
    return IssuedToken(text, jwt.decode(text, options={"verify_signature": False})["jti"])


def check_issued(world: World, account: str, tenant_id: str | None, scope: str) -> None:
    """Assert that the answer and the token, verified against the published keys, say what was asked for."""
    answer = world.answer
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
