"""Invitations to become a member of a tenant."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.tenancy import TeamInviteStatus
from reference_service.security.roles import TenantRole

DEFAULT_HOURS = 72
MAXIMUM_HOURS = 336


class TeamInvitePolicyResponse(ResponseModel):
    """How long invitations are good for."""

    default_expires_hours: int
    max_expires_hours: int


class TeamInviteResponse(ResponseModel):
    """An invitation; its token is known by a hint."""

    id: UUID
    tenant_id: UUID
    token_hint: str
    invited_email: EmailStr
    role: TenantRole
    status: TeamInviteStatus
    created_by_user_id: UUID | None
    accepted_by_user_id: UUID | None
    accepted_at: datetime | None
    revoked_at: datetime | None
    revoked_reason: str | None
    expires_at: datetime | None
    created_at: datetime


class TeamInviteIssueResponse(TeamInviteResponse):
    """A new invitation with its token, which is shown this once."""

    invite_token: str


class TeamInviteListResponse(ResponseModel):
    """A page of invitations, newest first."""

    invites: list[TeamInviteResponse]
    total: int = Field(ge=0)


class TeamInviteIssueRequest(RequestModel):
    """Whom to invite; null hours make an invitation that does not expire."""

    model_config = ConfigDict(extra="forbid")

    invited_email: EmailStr
    role: TenantRole
    expires_in_hours: int | None = Field(DEFAULT_HOURS, ge=1, le=MAXIMUM_HOURS)


class TeamInviteAcceptRequest(RequestModel):
    """The invitation, and the account to make for it."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(min_length=1)
    password: str = Field(min_length=14)
    display_name: str | None = Field(None, max_length=128)


class TeamInviteAcceptExistingRequest(RequestModel):
    """The invitation that the caller accepts."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(min_length=1)
