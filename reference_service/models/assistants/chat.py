"""What people say to agents and what they get back at once."""

from typing import Any, Literal
from uuid import UUID

from pydantic import model_validator

from reference_service.models.assistants.conversations import MessageAttachment
from reference_service.models.base import RequestModel, ResponseModel
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
    """How the agent remembers during this run; budgets in tokens, percentages from 0 to 100."""

    mode: MemoryMode = "none"
    max_user_turns: int | None = None
    keep_last_user_turns: int | None = None
    token_budget: int | None = None
    token_soft_budget: int | None = None
    token_remaining_pct: float | None = None
    token_soft_remaining_pct: float | None = None
    context_window_tokens: int | None = None
    compact_trigger_turns: int | None = None
    compact_keep: int | None = None
    compact_clear_tool_inputs: bool | None = None
    compact_exclude_tools: list[str] | None = None
    compact_include_tools: list[str] | None = None
    summarizer_model: str | None = None
    summary_max_tokens: int | None = None
    summary_max_chars: int | None = None


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
    conversation_id: str | None = None
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
