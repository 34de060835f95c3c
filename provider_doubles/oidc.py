"""A double of an OpenID Connect provider: discovery, keys, authorization code with PKCE, identity tokens.

Whoever is named as `login_hint` signs in at `/authorize` at once and is sent back. A test may add `flaw=...`
to that address; the identity token behind the code then has that flaw (the names are those of FLAWS).
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import APIRouter, FastAPI, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse
from jwt.algorithms import RSAAlgorithm
from pydantic import BaseModel, Field

from provider_doubles.faults import install_faults

router = APIRouter()
KEY_ID, ALGORITHM = "oidc-double-1", "RS256"
LIFETIME_SECONDS = 600
Claims = dict[str, Any]

FLAWS: Mapping[str, Callable[[Claims], Claims]] = {
    "of another sign-in": lambda claims: claims | {"nonce": "of-another-sign-in"},
    "for another service": lambda claims: claims | {"aud": "another-client"},
    "of another provider": lambda claims: claims | {"iss": "https://another.example.com"},
    "expired": lambda claims: claims | {"iat": claims["iat"] - 7200, "exp": claims["iat"] - 3600},
    "forged": lambda claims: claims,
}


class Authorization(BaseModel):
    """What a client sends a person to the provider with (RFC 6749, 4.1.1; RFC 7636; OpenID Connect Core)."""

    response_type: Literal["code"]
    client_id: str = Field(min_length=1)
    redirect_uri: str = Field(min_length=1)
    scope: str
    state: str = Field(min_length=1)
    nonce: str = Field(min_length=1)
    code_challenge: str = Field(min_length=43)
    code_challenge_method: Literal["S256"]
    login_hint: str = Field(min_length=3)
    flaw: str = ""


class TokenForm(BaseModel):
    """What a client trades a code in with."""

    grant_type: Literal["authorization_code"]
    code: str
    redirect_uri: str
    code_verifier: str
    client_id: str | None = None


@router.get("/.well-known/openid-configuration")
async def discovery(request: Request) -> dict[str, Any]:
    """Where everything is (OpenID Connect Discovery)."""
    issuer = _issuer(request)
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }


@router.get("/jwks")
async def keys() -> dict[str, Any]:
    """The key that verifies identity tokens."""
    published = RSAAlgorithm.to_jwk(_key().public_key(), as_dict=True)
    return {"keys": [{**published, "kid": KEY_ID, "use": "sig", "alg": ALGORITHM}]}


@router.get("/authorize")
async def authorize(request: Request, wanted: Annotated[Authorization, Query()]) -> RedirectResponse:
    """Sign the hinted person in and send them back with a code."""
    if wanted.flaw and wanted.flaw not in FLAWS:
        raise HTTPException(400, f"flaws are {', '.join(FLAWS)}")
    code = secrets.token_urlsafe(24)
    request.app.state.grants[code] = wanted
    query = urlencode({"code": code, "state": wanted.state})
    return RedirectResponse(f"{wanted.redirect_uri}?{query}", 302)


@router.post("/token")
async def trade(request: Request, form: Annotated[TokenForm, Form()]) -> dict[str, Any]:
    """Trade a code in for an identity token, once and only with the verifier of its challenge."""
    grant: Authorization | None = request.app.state.grants.pop(form.code, None)
    if grant is None or grant.redirect_uri != form.redirect_uri or not _proves(form, grant):
        raise HTTPException(400, {"error": "invalid_grant"})
    return {
        "access_token": secrets.token_urlsafe(24),
        "token_type": "Bearer",
        "expires_in": LIFETIME_SECONDS,
        "scope": grant.scope,
        "id_token": _identity_token(_issuer(request), grant),
    }


def create_app() -> FastAPI:
    """A provider that nobody has signed in with yet."""
    app = FastAPI(title="OpenID Connect double")
    app.state.grants = {}
    app.include_router(router)
    install_faults(app)
    return app


def _issuer(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _proves(form: TokenForm, grant: Authorization) -> bool:
    digest = hashlib.sha256(form.code_verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return challenge == grant.code_challenge and form.client_id in (None, grant.client_id)


def _identity_token(issuer: str, grant: Authorization) -> str:
    now = int(time.time())
    claims: Claims = {
        "iss": issuer,
        "aud": grant.client_id,
        "sub": hashlib.sha256(grant.login_hint.lower().encode()).hexdigest()[:32],
        "nonce": grant.nonce,
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        "email": grant.login_hint,
        "email_verified": True,
        "name": grant.login_hint.partition("@")[0].title(),
    }
    if grant.flaw:
        claims = FLAWS[grant.flaw](claims)
    key = _other_key() if grant.flaw == "forged" else _key()
    return jwt.encode(claims, key, ALGORITHM, headers={"kid": KEY_ID})


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _other_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
