"""Usage counters and the features of a tenant."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.platform import Granularity


class UsageCounterView(ResponseModel):
    """What a tenant, or one person in it, used in a period."""

    id: UUID
    tenant_id: UUID
    user_id: UUID | None
    period_start: date
    granularity: Granularity
    input_tokens: int
    output_tokens: int
    requests: int
    storage_bytes: int
    updated_at: datetime


class FeatureSnapshotResponse(ResponseModel):
    """What the tenant may use."""

    model_config = ConfigDict(extra="forbid")

    billing_enabled: bool
    billing_stream_enabled: bool


class TenantFeatureEntitlementsResponse(ResponseModel):
    """What an operator decided for a tenant; a feature that is not named is as configured."""

    model_config = ConfigDict(extra="forbid")

    tenant_id: UUID
    flags: dict[str, bool]


class TenantFeatureEntitlementsUpdateRequest(RequestModel):
    """What an operator decides; null takes a decision back."""

    model_config = ConfigDict(extra="forbid")

    flags: dict[Literal["billing"], bool | None]
