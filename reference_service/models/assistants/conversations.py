"""Conversations as they are listed, read and changed."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.conversations import ConversationStatus, MemoryMode, MessageRole


class MessageAttachment(ResponseModel):
    """A stored object that goes with a message; size in bytes."""

    object_id: UUID
    filename: str
    mime_type: str | None
    size_bytes: int | None
    url: str | None
    tool_call_id: str | None


class ChatMessage(ResponseModel):
    """One message."""

    message_id: str
    role: MessageRole
    content: str
    timestamp: datetime
    attachments: list[MessageAttachment]


class ConversationSummary(ResponseModel):
    """A conversation in a list; its identifier is its key."""

    conversation_id: str
    display_name: str | None
    agent_entrypoint: str
    active_agent: str | None
    topic_hint: str | None
    status: ConversationStatus
    message_count: int
    last_message_preview: str
    created_at: datetime
    updated_at: datetime


class ConversationListResponse(ResponseModel):
    """A page of conversations, the one that changed last first."""

    items: list[ConversationSummary]
    next_cursor: str | None


class ConversationSearchResult(ResponseModel):
    """A conversation that matches; the preview shows where, a higher score comes first."""

    conversation_id: str
    display_name: str | None
    agent_entrypoint: str
    active_agent: str | None
    topic_hint: str | None
    status: ConversationStatus
    preview: str
    last_message_preview: str
    score: float
    updated_at: datetime


class ConversationSearchResponse(ResponseModel):
    """A page of matches."""

    items: list[ConversationSearchResult]
    next_cursor: str | None


class ConversationHistory(ResponseModel):
    """A conversation with its messages, oldest first."""

    conversation_id: str
    display_name: str | None
    messages: list[ChatMessage]
    created_at: datetime
    updated_at: datetime
    agent_context: dict[str, Any] | None


class PaginatedMessagesResponse(ResponseModel):
    """A page of messages."""

    items: list[ChatMessage]
    next_cursor: str | None
    prev_cursor: None


class ConversationMessageDeleteResponse(ResponseModel):
    """The message and everything after it are gone."""

    conversation_id: str
    deleted_message_id: str
    success: Literal[True] = True


class ConversationMemoryConfigRequest(RequestModel):
    """The settings to change; null clears one, absent ones stay."""

    mode: MemoryMode | None = None
    max_user_turns: int | None = Field(None, ge=0)
    keep_last_turns: int | None = Field(None, ge=0)
    compact_trigger_turns: int | None = Field(None, ge=0)
    compact_keep: int | None = Field(None, ge=0)
    clear_tool_inputs: bool | None = None
    memory_injection: bool | None = None


class ConversationMemoryConfigResponse(ResponseModel):
    """All memory settings; null leaves one to the agent."""

    mode: MemoryMode | None
    max_user_turns: int | None
    keep_last_turns: int | None
    compact_trigger_turns: int | None
    compact_keep: int | None
    clear_tool_inputs: bool | None
    memory_injection: bool | None


class ConversationTitleUpdateRequest(RequestModel):
    """The new title."""

    display_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=128)]


class ConversationTitleUpdateResponse(ResponseModel):
    """The title as it is kept."""

    conversation_id: str
    display_name: str


class ConversationEventItem(ResponseModel):
    """One thing that an agent run read or wrote."""

    sequence_no: int
    run_item_type: str
    run_item_name: str | None = None
    role: MessageRole | None
    agent: str | None
    tool_call_id: str | None = None
    tool_name: str | None = None
    model: str | None
    content_text: str | None
    reasoning_text: str | None = None
    call_arguments: dict[str, Any] | None = None
    call_output: dict[str, Any] | None = None
    attachments: list[MessageAttachment]
    response_id: str | None
    workflow_run_id: UUID | None
    timestamp: datetime


class ConversationEventsResponse(ResponseModel):
    """What the agents did in a conversation, oldest first."""

    conversation_id: str
    items: list[ConversationEventItem]
