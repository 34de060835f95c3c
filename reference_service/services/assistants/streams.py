"""Writes the events of one run: numbers them, sends them, and keeps them in the conversation's ledger."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, TypeVar
from uuid import uuid4

from reference_service.events import data_frame
from reference_service.models.assistants.stream_ends import ErrorEvent, ErrorPayload, FinalEvent, FinalPayload
from reference_service.models.assistants.stream_items import MessageDeltaEvent
from reference_service.models.assistants.streams import StreamEvent, WorkflowContext
from reference_service.records.conversations import Conversation
from reference_service.runtime import Runtime
from reference_service.services.assistants.assistant import Reply

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

    async def perform(self, reply: Reply) -> AsyncGenerator[str]:
        """Frames of everything that the agent did before its last word."""
        for kind, content in reply.draft.events:
            yield self.frame(kind, response_id=reply.response_id, **content)
            if reply.draft.pause and kind is MessageDeltaEvent:
                await asyncio.sleep(reply.draft.pause)

    def last_word(self, reply: Reply, **changes: Any) -> str:
        """The terminal event of a run that ended with this reply; `changes` replace fields of its payload."""
        context = {"response_id": reply.response_id, "agent": reply.agent.name}
        draft = reply.draft
        if draft.failure is not None:
            return self.frame(ErrorEvent, error=draft.failure, **context)
        payload = FinalPayload(
            status="refused" if draft.refusal else "completed",
            response_text=None if draft.refusal else draft.text,
            refusal_text=draft.refusal,
            reasoning_summary_text=draft.reasoning,
            usage=reply.usage,
        )
        return self.frame(FinalEvent, final=payload.model_copy(update=changes), **context)

    def failure(self, message: str) -> str:
        """The terminal event of a run that the service itself had to end."""
        payload = ErrorPayload(code=None, message=message, source="server", is_retryable=False)
        return self.frame(ErrorEvent, error=payload)
