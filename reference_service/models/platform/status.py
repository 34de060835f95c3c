"""The status page and its subscriptions."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.status import Channel, Severity, SubscriptionStatus


class StatusOverviewSchema(ResponseModel):
    """How the platform is altogether."""

    state: str
    description: str
    updated_at: datetime


class ServiceStatusSchema(ResponseModel):
    """How one part of the platform is."""

    name: str
    status: Literal["operational", "degraded", "outage"]
    description: str
    owner: str
    last_incident_at: datetime | None


class IncidentSchema(ResponseModel):
    """Something that went wrong, in words for the public."""

    incident_id: str
    service: str
    occurred_at: datetime
    impact: str
    state: Literal["investigating", "identified", "monitoring", "resolved"]


class UptimeMetricSchema(ResponseModel):
    """One figure of the status page."""

    label: str
    value: str
    helper_text: str
    trend_value: str
    trend_tone: Literal["positive", "neutral", "negative"]


class PlatformStatusResponse(ResponseModel):
    """The status page."""

    generated_at: datetime
    overview: StatusOverviewSchema
    services: list[ServiceStatusSchema]
    incidents: list[IncidentSchema]
    uptime_metrics: list[UptimeMetricSchema]


class StatusSubscriptionCreateRequest(RequestModel):
    """Where to send which incidents."""

    channel: Channel
    target: str = Field(min_length=1, max_length=512)
    severity_filter: Severity | None = "major"
    metadata: dict[str, Any] | None = None


class StatusSubscriptionTokenRequest(RequestModel):
    """The token that was sent to the target."""

    token: str


class StatusSubscriptionResponse(ResponseModel):
    """A subscription; the secret that signs webhook deliveries is shown on creation only."""

    id: UUID
    channel: Channel
    severity_filter: Severity
    status: SubscriptionStatus
    target_masked: str
    tenant_id: UUID | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    webhook_secret: str | None


class StatusSubscriptionListResponse(ResponseModel):
    """A page of subscriptions."""

    items: list[StatusSubscriptionResponse]
    next_cursor: str | None


class StatusIncidentResendRequest(RequestModel):
    """Whom to tell again."""

    severity: Severity = "major"
    tenant_id: UUID | None = None


class StatusIncidentResendResponse(ResponseModel):
    """How many subscriptions were told."""

    dispatched: int = Field(ge=0)
