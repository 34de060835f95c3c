"""Listing and ending sessions."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel


class SessionClientInfo(ResponseModel):
    """What the user agent tells about the device."""

    platform: str | None
    browser: str | None
    device: str | None
    user_agent: str | None


class SessionLocationInfo(ResponseModel):
    """Where the device seems to be."""

    city: str | None
    region: str | None
    country: str | None


class UserSessionItem(ResponseModel):
    """A signed-in device."""

    id: UUID
    tenant_id: UUID
    created_at: datetime
    last_seen_at: datetime
    revoked_at: datetime | None
    ip_address_masked: str | None
    fingerprint: str | None
    client: SessionClientInfo
    location: SessionLocationInfo | None
    current: bool


class UserSessionListResponse(ResponseModel):
    """A page of sessions, newest first."""

    sessions: list[UserSessionItem]
    total: int = Field(ge=0)
    limit: int
    offset: int


class UserLogoutRequest(RequestModel):
    """The refresh token whose session ends."""

    refresh_token: str = Field(min_length=1)


class SessionLogoutData(ResponseModel):
    """Whether this request ended the session."""

    revoked: bool


class SessionLogoutAllData(ResponseModel):
    """How many sessions ended."""

    revoked: int = Field(ge=0)
