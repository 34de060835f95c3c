"""The people of a tenant."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.identity import UserStatus
from reference_service.security.roles import TenantRole


class TeamMemberResponse(ResponseModel):
    """A person as the others of the tenant see them."""

    user_id: UUID
    tenant_id: UUID
    email: EmailStr
    display_name: str | None
    role: TenantRole
    status: UserStatus
    email_verified: bool
    joined_at: datetime


class TeamMemberListResponse(ResponseModel):
    """A page of members, by address; the counts are the whole tenant's."""

    members: list[TeamMemberResponse]
    total: int = Field(ge=0)
    owner_count: int = Field(ge=0)


class TeamMemberAddRequest(RequestModel):
    """Whom to add, by the address of an existing account."""

    model_config = ConfigDict(extra="forbid")

    email: EmailStr
    role: TenantRole


class TeamMemberRoleUpdateRequest(RequestModel):
    """The role from now on."""

    model_config = ConfigDict(extra="forbid")

    role: TenantRole
