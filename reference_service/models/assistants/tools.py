"""Tools as they are listed."""

from pydantic import Field

from reference_service.models.base import ResponseModel


class ToolCatalogResponse(ResponseModel):
    """All tools, their categories, and the tools of each agent."""

    total_tools: int = Field(ge=0)
    tool_names: list[str]
    categories: list[str]
    per_agent: dict[str, list[str]]
