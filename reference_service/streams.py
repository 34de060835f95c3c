"""Writes the events of one run: numbers them, sends them, and keeps them in the conversation's ledger."""

from typing import Any, TypeVar
from uuid import uuid4

from reference_service.events import data_frame
from reference_service.models.streams import ErrorEvent, ErrorPayload, StreamEvent, WorkflowContext
from reference_service.records.conversations import Conversation
from reference_service.runtime import Runtime

E = TypeVar("E", bound=StreamEvent)
UNKNOWN_CONVERSATION = "unknown"


class StreamWriter:
    """The events of one stream, in order; `prefix` is `chat` or `workflow`."""

    def __init__(self, runtime: Runtime, prefix: str) -> None:
        self._runtime = runtime
        self._stream_id = f"{prefix}_{uuid4().hex}"
        self._events = 0
        self._conversation = UNKNOWN_CONVERSATION
        self._ledgers: list[list[str]] = []
        self.workflow: WorkflowContext | None = None

    def belong_to(self, conversation: Conversation, *copies: list[str]) -> None:
        """From now on events name this conversation and go to its ledger, and to further lists."""
        self._conversation = conversation.key
        self._ledgers = [conversation.ledger, *copies]

    def frame(self, kind: type[E], **content: Any) -> str:
        """The next event as a frame; it also goes to the ledgers, once the conversation is known."""
        self._events += 1
        event = kind(
            event_id=self._events,
            stream_id=self._stream_id,
            server_timestamp=self._runtime.clock.now(),
            conversation_id=self._conversation,
            workflow=self.workflow,
            **content,
        )
        text = event.model_dump_json(by_alias=True)
        for ledger in self._ledgers:
            ledger.append(text)
        return data_frame(text)

    def failure(self, message: str) -> str:
        """The terminal event of a run that the service itself had to end."""
        payload = ErrorPayload(code=None, message=message, source="server", is_retryable=False)
        return self.frame(ErrorEvent, error=payload)
