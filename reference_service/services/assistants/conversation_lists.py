"""How a tenant's conversations are listed and searched."""

from uuid import UUID

from reference_service.models.assistants.conversations import (
    ConversationListResponse,
    ConversationSearchResponse,
    ConversationSearchResult,
    ConversationSummary,
)
from reference_service.paging import cursor_page
from reference_service.records.conversations import Conversation
from reference_service.runtime import Runtime
from reference_service.services.assistants.conversations import preview


def listed(
    runtime: Runtime, tenant_id: UUID, agent: str | None, limit: int, cursor: str | None
) -> ConversationListResponse:
    """A page of the conversations that have messages, the one that changed last first."""
    page, next_cursor = cursor_page(
        _with_messages(runtime, tenant_id, agent),
        key=lambda conversation: (conversation.updated_at.timestamp(), str(conversation.id)),
        limit=limit,
        cursor=cursor,
        bound_to=f"conversations-{tenant_id}",
        descending=True,
    )
    return ConversationListResponse(items=[_summary(item) for item in page], next_cursor=next_cursor)


def found(
    runtime: Runtime, tenant_id: UUID, query: str, agent: str | None, limit: int, cursor: str | None
) -> ConversationSearchResponse:
    """A page of the conversations that contain the text, the one with the most hits first."""
    hits = [(item, _hits(item, query)) for item in _with_messages(runtime, tenant_id, agent)]
    page, next_cursor = cursor_page(
        [hit for hit in hits if hit[1]],
        key=lambda hit: (len(hit[1]), str(hit[0].id)),
        limit=limit,
        cursor=cursor,
        bound_to=f"search-{tenant_id}-{query}",
        descending=True,
    )
    return ConversationSearchResponse(items=[_result(*hit) for hit in page], next_cursor=next_cursor)


def _with_messages(runtime: Runtime, tenant_id: UUID, agent: str | None) -> list[Conversation]:
    return [
        conversation
        for conversation in runtime.store.conversations.of(tenant_id)
        if conversation.messages and agent in (None, conversation.agent_entrypoint)
    ]


def _hits(conversation: Conversation, query: str) -> list[str]:
    texts = [conversation.display_name or "", *(message.content for message in conversation.messages)]
    return [text for text in texts if query.casefold() in text.casefold()]


def _summary(conversation: Conversation) -> ConversationSummary:
    return ConversationSummary(
        conversation_id=conversation.key,
        display_name=conversation.display_name,
        agent_entrypoint=conversation.agent_entrypoint,
        active_agent=conversation.active_agent,
        topic_hint=conversation.topic_hint,
        status=conversation.status,
        message_count=len(conversation.messages),
        last_message_preview=preview(conversation.messages[-1].content),
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
    )


def _result(conversation: Conversation, hits: list[str]) -> ConversationSearchResult:
    return ConversationSearchResult(
        conversation_id=conversation.key,
        display_name=conversation.display_name,
        agent_entrypoint=conversation.agent_entrypoint,
        active_agent=conversation.active_agent,
        topic_hint=conversation.topic_hint,
        status=conversation.status,
        preview=preview(hits[-1]),
        last_message_preview=preview(conversation.messages[-1].content),
        score=float(len(hits)),
        updated_at=conversation.updated_at,
    )
