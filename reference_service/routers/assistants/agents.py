"""The catalog of agents."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from reference_service.catalog.agents import AGENTS, Agent
from reference_service.errors import ApiError
from reference_service.models.assistants.agents import (
    AgentListResponse,
    AgentStatus,
    AgentSummary,
    AgentToolingFlags,
)
from reference_service.paging import cursor_page
from reference_service.records.conversations import Conversation
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, scoped

router = APIRouter(prefix="/agents", tags=["agents"])

ToolReader = Annotated[Caller, Depends(scoped("tools:read"))]


@router.get("")
async def list_agents(
    runtime: RuntimeDep,
    caller: ToolReader,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: str | None = None,
    search: Annotated[str | None, Query(min_length=1, max_length=256)] = None,
) -> AgentListResponse:
    """The agents whose name, title or description contains the text."""
    matching = [agent for agent in AGENTS.values() if _contains(agent, search or "")]
    page, next_cursor = cursor_page(
        matching,
        key=lambda agent: (agent.display_name, agent.name),
        limit=limit,
        cursor=cursor,
        bound_to=f"agents-{search}",
    )
    items = [_summary(runtime, caller.tenant.id, agent) for agent in page]
    return AgentListResponse(items=items, next_cursor=next_cursor, total=len(matching))


@router.get("/{agent_name}/status")
async def agent_status(runtime: RuntimeDep, caller: ToolReader, agent_name: str) -> AgentStatus:
    """How an agent is and how the caller's tenant has used it."""
    agent = AGENTS.get(agent_name)
    if agent is None:
        raise ApiError(404, f"Agent '{agent_name}' not found")
    held = _conversations(runtime, caller.tenant.id, agent)
    return AgentStatus(
        name=agent.name,
        status="active",
        output_schema=None,
        last_used=_last_used(held),
        total_conversations=len(held),
        tooling=_tooling(agent),
    )


def _contains(agent: Agent, text: str) -> bool:
    return text.casefold() in f"{agent.name} {agent.display_name} {agent.description}".casefold()


def _conversations(runtime: Runtime, tenant_id: UUID, agent: Agent) -> list[Conversation]:
    return [c for c in runtime.store.conversations.of(tenant_id) if c.active_agent == agent.name]


def _last_used(conversations: list[Conversation]) -> datetime | None:
    return max((conversation.updated_at for conversation in conversations), default=None)


def _tooling(agent: Agent) -> AgentToolingFlags:
    return AgentToolingFlags(
        supports_code_interpreter="code_interpreter" in agent.tools,
        supports_file_search="file_search" in agent.tools,
        supports_image_generation="image_generation" in agent.tools,
        supports_web_search="web_search" in agent.tools,
    )


def _summary(runtime: Runtime, tenant_id: UUID, agent: Agent) -> AgentSummary:
    return AgentSummary(
        name=agent.name,
        status="active",
        output_schema=None,
        display_name=agent.display_name,
        description=agent.description,
        model=agent.model,
        tooling=_tooling(agent),
        last_seen_at=_last_used(_conversations(runtime, tenant_id, agent)),
    )
