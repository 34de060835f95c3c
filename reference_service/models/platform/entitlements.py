"""What a tenant may use, as operators decide it."""

from typing import Literal
from uuid import UUID

from pydantic import ConfigDict

from reference_service.models.base import RequestModel, ResponseModel


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
