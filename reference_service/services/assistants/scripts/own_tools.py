"""Tools that the service runs or connects to: functions, other agents, connected servers."""

import json
from typing import Any

from reference_service.catalog.agents import AGENTS
from reference_service.models.assistants.stream_tools import (
    AgentTool,
    CallerSide,
    FunctionTool,
    McpTool,
    ToolApprovalEvent,
    ToolArgumentsDeltaEvent,
    ToolArgumentsDoneEvent,
    ToolOutputEvent,
)
from reference_service.models.assistants.streams import StreamScope
from reference_service.services.assistants.disclosure import Disclosure
from reference_service.services.assistants.scripts.draft import Draft, Item, pieces

LONGEST_ARGUMENT, LONGEST_OUTPUT = 4000, 8000


def look_up(draft: Draft) -> None:
    """Call a function with a secret among its arguments; its output is too long to be shown whole."""
    with draft.item("call", "function_call") as item:
        item.tool(FunctionTool, "in_progress", name="look_up")
        _arguments(item, "function", "look_up", {"city": "Oslo", "api_key": "sk-not-for-you"})
        _output(item, "function", {"report": "Rain. " * 2000})
        item.tool(FunctionTool, "completed", name="look_up")


def use_connected_server(draft: Draft) -> None:
    """Call a tool of a connected server, once that is approved."""
    with draft.item("mcp", "mcp_call") as item:
        call = {"tool_name": "list_issues", "server_label": "tracker"}
        item.tool(McpTool, "awaiting_approval", **call)
        item.add(ToolApprovalEvent, tool_call_id=item.id, approved=True, approval_request_id="appr_1", **call)
        _arguments(item, "mcp", "list_issues", {"state": "open"})
        item.tool(McpTool, "in_progress", **call)
        _output(item, "mcp", {"issues": []})
        item.tool(McpTool, "completed", **call)


def ask_researcher(draft: Draft) -> None:
    """Ask another agent, whose own events are scoped to the question."""
    researcher = AGENTS["researcher"]
    with draft.item("call", "function_call") as item:
        call = {"name": "ask_researcher", "agent": researcher.name}
        item.tool(AgentTool, "in_progress", **call)
        _arguments(item, "agent", "ask_researcher", {"question": "How many?"})
        answer = Draft(researcher)
        with answer.message("About five."):
            pass
        scope = StreamScope(
            type="agent_tool", tool_call_id=item.id, tool_name="ask_researcher", agent=researcher.name
        )
        draft.quote(answer, scope=scope)
        _output(item, "agent", "About five.")
        item.tool(AgentTool, "completed", **call)


def _arguments(item: Item, side: CallerSide, name: str, arguments: dict[str, Any]) -> None:
    disclosure = Disclosure()
    shown = disclosure.shown(arguments, "arguments_json", LONGEST_ARGUMENT)
    text = json.dumps(shown)
    call = {"tool_call_id": item.id, "tool_type": side, "tool_name": name}
    for piece in pieces(text):
        item.add(ToolArgumentsDeltaEvent, **call, delta=piece)
    notices = disclosure.notices or None
    item.add(ToolArgumentsDoneEvent, **call, arguments_text=text, arguments_json=shown, notices=notices)


def _output(item: Item, side: CallerSide, output: Any) -> None:
    disclosure = Disclosure()
    shown = disclosure.shown(output, "output", LONGEST_OUTPUT)
    notices = disclosure.notices or None
    item.add(ToolOutputEvent, tool_call_id=item.id, tool_type=side, output=shown, notices=notices)
