"""How a streamed run ends: with a final event, or with an error."""

from typing import Any, Literal

from pydantic import Field

from reference_service.models.assistants.conversations import MessageAttachment
from reference_service.models.assistants.streams import StreamEvent, StreamPart

FinalStatus = Literal["completed", "failed", "incomplete", "refused", "cancelled"]


class PublicUsage(StreamPart):
    """What a run consumed."""

    input_tokens: int | None
    output_tokens: int | None
    total_tokens: int | None
    cached_input_tokens: int | None = None
    reasoning_output_tokens: int | None = None
    requests: int | None


class FinalPayload(StreamPart):
    """How a run ended."""

    status: FinalStatus
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


class ErrorPayload(StreamPart):
    """Why a run could not go on."""

    code: str | None
    message: str
    source: Literal["provider", "server"]
    is_retryable: bool


class ErrorEvent(StreamEvent):
    """The last event of a run that broke."""

    kind: Literal["error"] = "error"
    error: ErrorPayload
