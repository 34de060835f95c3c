"""What was streamed in a conversation, and its title as a stream."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Query

from reference_service.errors import not_found
from reference_service.events import EventStream, data_frame
from reference_service.models.assistants.replay import ConversationLedgerEventsResponse
from reference_service.runtime import RuntimeDep
from reference_service.services.assistants import conversations
from reference_service.services.assistants.conversations import Reader
from reference_service.services.assistants.replay import event_page, event_stream

router = APIRouter(prefix="/conversations/{conversation_id}", tags=["conversations"])

END_OF_TITLE = "[DONE]"


@router.get("/ledger/events")
async def list_ledger_events(
    runtime: RuntimeDep,
    caller: Reader,
    conversation_id: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    cursor: str | None = None,
) -> ConversationLedgerEventsResponse:
    """The events of every streamed run, as they were sent."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    page = event_page(conversation.ledger, f"ledger-{conversation.id}", limit, cursor)
    return ConversationLedgerEventsResponse(
        conversation_id=conversation_id, items=page.items, next_cursor=page.next_cursor
    )


@router.get("/ledger/stream", response_class=EventStream, response_model=None)
async def stream_ledger(
    runtime: RuntimeDep, caller: Reader, conversation_id: str, cursor: str | None = None
) -> EventStream:
    """The same events as a stream."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    return event_stream(conversation.ledger, f"ledger-{conversation.id}", cursor)


@router.get("/stream", response_class=EventStream, response_model=None)
async def stream_title(runtime: RuntimeDep, caller: Reader, conversation_id: str) -> EventStream:
    """The title, if there is one yet, and an end mark."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    if not any(message.role == "user" for message in conversation.messages):
        not_found("Title")
    return EventStream(_title(conversation.display_name))


async def _title(title: str | None) -> AsyncGenerator[str]:
    if title is not None:
        yield data_frame(title)
    yield data_frame(END_OF_TITLE)
