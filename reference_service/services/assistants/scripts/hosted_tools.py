"""Tools that the provider runs: searches, code and images."""

import base64

from reference_service.models.assistants.stream_items import (
    ChunkDeltaEvent,
    ChunkDoneEvent,
    ChunkTarget,
    ContainerFileCitation,
    FileCitation,
    UrlCitation,
)
from reference_service.models.assistants.stream_tools import (
    CodeInterpreterTool,
    FileSearchResult,
    FileSearchTool,
    ImageGenerationTool,
    ToolCodeDeltaEvent,
    ToolCodeDoneEvent,
    WebSearchTool,
)
from reference_service.services.assistants.disclosure import Disclosure
from reference_service.services.assistants.scripts.draft import Draft

MOST_RESULTS, LONGEST_PASSAGE = 10, 2000
CHUNK_CHARACTERS = 128 * 1024
PICTURE = bytes(range(256)) * 600
SOURCE = "https://news.example.com/turtles"


def search_web(draft: Draft) -> None:
    """Search the web and cite what was found."""
    with draft.item("ws", "web_search_call") as item:
        item.tool(WebSearchTool, "in_progress")
        item.tool(WebSearchTool, "searching", query="sea turtles")
        item.tool(WebSearchTool, "completed", query="sea turtles", sources=[SOURCE])
    draft.cite(UrlCitation(start_index=0, end_index=len(draft.text), title="Turtles", url=SOURCE))


def search_files(draft: Draft) -> None:
    """Search the tenant's files, find more than is shown, and cite the first."""
    passages = [{"file_id": f"file_{number}", "text": "word " * 500} for number in range(MOST_RESULTS + 2)]
    disclosure = Disclosure()
    shown = disclosure.shown(
        disclosure.first(passages, "tool.results", MOST_RESULTS), "tool.results", LONGEST_PASSAGE
    )
    results = [FileSearchResult(**passage, filename="notes.txt", score=0.5) for passage in shown]
    with draft.item("fs", "file_search_call") as item:
        item.tool(FileSearchTool, "in_progress")
        item.tool(FileSearchTool, "searching", queries=["notes"])
        item.tool(FileSearchTool, "completed", disclosure.notices, queries=["notes"], results=results)
    draft.cite(FileCitation(file_id=results[0].file_id, filename="notes.txt", index=0))


def run_code(draft: Draft) -> None:
    """Write code, run it, and cite the file that it made."""
    lines = ("total = sum(range(10))\n", "print(total)\n")
    with draft.item("ci", "code_interpreter_call") as item:
        item.tool(CodeInterpreterTool, "in_progress", container_id="cntr_1")
        for line in lines:
            item.add(ToolCodeDeltaEvent, tool_call_id=item.id, delta=line)
        item.add(ToolCodeDoneEvent, tool_call_id=item.id, code="".join(lines))
        item.tool(CodeInterpreterTool, "interpreting", container_id="cntr_1")
        item.tool(CodeInterpreterTool, "completed", container_id="cntr_1")
    draft.cite(
        ContainerFileCitation(
            start_index=0, end_index=4, container_id="cntr_1", file_id="cfile_1", filename="total.txt"
        )
    )


def draw(draft: Draft) -> None:
    """Draw a picture; its bytes come in chunks."""
    data = base64.b64encode(PICTURE).decode()
    with draft.item("img", "image_generation_call") as item:
        item.tool(ImageGenerationTool, "in_progress")
        item.tool(ImageGenerationTool, "generating")
        item.tool(ImageGenerationTool, "partial_image", partial_image_index=0)
        target = ChunkTarget(
            entity_kind="tool_call", entity_id=item.id, field="partial_image_b64", part_index=0
        )
        for number, start in enumerate(range(0, len(data), CHUNK_CHARACTERS)):
            chunk = data[start : start + CHUNK_CHARACTERS]
            item.add(ChunkDeltaEvent, target=target, encoding="base64", chunk_index=number, data=chunk)
        item.add(ChunkDoneEvent, target=target)
        item.tool(ImageGenerationTool, "completed", format="png")
