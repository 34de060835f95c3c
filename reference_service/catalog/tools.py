"""The tools that agents use; which agent uses which is said in the catalog of agents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tool:
    """A tool and the category under which it is listed."""

    name: str
    category: str


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("web_search", "search"),
        Tool("file_search", "search"),
        Tool("code_interpreter", "code"),
        Tool("image_generation", "media"),
    )
}
