"""Tokens of service accounts."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel

TokenStatus = Literal["active", "revoked", "all"]


class ServiceAccountIssueRequest(RequestModel):
    """Which account, for what, and for how long."""

    account: str
    scopes: list[str]
    tenant_id: UUID | None = None
    lifetime_minutes: int | None = Field(None, ge=1)
    fingerprint: str | None = Field(None, max_length=128)
    force: bool = False


class BrowserServiceAccountIssueRequest(ServiceAccountIssueRequest):
    """The same, asked for by a person, who says why."""

    reason: str = Field(min_length=10, max_length=512)


class ServiceAccountTokenResponse(ResponseModel):
    """An issued token."""

    refresh_token: str
    expires_at: datetime
    issued_at: datetime
    scopes: list[str]
    tenant_id: UUID | None
    kid: str
    account: str
    token_use: Literal["refresh"]
    session_id: None


class TokenQuery(RequestModel):
    """Which issued tokens to list; `account` is a part of the account's name."""

    account: str = ""
    fingerprint: str | None = None
    status: TokenStatus = "active"
    tenant_id: UUID | None = None
    include_global: bool = False
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0)


class ServiceAccountTokenItem(ResponseModel):
    """An issued token as lists show it."""

    jti: UUID
    account: str
    tenant_id: UUID | None
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    revoked_reason: str | None
    fingerprint: str | None
    signing_kid: str


class ServiceAccountTokenListResponse(ResponseModel):
    """A page of issued tokens, newest first."""

    items: list[ServiceAccountTokenItem]
    total: int = Field(ge=0)
    limit: int
    offset: int


class ServiceAccountTokenRevokeRequest(RequestModel):
    """Why a token is taken back."""

    reason: str | None = Field(None, max_length=256)


class ServiceAccountTokenRevokeData(ResponseModel):
    """The token that is worth nothing any more."""

    jti: UUID
