"""An OpenID Connect provider seen from its client: discovery, code with PKCE, identity tokens."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt

from reference_service.clients.trust import trusted
from reference_service.errors import ApiError
from reference_service.records.single_sign_on import SsoAttempt

TIMEOUT_SECONDS = 5.0
SCOPE = "openid email profile"


@dataclass(frozen=True)
class Provider:
    """How the provider knows this service."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


async def authorize_url(provider: Provider, attempt: SsoAttempt, login_hint: str | None) -> str:
    """Where the person proves who they are; raises a 503 if the provider cannot be reached."""
    digest = hashlib.sha256(attempt.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.redirect_uri,
        "scope": SCOPE,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        **({"login_hint": login_hint} if login_hint else {}),
    }
    endpoint = (await _discover(provider))["authorization_endpoint"]
    return f"{endpoint}?{urlencode(query)}"


async def identity(provider: Provider, attempt: SsoAttempt, code: str) -> dict[str, Any]:
    """The verified claims behind an authorization code.

    Raises a 503 if the provider fails or refuses the code, a 401 for an identity token that proves nothing,
    and a 400 for one of another sign-in.
    """
    document = await _discover(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.redirect_uri,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": attempt.verifier,
    }
    tokens = await _ask("POST", document["token_endpoint"], data=form)
    keys = await _ask("GET", document["jwks_uri"])
    return _verified(provider, attempt, tokens.get("id_token", ""), keys)


async def _discover(provider: Provider) -> dict[str, Any]:
    return await _ask("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")


async def _ask(method: str, url: str, **request: Any) -> dict[str, Any]:
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False, verify=trusted()) as client:
            response = await client.request(method, url, **request)
            response.raise_for_status()
            answer: dict[str, Any] = response.json()
            return answer
    except (httpx.HTTPError, ValueError):
        raise ApiError(503, "The identity provider cannot be reached or refuses.") from None


def _verified(provider: Provider, attempt: SsoAttempt, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        key = next(key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == kid)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=provider.client_id,
            issuer=provider.issuer,
            options={"require": ["iss", "aud", "sub", "iat", "exp", "nonce"]},
        )
    except (jwt.PyJWTError, StopIteration):
        raise ApiError(401, "The identity token is not valid.") from None
    if claims["nonce"] != attempt.nonce:
        raise ApiError(400, "The identity token belongs to another sign-in.")
    if not claims.get("email") or not claims.get("email_verified"):
        raise ApiError(401, "The identity token is not valid.")
    return claims
