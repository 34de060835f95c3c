"""Tokens and the answers around them say the same, and the caller is who the caller's token says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.calls.tokens import opened
from acceptance.rules.lists import listing
from acceptance.rules.values import agree, heads

OWN_ACCOUNT = ("/api/v1/users/me", "/api/v1/auth/me")


def as_answered(prefix: str, header: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """Return what a token says, under the names that an answer gives it; `prefix` marks a refresh token's."""
    said = {
        f"{prefix}kid": header.get("kid"),
        "tenant_id": claims.get("tenant_id"),
        "session_id": claims.get("sid"),
        "user_id": str(claims.get("sub", "")).removeprefix("user:"),
        "account": claims.get("account"),
        "token_use": claims.get("token_use"),
        "email_verified": claims.get("email_verified"),
        "scopes": str(claims.get("scope", "")).split(),
    }
    for name, claim in ((f"{prefix}expires_at", "exp"), ("issued_at", "iat")):
        if isinstance(claims.get(claim), int | float):
            said[name] = datetime.fromtimestamp(claims[claim], UTC).isoformat()
    return said


def tokens_say_what_the_answer_says(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Person, tenant, session, scopes, key and expiry stand in the answer as they stand in its tokens."""
    body = exchange.body
    if not isinstance(body, dict) or "refresh_token" not in body or exchange.status >= 300:
        return
    session = "access_token" in body
    for prefix, name in (("", "access_token"), ("refresh_" if session else "", "refresh_token")):
        token = opened(body[name]) if name in body else None
        if token is None:
            if name in body:
                yield f"$.{name}", "is no token"
            continue
        for key, claimed in as_answered(prefix, *token).items():
            if key in body and not agree(exchange, key, claimed, body[key]):
                yield f"$.{key}", f"{body[key]!r}, the {name.replace('_', ' ')} says {claimed!r}"


def token_type(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Tokens are bearer tokens, and each is made for its own use."""
    body = exchange.body
    if not isinstance(body, dict) or "access_token" not in body:
        return
    if body.get("token_type") != "bearer":
        yield "$.token_type", f"{body.get('token_type')!r}"
    for use in ("access", "refresh"):
        token = opened(body.get(f"{use}_token"))
        if token and token[1].get("token_use") != use:
            yield f"$.{use}_token", f"was made for {token[1].get('token_use')!r}"


def caller_is_who_the_token_says(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A person's own account is the one that the token names, its claims are the token's."""
    token = opened(exchange.call.token) if exchange.call.token else None
    if token is None or not exchange.operation.path.startswith(OWN_ACCOUNT) or exchange.status >= 300:
        return
    claims = token[1]
    person = str(claims.get("sub", "")).removeprefix("user:")
    for where, found in heads(exchange):
        if found.get("user_id", person) != person:
            yield f"{where}.user_id", f"{found['user_id']!r}, the caller's token says {person!r}"
        if found.get("token_payload", claims) != claims:
            yield f"{where}.token_payload", f"{found['token_payload']!r} are not the claims of the token"


def current_session(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """In a list of sessions the caller's own is marked, and no other one."""
    token = opened(exchange.call.token) if exchange.call.token else None
    if token is None or exchange.operation.path != "/api/v1/auth/sessions":
        return
    for where, session in listing(exchange) or ():
        own = session.get("id") == token[1].get("sid")
        if session.get("current") is not own:
            yield f"{where}.current", f"{session.get('current')!r} for {'the' if own else 'not the'} caller's"
        if own and session.get("tenant_id") != token[1].get("tenant_id"):
            yield f"{where}.tenant_id", f"{session.get('tenant_id')!r} is not the tenant of the token"


RULES = (tokens_say_what_the_answer_says, token_type, caller_is_who_the_token_says, current_session)
