"""Invitations to found a tenant."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.sign_up import SignupInviteStatus

InviteHours = Annotated[int, Field(ge=1, le=336)]


class SignupInviteResponse(ResponseModel):
    """An invitation; its token is known by a hint."""

    id: UUID
    token_hint: str
    invited_email: EmailStr | None
    status: SignupInviteStatus
    max_redemptions: int
    redeemed_count: int
    expires_at: datetime
    created_at: datetime
    signup_request_id: UUID | None
    note: str | None


class SignupInviteIssueResponse(SignupInviteResponse):
    """A new invitation with its token, which is shown this once."""

    invite_token: str


class SignupInviteListResponse(ResponseModel):
    """A page of invitations, newest first."""

    invites: list[SignupInviteResponse]
    total: int = Field(ge=0)


class SignupInviteIssueRequest(RequestModel):
    """Whom to invite and for how long."""

    invited_email: EmailStr | None = None
    max_redemptions: int = Field(1, ge=1, le=10)
    expires_in_hours: InviteHours | None = 72
    note: str | None = Field(None, max_length=512)
    signup_request_id: UUID | None = None
