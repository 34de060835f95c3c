"""Requests for access, and how operators decide them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.identity.invitations import (
    InviteHours,
    SignupInviteIssueResponse,
)
from reference_service.records.sign_up import SignupRequestStatus


class SignupRequestPublicRequest(RequestModel):
    """A wish to be let in; people leave the honeypot empty."""

    email: EmailStr
    organization: str = Field(min_length=2, max_length=128)
    full_name: str = Field(min_length=2, max_length=128)
    accept_terms: Literal[True]
    message: str | None = Field(None, max_length=1000)
    honeypot: str | None = None


class SignupRequestResponse(ResponseModel):
    """A request for access as operators see it."""

    id: UUID
    email: EmailStr
    organization: str
    full_name: str
    status: SignupRequestStatus
    created_at: datetime
    decision_reason: str | None
    invite_token_hint: str | None


class SignupRequestListResponse(ResponseModel):
    """A page of requests, newest first."""

    requests: list[SignupRequestResponse]
    total: int = Field(ge=0)


class SignupRequestApprovalRequest(RequestModel):
    """How to approve."""

    note: str | None = Field(None, max_length=512)
    invite_expires_in_hours: InviteHours | None = 72


class SignupRequestRejectionRequest(RequestModel):
    """Why to reject."""

    reason: str | None = Field(None, max_length=512)


class SignupRequestDecisionResponse(ResponseModel):
    """The decided request, and the invitation that an approval brings."""

    request: SignupRequestResponse
    invite: SignupInviteIssueResponse | None
