"""Founding a tenant: the policy and registration."""

from typing import Annotated, Literal

from pydantic import AfterValidator, EmailStr, Field

from reference_service.config import SignUpPolicy
from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.identity.sign_in import UserSessionResponse
from reference_service.services.identity.passwords import strong_password

StrongPassword = Annotated[str, Field(min_length=14), AfterValidator(strong_password)]


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
