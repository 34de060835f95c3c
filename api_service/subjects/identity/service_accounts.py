"""Tokens of service accounts: how a pipeline or an admin asks for one, lists them and takes one back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jwt

from acceptance.calls.exchange import Exchange
from acceptance.scenarios.undo import Search
from acceptance.scenarios.undo_ledger import Intent
from api_service.people.accounts import VISITOR
from api_service.people.tenants import OPERATOR, Tenant
from api_service.world import Ask, World

SERVICE_ACCOUNTS = "/api/v1/auth/service-accounts"
TOKENS = f"{SERVICE_ACCOUNTS}/tokens"
REASON = {"reason": "no longer needed"}
# Published by the service for its development mode; it opens nothing where credentials are verified.
PIPELINE = {"Authorization": "Bearer dev-demo"}
OF_NO_TENANT = frozenset({"demo-bot", "support-console"})
LATEST = "latest"
# Who owns the tenant of the run.
OWNER = "Alice"
# The tenant that the machines of a scenario act for.
NIMBUS = "Nimbus"


@dataclass(frozen=True)
class ServiceToken:
    """The token that a machine was given last; its id is the claim `jti`."""

    id: str
    text: str


@dataclass(frozen=True)
class Revocation:
    """How a token of the run's tenants, or of none, is going to be revoked, kept under its id."""

    intent: Intent


def tenant_of(world: World, account: str) -> str | None:
    """Return the id of the tenant that an account acts for, or None for one that acts for none.

    It is the scenario's own if there is one, else that of the run.
    """
    if account in OF_NO_TENANT:
        return None
    own = world.state.all_of(Tenant).get(NIMBUS)
    return own.id if own else world.person(OWNER).tenant_id


def token_request(world: World, account: str, scope: str, **changes: Any) -> dict[str, Any]:
    """Return the body that asks for a token of an account for its tenant; `changes` replace or add fields."""
    return {"account": account, "scopes": [scope], "tenant_id": tenant_of(world, account), **changes}


def issue(world: World, body: Mapping[str, Any], credential: Mapping[str, str] = PIPELINE) -> Exchange:
    """Ask for a token as a pipeline does."""
    with _issuing(world, body["tenant_id"], body) as sent:
        return world.act(VISITOR, "POST", f"{SERVICE_ACCOUNTS}/issue", json=sent, headers=credential)


def issue_in_browser(world: World, person: str, **changes: Any) -> Exchange:
    """Ask for a token as an admin does; `changes` replace or add fields."""
    body = {"account": "billing-worker", "scopes": ["billing:read"], "reason": "Nightly reconciliation"}
    with _issuing(world, world.person(person).tenant_id, body | changes) as sent:
        return world.act(person, "POST", f"{SERVICE_ACCOUNTS}/browser-issue", json=sent)


@contextmanager
def _issuing(world: World, tenant_id: str | None, body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give the body for the last call of the block, which asks for a token.

    One of a tenant of the scenario's own goes with the tenant; others are revoked when the scenario ends.
    """
    shared = {None: OPERATOR, world.person(OWNER).tenant_id: OWNER}
    if tenant_id not in shared:
        yield body
        return
    # Lists show the fingerprint, by which the token can be found.
    mark = {"fingerprint": world.unique("run")}
    query = {**mark, "include_global": tenant_id is None, "status": "active"}
    search = Search(TOKENS, mark["fingerprint"], {"jti": "jti"}, query)
    undo: dict[str, Any] = {"what": f"a token of {body['account']}", "json": REASON, "search": search}
    known = len(world.exchanges)
    with world.making(shared[tenant_id], "POST", f"{TOKENS}/{{jti}}/revoke", **undo) as intent:
        yield {**mark, **body}
        for exchange in world.exchanges[known:]:
            if exchange.succeeded:
                token = issued(exchange)
                intent.known(jti=token.id)
                world.state.keep(token.id, Revocation(intent))


def own_mark(world: World) -> dict[str, str]:
    """Return the query for the scenario's own tokens in a tenant of the run; its own has no others."""
    return {} if NIMBUS in world.state.all_of(Tenant) else {"fingerprint": world.unique("run")}


def issued(exchange: Exchange) -> ServiceToken:
    """Return the token that an answer holds."""
    text = exchange.body["refresh_token"]
    return ServiceToken(jwt.decode(text, options={"verify_signature": False})["jti"], text)


def latest(world: World) -> ServiceToken:
    """Return the token that the scenario's pipeline was given last; raises LookupError when there is none."""
    return world.state.find(ServiceToken, LATEST)


def revoke(world: World, person: str, token_id: str, reason: Mapping[str, str] = REASON) -> Exchange:
    """Take a token back, and say why; what was taken back is not to be revoked at the end."""
    exchange = world.act(person, "POST", f"{TOKENS}/{{jti}}/revoke", json=dict(reason), jti=token_id)
    planned = world.state.all_of(Revocation).get(token_id)
    if planned and exchange.succeeded:
        planned.intent.dismiss()
    return exchange


def listed(ask: Ask, person: str, **query: str) -> Exchange:
    """Return the tokens that a person sees, of every status; `ask` is the world's act or must."""
    return ask(person, "GET", TOKENS, query={"status": "all", "limit": 100, **query})


def of_machines(exchange: Exchange) -> list[dict[str, Any]]:
    """Return the listed tokens without those that people sign in with."""
    return [item for item in exchange.body["items"] if not item["account"].startswith("user:")]
