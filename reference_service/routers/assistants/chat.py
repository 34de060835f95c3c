"""Talking to an agent, all at once or as a stream."""

from collections.abc import AsyncGenerator

from fastapi import APIRouter, Request

from reference_service.catalog import agents
from reference_service.errors import ApiError
from reference_service.events import EventStream
from reference_service.models.assistants.chat import AgentChatRequest, AgentChatResponse
from reference_service.models.assistants.stream_events import PublicSseEvent
from reference_service.records.conversations import Conversation
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller
from reference_service.services.activity.usage import meter_reply
from reference_service.services.assistants import assistant, conversations, overrides
from reference_service.services.assistants.assistant import Reply
from reference_service.services.assistants.conversations import Writer
from reference_service.services.assistants.streams import StreamWriter

router = APIRouter(prefix="/chat", tags=["chat"])


@router.post("")
async def chat(
    runtime: RuntimeDep, request: Request, caller: Writer, body: AgentChatRequest
) -> AgentChatResponse:
    """Say something and get the whole reply."""
    runtime.limits.hit("chat", caller.tenant.id, caller.user.id)
    conversation, reply = _turn(runtime, request, caller, body)
    if reply.draft.failure is not None:
        raise ApiError(502, reply.draft.failure.message)
    return AgentChatResponse(
        conversation_id=conversation.key,
        response=reply.text,
        agent_used=reply.agent.name,
        handoff_occurred=reply.agent is not agents.resolve(body.agent_type),
        attachments=[],
        metadata={"model_used": reply.agent.model},
    )


@router.post(
    "/stream", response_class=EventStream, responses={200: {"model": PublicSseEvent}}, response_model=None
)
async def chat_stream(
    runtime: RuntimeDep, request: Request, caller: Writer, body: AgentChatRequest
) -> EventStream:
    """Say something and follow the reply; what goes wrong later arrives as the last event."""
    runtime.limits.hit("chat_stream", caller.tenant.id, caller.user.id)
    release = runtime.limits.hold_slot("chat_stream_concurrency", caller.tenant.id, caller.user.id)
    return EventStream(_frames(runtime, request, caller, body), release)


async def _frames(
    runtime: Runtime, request: Request, caller: Caller, body: AgentChatRequest
) -> AsyncGenerator[str]:
    writer = StreamWriter(runtime, "chat")
    try:
        conversation, reply = _turn(runtime, request, caller, body)
    except ApiError as refusal:
        yield writer.failure(refusal.message)
        return
    writer.belong_to(conversation)
    async for frame in writer.perform(reply):
        yield frame
    yield writer.last_word(reply)


def _turn(
    runtime: Runtime, request: Request, caller: Caller, body: AgentChatRequest
) -> tuple[Conversation, Reply]:
    attachments = assistant.resolve_attachments(runtime, caller.tenant.id, body.attachments)
    agent = agents.resolve(body.agent_type)
    overrides.require_usable(runtime, caller.tenant.id, body, [agent.name])
    conversation = conversations.find_or_create(runtime, request, caller, body.conversation_id, agent.name)
    assistant.hear(runtime, conversation, body.message, attachments)
    reply = assistant.answer(agent, body.message)
    assistant.say(runtime, conversation, reply)
    if reply.draft.failure is None:
        meter_reply(runtime, caller.tenant, reply)
    return conversation, reply
