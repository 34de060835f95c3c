"""What happened and how much was used."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

Granularity = Literal["day", "month"]
EventStatus = Literal["success", "failure", "pending"]
ReadState = Literal["unread", "read", "dismissed"]


@dataclass
class UsageCounter:
    """What a tenant, or one person in it, used in a period."""

    tenant_id: UUID
    user_id: UUID | None
    period_start: date
    granularity: Granularity
    updated_at: datetime
    input_tokens: int = 0
    output_tokens: int = 0
    requests: int = 0
    storage_bytes: int = 0
    id: UUID = field(default_factory=uuid4)


@dataclass
class ActivityEvent:
    """One thing that happened in a tenant; `receipts` says who has read or dismissed it."""

    tenant_id: UUID
    action: str
    created_at: datetime
    actor_id: UUID | None = None
    actor_type: str | None = None
    actor_role: str | None = None
    object_type: str | None = None
    object_id: str | None = None
    object_name: str | None = None
    status: EventStatus = "success"
    source: str | None = "api"
    request_id: str | None = None
    ip_hash: str | None = None
    user_agent: str | None = None
    metadata: dict[str, Any] | None = None
    receipts: dict[UUID, ReadState] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)
