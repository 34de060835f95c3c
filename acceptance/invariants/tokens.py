"""A session's answer and the tokens in it say the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import jwt

from acceptance.exchange import Exchange
from acceptance.invariants.values import same


def _opened(token: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return header and claims of a token without a look at its signature; None when it is no token."""
    try:
        opened = jwt.decode_complete(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return None
    return opened["header"], opened["payload"]


def _as_answered(prefix: str, header: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    said = {
        f"{prefix}kid": header.get("kid"),
        f"{prefix}expires_at": claims.get("exp"),
        "tenant_id": claims.get("tenant_id"),
        "session_id": claims.get("sid"),
        "user_id": str(claims.get("sub", "")).removeprefix("user:"),
        "email_verified": claims.get("email_verified"),
        "scopes": sorted(str(claims.get("scope", "")).split()),
    }
    if isinstance(claims.get("exp"), int):
        said[f"{prefix}expires_at"] = datetime.fromtimestamp(claims["exp"], UTC).isoformat()
    return said


def tokens_say_what_the_answer_says(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Person, tenant, session, scopes, key and expiry stand in the answer as they stand in its tokens."""
    body = exchange.body
    if not isinstance(body, dict) or not {"access_token", "refresh_token", "user_id"} <= body.keys():
        return
    for prefix, name in (("", "access_token"), ("refresh_", "refresh_token")):
        opened = _opened(body[name])
        if opened is None:
            yield f"$.{name}", "is no token"
            continue
        for key, claimed in _as_answered(prefix, *opened).items():
            answered = sorted(body[key]) if isinstance(body.get(key), list) else body.get(key)
            if key in body and not same(answered, claimed):
                yield f"$.{key}", f"{answered!r}, the {name.replace('_', ' ')} says {claimed!r}"


def token_type(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Tokens are bearer tokens, and each is made for its own use."""
    body = exchange.body
    if not isinstance(body, dict) or "access_token" not in body:
        return
    if body.get("token_type") != "bearer":
        yield "$.token_type", f"{body.get('token_type')!r}"
    for use in ("access", "refresh"):
        opened = _opened(body.get(f"{use}_token"))
        if opened and opened[1].get("token_use") != use:
            yield f"$.{use}_token", f"was made for {opened[1].get('token_use')!r}"


RULES = (tokens_say_what_the_answer_says, token_type)
