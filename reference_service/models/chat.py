"""What people say to agents and what they get back at once."""

from typing import Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.conversations import MessageAttachment
from reference_service.records.conversations import MemoryMode


class InputAttachment(RequestModel):
    """A stored object to send along."""

    object_id: UUID
    kind: Literal["image", "file"] | None = None


class LocationHint(RequestModel):
    """Roughly where the person is."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    timezone: str | None = None


class AgentRunOptions(RequestModel):
    """How far an agent may go."""

    max_turns: int | None = None
    previous_response_id: str | None = None
    handoff_input_filter: str | None = None
    handoff_context_policy: Literal["full", "fresh", "last_turn"] | None = None
    run_config: dict[str, Any] | None = None


class MemoryStrategyRequest(RequestModel):
    """How the agent remembers during this run; unknown options are ignored."""

    mode: MemoryMode = "none"


class VectorStoreOverride(RequestModel):
    """The vector store or stores that an agent searches instead of its own."""

    vector_store_id: str | None = None
    vector_store_ids: list[str] | None = None

    @model_validator(mode="after")
    def one_or_several(self) -> "VectorStoreOverride":
        """Refuse an override that names no store, or names them both ways."""
        if (self.vector_store_id is None) == (self.vector_store_ids is None):
            raise ValueError("give either vector_store_id or vector_store_ids")
        return self


class AgentInput(RequestModel):
    """What a chat and a workflow run are both given."""

    message: str
    attachments: list[InputAttachment] | None = None
    conversation_id: str | None = Field(None, min_length=1)
    share_location: bool | None = None
    location: LocationHint | None = None
    container_overrides: dict[str, UUID] | None = None
    vector_store_overrides: dict[str, VectorStoreOverride] | None = None


class AgentChatRequest(AgentInput):
    """A message to an agent."""

    agent_type: str | None = None
    context: dict[str, Any] | None = None
    run_options: AgentRunOptions | None = None
    memory_strategy: MemoryStrategyRequest | None = None
    memory_injection: bool | None = None


class AgentChatResponse(ResponseModel):
    """The agent's whole reply."""

    conversation_id: str
    message: str | None = None
    response: str
    agent_used: str
    handoff_occurred: bool
    attachments: list[MessageAttachment]
    structured_output: Any | None = None
    output_schema: dict[str, Any] | None = None
    metadata: dict[str, Any] | None
