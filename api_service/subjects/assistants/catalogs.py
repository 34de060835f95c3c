"""Lists that people browse: where each is read, how it is searched, and what names its entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange

PRESETS = "/api/v1/guardrails/presets"
CONVERSATIONS = "/api/v1/conversations"
FLAGGED = frozenset({"web_search", "file_search", "code_interpreter", "image_generation"})


@dataclass(frozen=True)
class Catalog:
    """A list; `name` is the field that names an entry, `detail` the path of one, `parameter` that path's.

    `search` is the path of a search where it is not the list's own, `term` its query parameter.
    """

    path: str
    name: str
    detail: str = ""
    parameter: str = ""
    search: str = ""
    term: str = "search"


CATALOGS: Mapping[str, Catalog] = {
    "agents": Catalog("/api/v1/agents", "name", "/api/v1/agents/{agent_name}/status", "agent_name"),
    "workflows": Catalog("/api/v1/workflows", "key", "/api/v1/workflows/{workflow_key}", "workflow_key"),
    "guardrails": Catalog("/api/v1/guardrails", "key", "/api/v1/guardrails/{guardrail_key}", "guardrail_key"),
    "guardrail presets": Catalog(PRESETS, "key", f"{PRESETS}/{{preset_key}}", "preset_key"),
    "workflow runs": Catalog("/api/v1/workflows/runs", "workflow_run_id"),
    "conversations": Catalog(CONVERSATIONS, "conversation_id", search=f"{CONVERSATIONS}/search", term="q"),
}


@dataclass(frozen=True)
class CatalogEntry:
    """An entry as its catalog lists it; `id` is the field that names it."""

    id: str
    fields: Mapping[str, Any]


def search(kind: str, word: str) -> tuple[str, dict[str, str]]:
    """Return path and query of a search of a catalog for a word."""
    catalog = CATALOGS[kind]
    return catalog.search or catalog.path, {catalog.term: word}


def entries(exchange: Exchange) -> list[dict[str, Any]]:
    """Return the entries of a list: the body, or its `items`."""
    body = exchange.body
    found: list[dict[str, Any]] = body.get("items", []) if isinstance(body, dict) else body or []
    return found


def names(exchange: Exchange, catalog: Catalog) -> list[str]:
    """Return the name, key or id of each entry of a list, in its order."""
    return [str(entry[catalog.name]) for entry in entries(exchange)]


def tools_by_flag(agents: Exchange) -> set[tuple[str, str]]:
    """Return (agent, tool) for each tool of which the catalog of agents says that an agent supports it."""
    return {
        (entry["name"], flag.removeprefix("supports_"))
        for entry in entries(agents)
        for flag, is_supported in entry["tooling"].items()
        if is_supported
    }


def tools_by_list(tools: Exchange) -> set[tuple[str, str]]:
    """Return (agent, tool) for each tool with a flag that the catalog of tools gives an agent."""
    per_agent = tools.body["per_agent"].items()
    return {(agent, tool) for agent, given in per_agent for tool in given if tool in FLAGGED}
