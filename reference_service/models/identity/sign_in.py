"""Signing in, sessions and multi-factor challenges."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel


class UserLoginRequest(RequestModel):
    """Credentials; the tenant is needed by people with several."""

    email: EmailStr
    password: str = Field(min_length=8)
    tenant_id: str | None = None


class UserRefreshRequest(RequestModel):
    """The refresh token to trade in."""

    refresh_token: str = Field(min_length=1)


class UserSessionResponse(ResponseModel):
    """A session with its pair of tokens."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"]
    expires_at: datetime
    refresh_expires_at: datetime
    kid: str
    refresh_kid: str
    scopes: list[str]
    tenant_id: UUID
    user_id: UUID
    email_verified: bool
    session_id: UUID


class MfaMethodView(ResponseModel):
    """An enrolled second factor."""

    id: UUID
    method_type: Literal["totp"]
    label: str | None
    verified_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class MfaChallengeResponse(ResponseModel):
    """The password was right; a second factor is wanted."""

    mfa_required: Literal[True] = True
    challenge_token: str
    methods: list[MfaMethodView]


class CurrentUserInfo(ResponseModel):
    """Who the token says its bearer is."""

    user_id: UUID
    token_payload: dict[str, Any]
