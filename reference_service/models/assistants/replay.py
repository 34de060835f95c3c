"""Streamed events as they are read back."""

from uuid import UUID

from reference_service.models.assistants.stream_events import PublicSseEvent
from reference_service.models.base import ResponseModel


class ConversationLedgerEventsResponse(ResponseModel):
    """A page of the events that were streamed in a conversation, oldest first."""

    conversation_id: str
    items: list[PublicSseEvent]
    next_cursor: str | None


class WorkflowRunReplayEventsResponse(ResponseModel):
    """A page of the events that were streamed in a run, oldest first."""

    workflow_run_id: UUID
    conversation_id: str
    items: list[PublicSseEvent]
    next_cursor: str | None
