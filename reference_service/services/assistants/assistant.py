"""The deterministic assistant: what an agent answers, and what a run leaves behind in its conversation."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from reference_service.catalog.agents import Agent
from reference_service.errors import ApiError
from reference_service.models.assistants.chat import InputAttachment
from reference_service.models.assistants.stream_ends import PublicUsage
from reference_service.records.conversations import Attachment, Conversation, MessageRole, RunItem
from reference_service.runtime import Runtime
from reference_service.services.assistants.conversations import add_message
from reference_service.services.assistants.scripts import draft_of
from reference_service.services.assistants.scripts.draft import Draft


@dataclass(frozen=True)
class Reply:
    """What an agent answered to one message; the draft holds what it did for that."""

    draft: Draft
    response_id: str
    usage: PublicUsage

    @property
    def agent(self) -> Agent:
        """Who answered: the agent who was asked, or the one who took over."""
        return self.draft.agent

    @property
    def text(self) -> str:
        """The answer, or why there is none."""
        return self.draft.refusal or self.draft.text


def answer(agent: Agent, message: str) -> Reply:
    """The agent's reply; the same message always gets the same text. A token is a word."""
    draft = draft_of(agent, message)
    read, written = len(message.split()), len(draft.text.split())
    usage = PublicUsage(input_tokens=read, output_tokens=written, total_tokens=read + written, requests=1)
    return Reply(draft, f"resp_{uuid4().hex}", usage)


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
    """Keep what the agent answered; a run that failed has no answer."""
    if reply.draft.failure is not None:
        return
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
