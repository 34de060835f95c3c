"""The published signing keys: which of them signed a token, and the exchange that asks for changes."""

from typing import Any

import jwt

from acceptance.calls.exchange import Exchange

PATH = "/.well-known/jwks.json"
OUTDATED = '"outdated"'


def entity_tag(exchange: Exchange) -> str:
    """Return the entity tag of an answer (RFC 9110, section 8.8.3), or an empty string."""
    return exchange.headers.get("etag", "")


def verify(key_set: Any, token: str, audience: str) -> dict[str, Any]:
    """Return the claims of a token that one of the keys signed.

    Raises AssertionError when no key has the token's id, or it does not verify (RFC 7515, RFC 7519).
    """
    wanted = jwt.get_unverified_header(token).get("kid")
    keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(key_set).keys}
    if wanted not in keys:
        raise AssertionError(f"the token names the key {wanted}; published are {', '.join(map(str, keys))}")
    try:
        return jwt.decode(token, keys[wanted], algorithms=["EdDSA"], audience=audience, leeway=60)
    except jwt.PyJWTError as error:
        raise AssertionError(
            f"the token does not verify against the published key {wanted}: {error}"
        ) from None
