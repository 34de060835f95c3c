"""What people agreed to and what they want to hear of."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel


class ConsentRequest(RequestModel):
    """What the person agrees to."""

    policy_key: str = Field(max_length=64)
    version: str = Field(max_length=32)
    ip_hash: str | None = Field(None, max_length=128)
    user_agent_hash: str | None = Field(None, max_length=128)


class ConsentView(ResponseModel):
    """What the person agreed to, and when."""

    policy_key: str
    version: str
    accepted_at: datetime


class NotificationPreferenceRequest(RequestModel):
    """What to hear of, and how."""

    channel: str = Field(max_length=16)
    category: str = Field(max_length=64)
    enabled: bool = True
    tenant_id: UUID | None = None


class NotificationPreferenceView(ResponseModel):
    """One preference."""

    id: UUID
    channel: str
    category: str
    enabled: bool
    tenant_id: UUID
