"""Conversations, their messages and what their agents did."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

ConversationStatus = Literal["active", "archived"]
MessageRole = Literal["user", "assistant", "system"]
MemoryMode = Literal["none", "trim", "summarize", "compact"]


@dataclass
class Attachment:
    """A stored object that goes with a message."""

    object_id: UUID
    filename: str
    mime_type: str | None = None
    size_bytes: int | None = None
    url: str | None = None
    tool_call_id: str | None = None


@dataclass
class Message:
    """One message; its number is unique within the service and grows."""

    number: int
    role: MessageRole
    content: str
    timestamp: datetime
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def message_id(self) -> str:
        """The number as the contract spells it."""
        return str(self.number)


@dataclass
class RunItem:
    """One thing that an agent run read or wrote."""

    sequence_no: int
    run_item_type: str
    timestamp: datetime
    role: MessageRole | None = None
    agent: str | None = None
    content_text: str | None = None
    response_id: str | None = None
    workflow_run_id: UUID | None = None
    model: str | None = None
    attachments: list[Attachment] = field(default_factory=list)


@dataclass
class MemoryConfig:
    """How much of a conversation its agents remember; None leaves it to the agent."""

    mode: MemoryMode | None = None
    max_user_turns: int | None = None
    keep_last_turns: int | None = None
    compact_trigger_turns: int | None = None
    compact_keep: int | None = None
    clear_tool_inputs: bool | None = None
    memory_injection: bool | None = None


@dataclass
class Conversation:
    """A thread of messages that a tenant's people share; it is known by its key and by its identifier.

    `ledger` holds the streamed events as the JSON texts that were sent.
    """

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
    run_items: list[RunItem] = field(default_factory=list)
    memory: MemoryConfig = field(default_factory=MemoryConfig)
    ledger: list[str] = field(default_factory=list)
    id: UUID = field(default_factory=uuid4)
