"""The events of a streamed run, protocol `public_sse_v1`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel

from reference_service.models.base import ResponseModel
from reference_service.models.conversations import MessageAttachment


class _Part(ResponseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class WorkflowContext(_Part):
    """Where in a workflow an event belongs."""

    workflow_key: str | None
    workflow_run_id: str | None
    stage_name: str | None = None
    step_name: str | None = None
    step_agent: str | None = None
    parallel_group: str | None = None
    branch_index: int | None = None


class StreamScope(_Part):
    """The tool call inside which a nested agent speaks."""

    type: Literal["agent_tool"]
    tool_call_id: str
    tool_name: str | None
    agent: str | None


class StreamNotice(_Part):
    """What was left out of an event, and where."""

    type: Literal["redacted", "truncated"]
    path: str
    message: str


class StreamEvent(_Part):
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


class PublicUsage(_Part):
    """What a run consumed."""

    input_tokens: int | None
    output_tokens: int | None
    total_tokens: int | None
    cached_input_tokens: int | None = None
    reasoning_output_tokens: int | None = None
    requests: int | None


class FinalPayload(_Part):
    """How a run ended."""

    status: Literal["completed", "failed", "incomplete", "refused", "cancelled"]
    response_text: str | None
    structured_output: Any | None = None
    reasoning_summary_text: str | None = None
    refusal_text: str | None = None
    attachments: list[MessageAttachment] = Field(default_factory=list)
    usage: PublicUsage | None


class FinalEvent(StreamEvent):
    """The last event of a run that ended."""

    kind: Literal["final"] = "final"
    final: FinalPayload


class ErrorPayload(_Part):
    """Why a run could not go on."""

    code: str | None
    message: str
    source: Literal["provider", "server"]
    is_retryable: bool


class ErrorEvent(StreamEvent):
    """The last event of a run that broke."""

    kind: Literal["error"] = "error"
    error: ErrorPayload


class PublicSseEvent(RootModel[Annotated[FinalEvent | ErrorEvent, Field(discriminator="kind")]]):
    """One event of a stream."""
