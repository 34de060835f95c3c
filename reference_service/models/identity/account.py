"""People's own profile, e-mail address and the end of their account."""

from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.identity.credentials import CurrentPassword
from reference_service.security.roles import TenantRole


class CurrentUserProfileData(ResponseModel):
    """Who the caller is, in the tenant of their session."""

    user_id: UUID
    tenant_id: UUID
    email: EmailStr
    display_name: str | None
    given_name: str | None
    family_name: str | None
    avatar_url: str | None
    timezone: str | None
    locale: str | None
    role: TenantRole
    email_verified: bool


class UserProfileUpdateRequest(RequestModel):
    """The fields to change; null clears one, absent ones stay."""

    display_name: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    given_name: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    family_name: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    avatar_url: Annotated[str, Field(min_length=1, max_length=512)] | None = None
    timezone: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    locale: Annotated[str, Field(min_length=1, max_length=32)] | None = None


class UserEmailChangeRequest(RequestModel):
    """The new address, and the password that proves who asks."""

    current_password: CurrentPassword
    new_email: EmailStr


class UserEmailChangeData(ResponseModel):
    """The address from now on."""

    user_id: UUID
    email: EmailStr
    email_verified: bool
    verification_sent: bool


class UserAccountDisableRequest(RequestModel):
    """The password that proves who asks."""

    current_password: CurrentPassword


class UserAccountDisableData(ResponseModel):
    """The account that is closed."""

    user_id: UUID
    disabled: bool
    revoked_sessions: int = Field(ge=0)
