"""Conversations and their messages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4, uuid5

ConversationStatus = Literal["active", "archived"]
MessageRole = Literal["user", "assistant", "system"]


@dataclass
class Message:
    """One message; its number is unique within the service and grows."""

    number: int
    role: MessageRole
    content: str
    timestamp: datetime
    attachments: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Conversation:
    """A thread of messages that a tenant's people share; it is known by its key and by its identifier."""

    tenant_id: UUID
    key: str
    agent_entrypoint: str
    created_at: datetime
    updated_at: datetime
    user_id: UUID | None = None
    status: ConversationStatus = "active"
    display_name: str | None = None
    active_agent: str | None = None
    topic_hint: str | None = None
    messages: list[Message] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    ledger: list[str] = field(default_factory=list)
    id: UUID = field(default_factory=uuid4)


def conversation_id_of(tenant_id: UUID, key: str) -> UUID:
    """The identifier of a tenant's conversation with this key: the key itself if it is a UUID."""
    try:
        return UUID(key)
    except ValueError:
        return uuid5(tenant_id, key)
