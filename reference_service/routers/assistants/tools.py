"""The catalog of tools."""

from fastapi import APIRouter

from reference_service.catalog.agents import AGENTS
from reference_service.catalog.tools import TOOLS
from reference_service.models.assistants.tools import ToolCatalogResponse
from reference_service.routers.assistants.agents import ToolReader

router = APIRouter(prefix="/tools", tags=["tools"])


@router.get("")
async def list_tools(_caller: ToolReader) -> ToolCatalogResponse:
    """Every tool, and which agent uses it."""
    return ToolCatalogResponse(
        total_tools=len(TOOLS),
        tool_names=list(TOOLS),
        categories=sorted({tool.category for tool in TOOLS.values()}),
        per_agent={agent.name: sorted(agent.tools) for agent in AGENTS.values()},
    )
