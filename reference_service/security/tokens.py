"""Signed tokens: Ed25519 keys, their published set, signing and verification."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from reference_service.config import ConfigError
from reference_service.metrics import Metrics

ISSUER = "api-service"
AUDIENCE = ["agent-api", "analytics-service", "billing-worker", "support-console", "synthetic-monitor"]
ALGORITHM = "EdDSA"
ACCESS, REFRESH, MFA_CHALLENGE = "access", "refresh", "mfa_challenge"
_REQUIRED = ["sub", "iss", "iat", "exp", "jti", "token_use"]


class SigningKey:
    """An Ed25519 key pair and its identifier; made anew unless a private key is given in PEM."""

    def __init__(self, pem: str = "") -> None:
        self.private = _read(pem) if pem else Ed25519PrivateKey.generate()
        self.public = self.private.public_key()
        self._raw = self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.kid = f"ed25519-{secrets.token_hex(6)}"

    def published(self) -> dict[str, str]:
        """The public key as a JSON Web Key."""
        x = base64.urlsafe_b64encode(self._raw).decode().rstrip("=")
        return {"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "x": x, "use": "sig", "alg": ALGORITHM}


def _read(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError("REFERENCE_SIGNING_KEY must be a private Ed25519 key in PEM.")
    return key


class TokenSigner:
    """Signs with the active key and verifies against it; the next key is only published."""

    def __init__(self, metrics: Metrics, pem: str = "") -> None:
        self._metrics = metrics
        self._active, self._next = SigningKey(pem), SigningKey()
        self.published_at = datetime.now(UTC)

    @property
    def kid(self) -> str:
        """The identifier of the key that signs."""
        return self._active.kid

    def key_set(self) -> list[dict[str, str]]:
        """The published keys: the active one, then the next one."""
        return [self._active.published(), self._next.published()]

    def etag(self) -> str:
        """The strong entity tag of the key set, quoted."""
        kids = ",".join(key["kid"] for key in self.key_set())
        return f'"{hashlib.sha256(kids.encode()).hexdigest()}"'

    def sign(self, claims: dict[str, Any], lifetime: timedelta) -> tuple[str, dict[str, Any]]:
        """A token of these claims with `iss`, `iat`, `nbf`, `exp` and `jti` added, and all of its claims."""
        issued = datetime.now(UTC).replace(microsecond=0)
        full = {
            **claims,
            "iss": ISSUER,
            "jti": str(uuid4()),
            "iat": int(issued.timestamp()),
            "nbf": int(issued.timestamp()),
            "exp": int((issued + lifetime).timestamp()),
        }
        token_use = claims["token_use"]
        with self._metrics.timed("jwt_signing_duration_seconds", token_use=token_use):
            token = jwt.encode(full, self._active.private, ALGORITHM, headers={"kid": self.kid})
        self._metrics.count("jwt_signings_total", result="success", token_use=token_use)
        return token, full

    def verify(
        self, token: str, audience: list[str] | None = AUDIENCE, *, allow_expired: bool = False
    ) -> dict[str, Any]:
        """The claims of a token; raises jwt.PyJWTError for one that is forged, foreign, stale or incomplete.

        A refresh token names no audience: pass None for it.
        """
        try:
            with self._metrics.timed("jwt_verification_duration_seconds"):
                claims = self._decode(token, audience, allow_expired)
        except jwt.PyJWTError:
            self._metrics.count("jwt_verifications_total", result="failure")
            raise
        self._metrics.count("jwt_verifications_total", result="success")
        return claims

    def _decode(self, token: str, audience: list[str] | None, allow_expired: bool) -> dict[str, Any]:
        complete = jwt.decode_complete(
            token,
            self._active.public,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=audience,
            options={
                "require": _REQUIRED,
                "verify_aud": audience is not None,
                "verify_exp": not allow_expired,
            },
        )
        if complete["header"].get("kid") != self.kid:
            raise jwt.InvalidKeyError("Unknown key.")
        claims: dict[str, Any] = complete["payload"]
        return claims
