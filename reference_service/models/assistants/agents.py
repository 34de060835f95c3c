"""Agents as they are listed and asked after."""

from datetime import datetime
from typing import Any, Literal

from reference_service.models.base import ResponseModel

AgentState = Literal["active", "inactive", "error"]


class AgentToolingFlags(ResponseModel):
    """The hosted tools that an agent may use."""

    supports_code_interpreter: bool
    supports_file_search: bool
    supports_image_generation: bool
    supports_web_search: bool


class AgentSummary(ResponseModel):
    """An agent in the catalog; `last_seen_at` is when the tenant last used it."""

    name: str
    status: AgentState
    output_schema: dict[str, Any] | None
    display_name: str
    description: str
    model: str
    tooling: AgentToolingFlags
    last_seen_at: datetime | None


class AgentListResponse(ResponseModel):
    """A page of the catalog, by display name; `total` counts all that match."""

    items: list[AgentSummary]
    next_cursor: str | None
    total: int


class AgentStatus(ResponseModel):
    """How an agent is and how the tenant has used it."""

    name: str
    status: AgentState
    output_schema: dict[str, Any] | None
    last_used: datetime | None
    total_conversations: int
    tooling: AgentToolingFlags
