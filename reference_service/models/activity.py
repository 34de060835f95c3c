"""The activity feed."""

from datetime import datetime
from typing import Any
from uuid import UUID

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
