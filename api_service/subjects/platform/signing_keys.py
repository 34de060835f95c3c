"""The published signing keys: which of them signed a token, and whether they have changed."""

from dataclasses import dataclass
from typing import Any

import jwt

from acceptance.calls.exchange import Exchange

PATH = "/.well-known/jwks.json"


@dataclass
class SigningKeys:
    """A copy of the published keys, by its entity tag (RFC 9110, section 8.8.3)."""

    entity_tag: str


def entity_tag(exchange: Exchange) -> str:
    """Return the entity tag of an answer (RFC 9110, section 8.8.3), or an empty string."""
    return exchange.headers.get("etag", "")


def verified_claims(key_set: Any, token: str, audience: str) -> dict[str, Any] | str:
    """Return the claims of a token that one of the keys signed, else a sentence that says what is wrong.

    The key must have the token's id, and the token must verify with it (RFC 7515, RFC 7519).
    """
    wanted = jwt.get_unverified_header(token).get("kid")
    keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(key_set).keys}
    if wanted not in keys:
        return f"the token names the key {wanted}; published are {', '.join(map(str, keys))}"
    try:
        return jwt.decode(token, keys[wanted], algorithms=["EdDSA"], audience=audience, leeway=60)
    except jwt.PyJWTError as error:
        return f"the token does not verify against the published key {wanted}: {error}"
