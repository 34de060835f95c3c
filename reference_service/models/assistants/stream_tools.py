"""Events about the calls of tools."""

from typing import Annotated, Any, Literal

from pydantic import Field

from reference_service.models.assistants.stream_items import ItemEvent
from reference_service.models.assistants.streams import StreamPart

CallerSide = Literal["function", "mcp", "agent"]


class WebSearchTool(StreamPart):
    """A search of the web."""

    tool_type: Literal["web_search"] = "web_search"
    tool_call_id: str
    status: Literal["in_progress", "searching", "completed"]
    query: str | None = None
    sources: list[str] | None = None


class FileSearchResult(StreamPart):
    """A passage of a file that was found."""

    file_id: str
    filename: str | None = None
    score: float | None = None
    vector_store_id: str | None = None
    attributes: dict[str, Any] | None = None
    text: str | None = None


class FileSearchTool(StreamPart):
    """A search of the tenant's files."""

    tool_type: Literal["file_search"] = "file_search"
    tool_call_id: str
    status: Literal["in_progress", "searching", "completed"]
    queries: list[str] | None = None
    results: list[FileSearchResult] | None = None


class CodeInterpreterTool(StreamPart):
    """A run of code."""

    tool_type: Literal["code_interpreter"] = "code_interpreter"
    tool_call_id: str
    status: Literal["in_progress", "interpreting", "completed"]
    container_id: str | None = None
    container_mode: Literal["auto", "explicit"] | None = None


class ImageGenerationTool(StreamPart):
    """The drawing of an image."""

    tool_type: Literal["image_generation"] = "image_generation"
    tool_call_id: str
    status: Literal["in_progress", "generating", "partial_image", "completed"]
    revised_prompt: str | None = None
    format: str | None = None
    size: str | None = None
    quality: str | None = None
    background: str | None = None
    partial_image_index: int | None = None


class FunctionTool(StreamPart):
    """A call of a function of the service."""

    tool_type: Literal["function"] = "function"
    tool_call_id: str
    status: Literal["in_progress", "completed", "failed"]
    name: str
    arguments_text: str | None = None
    arguments_json: dict[str, Any] | None = None
    output: Any | None = None


class McpTool(StreamPart):
    """A call of a tool on a connected server."""

    tool_type: Literal["mcp"] = "mcp"
    tool_call_id: str
    status: Literal["awaiting_approval", "in_progress", "completed", "failed"]
    tool_name: str
    server_label: str | None = None
    arguments_text: str | None = None
    arguments_json: dict[str, Any] | None = None
    output: Any | None = None


class AgentTool(StreamPart):
    """A question to another agent."""

    tool_type: Literal["agent"] = "agent"
    tool_call_id: str
    status: Literal["in_progress", "completed", "failed"]
    name: str
    agent: str | None = None


Tool = Annotated[
    WebSearchTool
    | FileSearchTool
    | CodeInterpreterTool
    | ImageGenerationTool
    | FunctionTool
    | McpTool
    | AgentTool,
    Field(discriminator="tool_type"),
]


class ToolStatusEvent(ItemEvent):
    """How far a call is."""

    kind: Literal["tool.status"] = "tool.status"
    tool: Tool


class ToolArgumentsDeltaEvent(ItemEvent):
    """A piece of a call's arguments."""

    kind: Literal["tool.arguments.delta"] = "tool.arguments.delta"
    tool_call_id: str
    tool_type: CallerSide
    tool_name: str
    delta: str


class ToolArgumentsDoneEvent(ItemEvent):
    """A call's arguments are complete."""

    kind: Literal["tool.arguments.done"] = "tool.arguments.done"
    tool_call_id: str
    tool_type: CallerSide
    tool_name: str
    arguments_text: str
    arguments_json: dict[str, Any] | None = None


class ToolCodeDeltaEvent(ItemEvent):
    """A piece of the code to run."""

    kind: Literal["tool.code.delta"] = "tool.code.delta"
    tool_call_id: str
    delta: str


class ToolCodeDoneEvent(ItemEvent):
    """The code to run is complete."""

    kind: Literal["tool.code.done"] = "tool.code.done"
    tool_call_id: str
    code: str


class ToolOutputEvent(ItemEvent):
    """What a call gave back."""

    kind: Literal["tool.output"] = "tool.output"
    tool_call_id: str
    tool_type: Literal[
        "web_search", "file_search", "code_interpreter", "image_generation", "function", "mcp", "agent"
    ]
    output: Any


class ToolApprovalEvent(ItemEvent):
    """Whether a call on a connected server may go on."""

    kind: Literal["tool.approval"] = "tool.approval"
    tool_call_id: str
    tool_type: Literal["mcp"] = "mcp"
    tool_name: str
    server_label: str | None = None
    approval_request_id: str | None = None
    approved: bool
    reason: str | None = None
