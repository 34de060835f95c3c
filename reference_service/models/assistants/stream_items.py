"""Events about a run as a whole, and about the items of its output."""

from typing import Annotated, Literal

from pydantic import Field

from reference_service.models.assistants.streams import StreamEvent, StreamPart


class LifecycleEvent(StreamEvent):
    """How far the run is."""

    kind: Literal["lifecycle"] = "lifecycle"
    status: Literal["queued", "in_progress", "completed", "failed", "incomplete", "cancelled"]
    reason: str | None = None


class MemoryCheckpointPayload(StreamPart):
    """What was done to the memory of a conversation; sizes in tokens, items and turns."""

    strategy: Literal["compact", "summarize", "trim"]
    trigger_reason: str | None = None
    tokens_before: int | None = None
    tokens_after: int | None = None
    compacted_count: int | None = None
    compacted_inputs: int | None = None
    compacted_outputs: int | None = None
    keep_turns: int | None = None
    trigger_turns: int | None = None
    clear_tool_inputs: bool | None = None
    excluded_tools: list[str] | None = None
    included_tools: list[str] | None = None
    total_items_before: int | None = None
    total_items_after: int | None = None
    turns_before: int | None = None
    turns_after: int | None = None


class MemoryCheckpointEvent(StreamEvent):
    """The agent remembers less from here on."""

    kind: Literal["memory.checkpoint"] = "memory.checkpoint"
    checkpoint: MemoryCheckpointPayload


class AgentUpdatedEvent(StreamEvent):
    """Another agent takes over."""

    kind: Literal["agent.updated"] = "agent.updated"
    from_agent: str | None
    to_agent: str
    handoff_index: int | None = None


class ItemEvent(StreamEvent):
    """An event about one item: which one, and where in the output it stands."""

    output_index: int = Field(ge=0)
    item_id: str = Field(min_length=1)


class OutputItemAddedEvent(ItemEvent):
    """An item begins."""

    kind: Literal["output_item.added"] = "output_item.added"
    item_type: str
    role: str | None = None
    status: str | None = None


class OutputItemDoneEvent(ItemEvent):
    """An item is complete."""

    kind: Literal["output_item.done"] = "output_item.done"
    item_type: str
    role: str | None = None
    status: str | None = None


class MessageDeltaEvent(ItemEvent):
    """A piece of a message."""

    kind: Literal["message.delta"] = "message.delta"
    content_index: int
    delta: str


class UrlCitation(StreamPart):
    """A page that a message quotes; indices in characters."""

    type: Literal["url_citation"] = "url_citation"
    start_index: int
    end_index: int
    title: str | None = None
    url: str


class ContainerFileCitation(StreamPart):
    """A file of a container that a message quotes; indices in characters."""

    type: Literal["container_file_citation"] = "container_file_citation"
    start_index: int
    end_index: int
    container_id: str
    file_id: str
    filename: str | None = None
    url: str | None = None


class FileCitation(StreamPart):
    """A stored file that a message quotes; indices in characters."""

    type: Literal["file_citation"] = "file_citation"
    start_index: int | None = None
    end_index: int | None = None
    index: int | None = None
    file_id: str
    filename: str | None = None


Citation = Annotated[UrlCitation | ContainerFileCitation | FileCitation, Field(discriminator="type")]


class MessageCitationEvent(ItemEvent):
    """A source that a message names."""

    kind: Literal["message.citation"] = "message.citation"
    content_index: int
    citation: Citation


class ReasoningSummaryPartAddedEvent(ItemEvent):
    """A part of the summary of what the agent thought begins."""

    kind: Literal["reasoning_summary.part.added"] = "reasoning_summary.part.added"
    summary_index: int
    part_type: Literal["summary_text"] = "summary_text"
    text: str | None = None


class ReasoningSummaryDeltaEvent(ItemEvent):
    """A piece of a part of the summary."""

    kind: Literal["reasoning_summary.delta"] = "reasoning_summary.delta"
    summary_index: int | None
    delta: str


class ReasoningSummaryPartDoneEvent(ItemEvent):
    """A part of the summary is complete."""

    kind: Literal["reasoning_summary.part.done"] = "reasoning_summary.part.done"
    summary_index: int
    part_type: Literal["summary_text"] = "summary_text"
    text: str


class RefusalDeltaEvent(ItemEvent):
    """A piece of a refusal."""

    kind: Literal["refusal.delta"] = "refusal.delta"
    content_index: int
    delta: str


class RefusalDoneEvent(ItemEvent):
    """A refusal is complete."""

    kind: Literal["refusal.done"] = "refusal.done"
    content_index: int
    refusal_text: str


class ChunkTarget(StreamPart):
    """The field whose large content comes in chunks."""

    entity_kind: Literal["tool_call", "message"]
    entity_id: str
    field: str
    part_index: int | None = None


class ChunkDeltaEvent(ItemEvent):
    """A chunk of a large field."""

    kind: Literal["chunk.delta"] = "chunk.delta"
    target: ChunkTarget
    encoding: Literal["base64", "utf8"] = "utf8"
    chunk_index: int = Field(ge=0)
    data: str


class ChunkDoneEvent(ItemEvent):
    """A large field is complete."""

    kind: Literal["chunk.done"] = "chunk.done"
    target: ChunkTarget
