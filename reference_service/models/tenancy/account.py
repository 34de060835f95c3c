"""A tenant's account as its own administrators see it."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.tenancy import TenantStatus


class TenantAccountResponse(ResponseModel):
    """The account, without what operators keep to themselves."""

    id: UUID
    slug: str
    name: str
    status: TenantStatus
    created_at: datetime
    updated_at: datetime
    status_updated_at: datetime | None
    suspended_at: datetime | None
    deprovisioned_at: datetime | None


class TenantAccountSelfUpdateRequest(RequestModel):
    """The account's new name; its slug is for operators to change."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=2, max_length=128)
