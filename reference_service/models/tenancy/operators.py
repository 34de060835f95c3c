"""Tenants as operators see them."""

from uuid import UUID

from pydantic import ConfigDict, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.tenancy.account import TenantAccountResponse

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class TenantAccountOperatorResponse(TenantAccountResponse):
    """A tenant with what operators did to it."""

    status_reason: str | None
    status_updated_by: UUID | None


class TenantAccountListResponse(ResponseModel):
    """A page of tenants."""

    accounts: list[TenantAccountOperatorResponse]
    total: int = Field(ge=0)


class TenantAccountCreateRequest(RequestModel):
    """A tenant to found; without a slug it gets one made from its name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=2, max_length=128)
    slug: str | None = Field(None, max_length=64)


class TenantAccountUpdateRequest(RequestModel):
    """What to change."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, min_length=2, max_length=128)
    slug: str | None = Field(None, max_length=64)


class TenantAccountLifecycleRequest(RequestModel):
    """Why a tenant is suspended, reactivated or taken down."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=3, max_length=256)
