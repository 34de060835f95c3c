"""Health, signing keys."""

from datetime import datetime
from typing import Literal

from reference_service.models.base import ResponseModel


class HealthResponse(ResponseModel):
    """How the service is; uptime in seconds."""

    status: str
    timestamp: datetime
    version: str
    uptime: float | None


class JsonWebKey(ResponseModel):
    """One public signing key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    kid: str
    x: str
    use: Literal["sig"]
    alg: Literal["EdDSA"]


class JsonWebKeySet(ResponseModel):
    """The public signing keys (RFC 7517)."""

    keys: list[JsonWebKey]
