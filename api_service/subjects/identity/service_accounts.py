"""Tokens of service accounts: how a pipeline or an admin asks for one, lists them and takes one back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from acceptance.calls.exchange import Exchange
from acceptance.scenarios.undo import Search
from api_service.people.accounts import VISITOR
from api_service.subjects.new_tenants import OPERATOR, Tenant
from api_service.world import Ask, World

SERVICE_ACCOUNTS = "/api/v1/auth/service-accounts"
TOKENS = f"{SERVICE_ACCOUNTS}/tokens"
REASON = {"reason": "no longer needed"}
# Published by the service for its development mode; it opens nothing where credentials are verified.
PIPELINE = {"Authorization": "Bearer dev-demo"}
OF_NO_TENANT = frozenset({"demo-bot", "support-console"})
LATEST = "latest"
# The tenant that the machines of a scenario act for.
NIMBUS = "Nimbus"


@dataclass(frozen=True)
class ServiceToken:
    """The token that a machine was given last; its id is the claim `jti`."""

    id: str
    text: str


def tenant_of(world: World, account: str) -> str | None:
    """Return the id of the scenario's tenant, or None for an account that acts for none."""
    return None if account in OF_NO_TENANT else world.state.find(Tenant, NIMBUS).id


def token_request(world: World, account: str, scope: str, **changes: Any) -> dict[str, Any]:
    """Return the body that asks for a token of an account for its tenant; `changes` replace or add fields."""
    return {"account": account, "scopes": [scope], "tenant_id": tenant_of(world, account), **changes}


def issue(world: World, body: Mapping[str, Any], credential: Mapping[str, str] = PIPELINE) -> Exchange:
    """Ask for a token as a pipeline does; one of no tenant is revoked when the scenario ends."""
    path = f"{SERVICE_ACCOUNTS}/issue"
    if body["tenant_id"] is not None:
        return world.act(VISITOR, "POST", path, json=body, headers=credential)
    # Lists show the fingerprint, by which the token can be found.
    body = {"fingerprint": world.unique("run"), **body}
    query = {"fingerprint": body["fingerprint"], "include_global": True, "status": "active"}
    search, what = Search(TOKENS, body["fingerprint"], {"jti": "jti"}, query), f"a token of {body['account']}"
    undo: dict[str, Any] = {"what": what, "json": REASON, "search": search}
    with world.making(OPERATOR, "POST", f"{TOKENS}/{{jti}}/revoke", **undo) as intent:
        exchange = world.act(VISITOR, "POST", path, json=body, headers=credential)
        if exchange.succeeded:
            intent.known(jti=issued(exchange).id)
    return exchange


def issue_in_browser(world: World, person: str, **changes: Any) -> Exchange:
    """Ask for a token as an admin does; `changes` replace or add fields."""
    body = {"account": "billing-worker", "scopes": ["billing:read"], "reason": "Nightly reconciliation"}
    return world.act(person, "POST", f"{SERVICE_ACCOUNTS}/browser-issue", json=body | changes)


def issued(exchange: Exchange) -> ServiceToken:
    """Return the token that an answer holds."""
    text = exchange.body["refresh_token"]
    return ServiceToken(jwt.decode(text, options={"verify_signature": False})["jti"], text)


def latest(world: World) -> ServiceToken:
    """Return the token that the scenario's pipeline was given last; raises LookupError when there is none."""
    return world.state.find(ServiceToken, LATEST)


def revoke(world: World, person: str, token_id: str, reason: Mapping[str, str] = REASON) -> Exchange:
    """Take a token back, and say why."""
    return world.act(person, "POST", f"{TOKENS}/{{jti}}/revoke", json=dict(reason), jti=token_id)


def listed(ask: Ask, person: str, **query: str) -> Exchange:
    """Return the tokens that a person sees, of every status; `ask` is the world's act or must."""
    return ask(person, "GET", TOKENS, query={"status": "all", "limit": 100, **query})


def of_machines(exchange: Exchange) -> list[dict[str, Any]]:
    """Return the listed tokens without those that people sign in with."""
    return [item for item in exchange.body["items"] if not item["account"].startswith("user:")]
