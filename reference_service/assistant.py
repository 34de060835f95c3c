"""The deterministic assistant: what an agent answers, and what a run leaves behind in its conversation."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from reference_service.catalog.agents import Agent
from reference_service.conversations import add_message
from reference_service.errors import ApiError
from reference_service.models.chat import InputAttachment
from reference_service.models.streams import PublicUsage
from reference_service.records.conversations import Attachment, Conversation, MessageRole, RunItem
from reference_service.runtime import Runtime


@dataclass(frozen=True)
class Reply:
    """What an agent answered to one message."""

    agent: Agent
    response_id: str
    text: str
    usage: PublicUsage


def answer(agent: Agent, message: str) -> Reply:
    """The agent's reply; the same message always gets the same text. A token is a word."""
    text = f"Stub response: {message}" if message else "Stub response."
    read, written = len(message.split()), len(text.split())
    usage = PublicUsage(input_tokens=read, output_tokens=written, total_tokens=read + written, requests=1)
    return Reply(agent, f"resp_{uuid4().hex}", text, usage)


def resolve_attachments(
    runtime: Runtime, tenant_id: UUID, attachments: list[InputAttachment] | None
) -> list[Attachment]:
    """The stored objects that go with a message; 404 for one that the tenant does not have."""
    resolved = []
    for given in attachments or []:
        stored = runtime.store.storage_objects.owned(tenant_id, given.object_id)
        if stored is None:
            raise ApiError(404, "Attachment not found")
        resolved.append(Attachment(stored.id, stored.filename, stored.mime_type, stored.size_bytes))
    return resolved


def hear(
    runtime: Runtime,
    conversation: Conversation,
    text: str,
    attachments: list[Attachment],
    workflow_run_id: UUID | None = None,
) -> None:
    """Keep what the person said."""
    add_message(runtime, conversation, "user", text, attachments)
    _note(runtime, conversation, "user", text, workflow_run_id).attachments = attachments


def say(
    runtime: Runtime, conversation: Conversation, reply: Reply, workflow_run_id: UUID | None = None
) -> None:
    """Keep what the agent answered."""
    add_message(runtime, conversation, "assistant", reply.text)
    item = _note(runtime, conversation, "assistant", reply.text, workflow_run_id)
    item.agent, item.model, item.response_id = reply.agent.name, reply.agent.model, reply.response_id
    conversation.active_agent = reply.agent.name


def _note(
    runtime: Runtime, conversation: Conversation, role: MessageRole, text: str, run_id: UUID | None
) -> RunItem:
    item = RunItem(
        sequence_no=len(conversation.run_items) + 1,
        run_item_type="message",
        timestamp=runtime.clock.now(),
        role=role,
        content_text=text,
        workflow_run_id=run_id,
    )
    conversation.run_items.append(item)
    return item
