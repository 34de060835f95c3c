"""What people agreed to and what they want to hear of."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4


@dataclass
class Consent:
    """A person's agreement to one version of a policy."""

    user_id: UUID
    policy_key: str
    version: str
    accepted_at: datetime
    id: UUID = field(default_factory=uuid4)


@dataclass
class NotificationPreference:
    """Whether a person wants messages of a category through a channel."""

    tenant_id: UUID
    user_id: UUID
    channel: str
    category: str
    enabled: bool
    id: UUID = field(default_factory=uuid4)
