"""A tenant's settings."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, EmailStr, Field, HttpUrl

from reference_service.models.base import RequestModel, ResponseModel


class BillingContactModel(ResponseModel):
    """Somebody who is to hear of money."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=128)
    email: EmailStr
    role: str | None = Field(None, max_length=64)
    phone: str | None = Field(None, max_length=64)
    notify_billing: bool = True


class TenantSettingsResponse(ResponseModel):
    """The settings; among the flags are those that operators set (`feature.<name>`)."""

    tenant_id: UUID
    billing_contacts: list[BillingContactModel]
    billing_webhook_url: HttpUrl | None
    plan_metadata: dict[str, str]
    flags: dict[str, bool]
    version: int = Field(ge=0)
    updated_at: datetime | None


class TenantSettingsUpdateRequest(RequestModel):
    """All of the settings; what is left out of them is gone."""

    model_config = ConfigDict(extra="forbid")

    billing_contacts: list[BillingContactModel]
    billing_webhook_url: HttpUrl | None = None
    plan_metadata: dict[str, str]
    flags: dict[str, bool]
