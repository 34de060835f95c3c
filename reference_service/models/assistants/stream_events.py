"""Every kind of event that a stream may carry."""

from typing import Annotated

from pydantic import Field, RootModel

from reference_service.models.assistants.stream_ends import ErrorEvent, FinalEvent
from reference_service.models.assistants.stream_items import (
    AgentUpdatedEvent,
    ChunkDeltaEvent,
    ChunkDoneEvent,
    LifecycleEvent,
    MemoryCheckpointEvent,
    MessageCitationEvent,
    MessageDeltaEvent,
    OutputItemAddedEvent,
    OutputItemDoneEvent,
    ReasoningSummaryDeltaEvent,
    ReasoningSummaryPartAddedEvent,
    ReasoningSummaryPartDoneEvent,
    RefusalDeltaEvent,
    RefusalDoneEvent,
)
from reference_service.models.assistants.stream_tools import (
    ToolApprovalEvent,
    ToolArgumentsDeltaEvent,
    ToolArgumentsDoneEvent,
    ToolCodeDeltaEvent,
    ToolCodeDoneEvent,
    ToolOutputEvent,
    ToolStatusEvent,
)

AnyEvent = (
    LifecycleEvent
    | MemoryCheckpointEvent
    | AgentUpdatedEvent
    | OutputItemAddedEvent
    | OutputItemDoneEvent
    | MessageDeltaEvent
    | MessageCitationEvent
    | ReasoningSummaryPartAddedEvent
    | ReasoningSummaryDeltaEvent
    | ReasoningSummaryPartDoneEvent
    | RefusalDeltaEvent
    | RefusalDoneEvent
    | ToolStatusEvent
    | ToolArgumentsDeltaEvent
    | ToolArgumentsDoneEvent
    | ToolCodeDeltaEvent
    | ToolCodeDoneEvent
    | ToolOutputEvent
    | ToolApprovalEvent
    | ChunkDeltaEvent
    | ChunkDoneEvent
    | ErrorEvent
    | FinalEvent
)


class PublicSseEvent(RootModel[Annotated[AnyEvent, Field(discriminator="kind")]]):
    """One event of a stream."""
