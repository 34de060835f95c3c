"""Who wants to hear of incidents."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

Channel = Literal["email", "webhook"]
Severity = Literal["all", "major", "maintenance"]
SubscriptionStatus = Literal["pending_verification", "active", "revoked"]


@dataclass
class StatusSubscription:
    """One target that is told of incidents, once whoever reads it has confirmed.

    `confirmation` proves that the target is read and works once; `unsubscribe` ends the subscription.
    """

    channel: Channel
    target: str
    severity_filter: Severity
    created_by: str
    created_at: datetime
    updated_at: datetime
    confirmation: str | None
    confirm_until: datetime
    unsubscribe: str
    tenant_id: UUID | None = None
    status: SubscriptionStatus = "pending_verification"
    webhook_secret: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)

    @property
    def target_masked(self) -> str:
        """The target as others may see it."""
        if self.channel == "webhook":
            return f"{self.target[:6]}…"
        name, _, domain = self.target.partition("@")
        return f"{name[0]}***@{domain}"
