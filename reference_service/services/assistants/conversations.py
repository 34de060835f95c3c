"""The rules of conversations that more than one operation needs."""

from typing import Annotated
from uuid import UUID, uuid4, uuid5

from fastapi import Depends
from starlette.requests import Request

from reference_service.errors import not_found
from reference_service.records.conversations import Attachment, Conversation, Message, MessageRole
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller, tenant_caller
from reference_service.services.activity.feed import record_deed

PREVIEW_LENGTH = 160

Reader = Annotated[Caller, Depends(tenant_caller("viewer", scope="conversations:read"))]
Writer = Annotated[Caller, Depends(tenant_caller("member", scope="conversations:write"))]


def find(runtime: Runtime, tenant_id: UUID, reference: str) -> Conversation | None:
    """The tenant's conversation with this identifier or key."""
    return runtime.store.conversations.find_of(tenant_id, lambda c: reference in (str(c.id), c.key))


def require(runtime: Runtime, tenant_id: UUID, reference: str) -> Conversation:
    """The tenant's conversation with this identifier or key; 404 if it has none."""
    return find(runtime, tenant_id, reference) or not_found("Conversation")


def find_or_create(
    runtime: Runtime, request: Request, caller: Caller, reference: str | None, agent: str
) -> Conversation:
    """The conversation to go on with: the referenced one, or a new one under that key.

    Raises 404 for an identifier of another tenant's conversation.
    """
    conversation = find(runtime, caller.tenant.id, reference) if reference else None
    if conversation is None:
        conversation = _create(runtime, caller, reference, agent)
        record_deed(
            runtime,
            request,
            caller,
            "conversation.created",
            object_type="conversation",
            object_id=conversation.key,
        )
    return conversation


def _create(runtime: Runtime, caller: Caller, reference: str | None, agent: str) -> Conversation:
    identifier = identifier_of(caller.tenant.id, reference) if reference else uuid4()
    if runtime.store.conversations.get(identifier) is not None:
        not_found("Conversation")
    now = runtime.clock.now()
    return runtime.store.conversations.insert(
        Conversation(
            tenant_id=caller.tenant.id,
            key=reference or str(identifier),
            agent_entrypoint=agent,
            created_at=now,
            updated_at=now,
            user_id=caller.user.id,
            id=identifier,
        )
    )


def identifier_of(tenant_id: UUID, key: str) -> UUID:
    """The identifier of a tenant's conversation with this key: the key itself if it is a UUID."""
    try:
        return UUID(key)
    except ValueError:
        return uuid5(tenant_id, key)


def add_message(
    runtime: Runtime,
    conversation: Conversation,
    role: MessageRole,
    text: str,
    attachments: list[Attachment] | None = None,
) -> Message:
    """Append a message to the conversation."""
    now = runtime.clock.now()
    message = Message(runtime.store.next_message_number(), role, text, now, attachments or [])
    conversation.messages.append(message)
    conversation.updated_at = now
    return message


def preview(text: str) -> str:
    """The beginning of a text, on one line."""
    return " ".join(text.split())[:PREVIEW_LENGTH]
