"""What every event of a streamed run carries, protocol `public_sse_v1`."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from reference_service.models.base import ResponseModel


class StreamPart(ResponseModel):
    """A part of an event; it has no other fields than its own."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class WorkflowContext(StreamPart):
    """Where in a workflow an event belongs."""

    workflow_key: str | None
    workflow_run_id: str | None
    stage_name: str | None = None
    step_name: str | None = None
    step_agent: str | None = None
    parallel_group: str | None = None
    branch_index: int | None = None


class StreamScope(StreamPart):
    """The tool call inside which a nested agent speaks."""

    type: Literal["agent_tool"]
    tool_call_id: str
    tool_name: str | None
    agent: str | None


class StreamNotice(StreamPart):
    """What was left out of an event, and where."""

    type: Literal["redacted", "truncated"]
    path: str
    message: str


class StreamEvent(StreamPart):
    """What every event carries; identifiers grow by one within a stream."""

    schema_: Literal["public_sse_v1"] = Field("public_sse_v1", alias="schema")
    event_id: int = Field(ge=1)
    stream_id: str
    server_timestamp: datetime
    conversation_id: str
    response_id: str | None = None
    agent: str | None = None
    workflow: WorkflowContext | None = None
    scope: StreamScope | None = None
    provider_sequence_number: int | None = None
    notices: list[StreamNotice] | None = None
