"""Conversations: find them, read them, change them."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from reference_service.errors import ApiError, not_found
from reference_service.models.assistants.conversations import (
    ChatMessage,
    ConversationEventItem,
    ConversationEventsResponse,
    ConversationHistory,
    ConversationListResponse,
    ConversationMemoryConfigRequest,
    ConversationMemoryConfigResponse,
    ConversationMessageDeleteResponse,
    ConversationSearchResponse,
    ConversationTitleUpdateRequest,
    ConversationTitleUpdateResponse,
    PaginatedMessagesResponse,
)
from reference_service.numbers import whole_number
from reference_service.paging import cursor_page
from reference_service.records.conversations import Conversation, MemoryConfig
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, tenant_caller
from reference_service.services.activity.feed import record_deed
from reference_service.services.assistants import conversation_lists, conversations
from reference_service.services.assistants.conversations import Reader, Writer

router = APIRouter(prefix="/conversations", tags=["conversations"])

Administrator = Annotated[Caller, Depends(tenant_caller("admin", scope="conversations:write"))]
Deleter = Annotated[Caller, Depends(tenant_caller("admin", scope="conversations:delete"))]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("")
async def list_conversations(
    runtime: RuntimeDep,
    caller: Reader,
    limit: Limit = 50,
    cursor: str | None = None,
    agent: str | None = None,
) -> ConversationListResponse:
    """The tenant's conversations that have messages."""
    return conversation_lists.listed(runtime, caller.tenant.id, agent, limit, cursor)


@router.get("/search")
async def search_conversations(
    runtime: RuntimeDep,
    caller: Reader,
    q: Annotated[str, Query(min_length=1)],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    cursor: str | None = None,
    agent: str | None = None,
) -> ConversationSearchResponse:
    """The tenant's conversations whose title or messages contain the text, in any case."""
    return conversation_lists.found(runtime, caller.tenant.id, q, agent, limit, cursor)


@router.get("/{conversation_id}")
async def read_conversation(runtime: RuntimeDep, caller: Reader, conversation_id: str) -> ConversationHistory:
    """A conversation with all of its messages."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    agent = conversation.active_agent
    return ConversationHistory(
        conversation_id=conversation_id,
        display_name=conversation.display_name,
        messages=[ChatMessage.model_validate(message) for message in conversation.messages],
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
        agent_context={"active_agent": agent} if agent else None,
    )


@router.delete("/{conversation_id}", status_code=204)
async def delete_conversation(
    runtime: RuntimeDep, request: Request, caller: Deleter, conversation_id: str
) -> Response:
    """Forget a conversation; nothing happens if there is none."""
    conversation = conversations.find(runtime, caller.tenant.id, conversation_id)
    if conversation is not None:
        runtime.store.conversations.delete(conversation.id)
        _record(runtime, request, caller, conversation, "conversation.cleared")
    return Response(status_code=204)


@router.get("/{conversation_id}/messages")
async def list_messages(
    runtime: RuntimeDep,
    caller: Reader,
    conversation_id: str,
    limit: Limit = 50,
    cursor: str | None = None,
    direction: Literal["asc", "desc"] = "desc",
) -> PaginatedMessagesResponse:
    """A conversation's messages, by default the newest first."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    page, next_cursor = cursor_page(
        conversation.messages,
        key=lambda message: (message.number,),
        limit=limit,
        cursor=cursor,
        bound_to=f"messages-{conversation.id}-{direction}",
        descending=direction == "desc",
    )
    items = [ChatMessage.model_validate(message) for message in page]
    return PaginatedMessagesResponse(items=items, next_cursor=next_cursor, prev_cursor=None)


@router.delete("/{conversation_id}/messages/{message_id}")
async def delete_message(
    runtime: RuntimeDep, caller: Writer, conversation_id: str, message_id: str
) -> ConversationMessageDeleteResponse:
    """Take back one's own message together with everything that followed it."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    number = whole_number(message_id)
    if number is None:
        raise ApiError(400, "Message identifier must be an integer.")
    message = next((m for m in conversation.messages if m.number == number), None)
    if message is None:
        not_found("Message")
    if conversation.user_id not in (None, caller.user.id):
        raise ApiError(403, "Only the conversation's user can delete its messages.")
    if message.role != "user":
        raise ApiError(409, "Only user messages can be deleted")
    conversation.messages = [m for m in conversation.messages if m.number < message.number]
    conversation.updated_at = runtime.clock.now()
    return ConversationMessageDeleteResponse(
        conversation_id=conversation_id, deleted_message_id=message.message_id
    )


@router.patch("/{conversation_id}/memory")
async def update_memory(
    runtime: RuntimeDep, caller: Administrator, conversation_id: str, body: ConversationMemoryConfigRequest
) -> ConversationMemoryConfigResponse:
    """Change how much the agents remember."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    changes = body.model_dump(exclude_unset=True)
    conversation.memory = MemoryConfig(**{**vars(conversation.memory), **changes})
    return ConversationMemoryConfigResponse.model_validate(conversation.memory)


@router.patch("/{conversation_id}/title")
async def update_title(
    runtime: RuntimeDep,
    request: Request,
    caller: Writer,
    conversation_id: str,
    body: ConversationTitleUpdateRequest,
) -> ConversationTitleUpdateResponse:
    """Rename a conversation; runs of white space collapse."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    conversation.display_name = " ".join(body.display_name.split())
    _record(runtime, request, caller, conversation, "conversation.title.updated")
    return ConversationTitleUpdateResponse(
        conversation_id=conversation_id, display_name=conversation.display_name
    )


@router.get("/{conversation_id}/events")
async def list_events(
    runtime: RuntimeDep, caller: Reader, conversation_id: str, workflow_run_id: UUID | None = None
) -> ConversationEventsResponse:
    """What agents read and wrote in a conversation, in all runs or in one workflow run."""
    conversation = conversations.require(runtime, caller.tenant.id, conversation_id)
    items = [
        ConversationEventItem.model_validate(item)
        for item in conversation.run_items
        if workflow_run_id in (None, item.workflow_run_id)
    ]
    return ConversationEventsResponse(conversation_id=conversation_id, items=items)


def _record(
    runtime: Runtime, request: Request, caller: Caller, conversation: Conversation, action: str
) -> None:
    record_deed(
        runtime,
        request,
        caller,
        action,
        object_type="conversation",
        object_id=conversation.key,
        object_name=conversation.display_name,
    )
