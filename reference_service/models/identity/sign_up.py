"""Founding a tenant: registration, requests for access and invitations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field

from reference_service.config import SignUpPolicy
from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.identity.sign_in import UserSessionResponse
from reference_service.records.sign_up import SignupInviteStatus, SignupRequestStatus
from reference_service.services.identity.passwords import strong_password

StrongPassword = Annotated[str, Field(min_length=14), AfterValidator(strong_password)]
InviteHours = Annotated[int, Field(ge=1, le=336)]


class SignupAccessPolicyResponse(ResponseModel):
    """Who may found a tenant."""

    policy: SignUpPolicy
    invite_required: bool
    request_access_enabled: bool


class UserRegisterRequest(RequestModel):
    """A new tenant and the person who will own it."""

    email: EmailStr
    password: StrongPassword
    tenant_name: str = Field(min_length=2, max_length=128)
    accept_terms: Literal[True]
    display_name: str | None = None
    plan_code: str | None = None
    trial_days: int | None = Field(None, ge=0, le=365)
    invite_token: str | None = None


class UserRegisterResponse(UserSessionResponse):
    """The first session of the new owner."""

    tenant_slug: str


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


class SignupRequestDecisionResponse(ResponseModel):
    """The decided request, and the invitation that an approval brings."""

    request: SignupRequestResponse
    invite: SignupInviteIssueResponse | None


class SignupInviteIssueRequest(RequestModel):
    """Whom to invite and for how long."""

    invited_email: EmailStr | None = None
    max_redemptions: int = Field(1, ge=1, le=10)
    expires_in_hours: InviteHours | None = 72
    note: str | None = Field(None, max_length=512)
    signup_request_id: UUID | None = None
