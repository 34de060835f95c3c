"""The activity feed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from reference_service.models.base import ResponseModel
from reference_service.records.platform import EventStatus, ReadState


class ActivityStreamEvent(ResponseModel):
    """One event as the live feed sends it: without where the caller came from."""

    id: UUID
    tenant_id: UUID
    action: str
    created_at: datetime
    actor_id: UUID | None
    actor_type: str | None
    actor_role: str | None
    object_type: str | None
    object_id: str | None
    object_name: str | None
    status: EventStatus
    source: str | None
    request_id: str | None
    metadata: dict[str, Any] | None
    read_state: ReadState = "unread"


class ActivityEventItem(ActivityStreamEvent):
    """One event as the list shows it."""

    ip_hash: str | None
    user_agent: str | None


class ActivityListResponse(ResponseModel):
    """A page of events, newest first, and how many the caller has not read in all."""

    items: list[ActivityEventItem]
    next_cursor: str | None
    unread_count: int = Field(ge=0)


class ReceiptResponse(ResponseModel):
    """How many events the caller has still not read."""

    unread_count: int = Field(ge=0)
