"""Streams that keep every rule, made by hypothesis: each kind of item, in any order."""

import base64
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Event = dict[str, Any]
Block = Callable[[Any, int], list[Event]]

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
pieces = st.lists(texts, min_size=2, max_size=4)


def _added(index: int, item: str, item_type: str, **more: Any) -> Event:
    place = {"output_index": index, "item_id": item}
    return {
        "kind": "output_item.added",
        **place,
        "item_type": item_type,
        "role": None,
        "status": None,
        **more,
    }


def _item(index: int, item: str, item_type: str, inner: list[Event], **more: Any) -> list[Event]:
    place = {"output_index": index, "item_id": item}
    added = _added(index, item, item_type, **more)
    return [added, *({**place, **event} for event in inner), {**added, "kind": "output_item.done"}]


def message(draw: Any, index: int) -> list[Event]:
    """A message in pieces, with a citation."""
    citation = {
        "type": "url_citation",
        "start_index": 0,
        "end_index": 1,
        "title": None,
        "url": "https://a.example",
    }
    inner = [{"kind": "message.delta", "content_index": 0, "delta": piece} for piece in draw(pieces)]
    inner.append({"kind": "message.citation", "content_index": 0, "citation": citation})
    return _item(index, f"msg_{index}", "message", inner, role="assistant")


def reasoning(draw: Any, index: int) -> list[Event]:
    """A reasoning summary of one part."""
    part = {"summary_index": 0}
    said = draw(pieces)
    inner = [
        {"kind": "reasoning_summary.part.added", **part, "part_type": "summary_text", "text": None},
        *({"kind": "reasoning_summary.delta", **part, "delta": piece} for piece in said),
        {"kind": "reasoning_summary.part.done", **part, "part_type": "summary_text", "text": "".join(said)},
    ]
    return _item(index, f"rs_{index}", "reasoning_summary", inner)


def refusal(draw: Any, index: int) -> list[Event]:
    """A refusal in pieces."""
    said = draw(pieces)
    inner: list[Event] = [{"kind": "refusal.delta", "content_index": 0, "delta": piece} for piece in said]
    inner.append({"kind": "refusal.done", "content_index": 0, "refusal_text": "".join(said)})
    return _item(index, f"msg_{index}", "message", inner, role="assistant")


def _status(call: str, tool_type: str, status: str, **more: Any) -> Event:
    return {
        "kind": "tool.status",
        "tool": {"tool_type": tool_type, "tool_call_id": call, "status": status, **more},
    }


def web_search(draw: Any, index: int) -> list[Event]:
    """A hosted tool that runs through its statuses."""
    call = f"ws_{index}"
    steps = ("in_progress", "searching", "completed")
    return _item(
        index, call, "web_search_call", [_status(call, "web_search", status, query=None) for status in steps]
    )


def function(draw: Any, index: int) -> list[Event]:
    """A function call with arguments, a secret among them, and an output that was cut."""
    call = {"tool_call_id": f"call_{index}", "tool_type": "function", "tool_name": "lookup"}
    arguments = json.dumps({"city": draw(texts)})
    redacted = {"type": "redacted", "path": "arguments_json.api_key", "message": "Left out."}
    cut = {"type": "truncated", "path": "output", "message": "Cut."}
    whole = {"arguments_text": arguments, "arguments_json": {"api_key": "<redacted>"}}
    output = {"tool_call_id": call["tool_call_id"], "tool_type": "function", "output": "x" * 8000}
    inner = [
        _status(call["tool_call_id"], "function", "in_progress", name="lookup"),
        *({"kind": "tool.arguments.delta", **call, "delta": half} for half in (arguments[:5], arguments[5:])),
        {"kind": "tool.arguments.done", **call, **whole, "notices": [redacted]},
        {"kind": "tool.output", **output, "notices": [cut]},
        _status(call["tool_call_id"], "function", "completed", name="lookup"),
    ]
    return _item(index, call["tool_call_id"], "function_call", inner)


def code(draw: Any, index: int) -> list[Event]:
    """Code in pieces."""
    call, said = f"ci_{index}", draw(pieces)
    inner = [
        *({"kind": "tool.code.delta", "tool_call_id": call, "delta": piece} for piece in said),
        {"kind": "tool.code.done", "tool_call_id": call, "code": "".join(said)},
    ]
    return _item(index, call, "code_interpreter_call", inner)


def image(draw: Any, index: int) -> list[Event]:
    """An image in chunks."""
    call = f"img_{index}"
    target = {"entity_kind": "tool_call", "entity_id": call, "field": "partial_image_b64", "part_index": 0}
    inner: list[Event] = [
        {
            "kind": "chunk.delta",
            "target": target,
            "encoding": "base64",
            "chunk_index": number,
            "data": base64.b64encode(draw(st.binary(min_size=1, max_size=9))).decode(),
        }
        for number in range(draw(st.integers(2, 4)))
    ]
    return _item(index, call, "image_generation_call", [*inner, {"kind": "chunk.done", "target": target}])


def nested(draw: Any, index: int) -> list[Event]:
    """A call of another agent, whose own message is scoped to the call."""
    call = f"agent_{index}"
    scope = {"type": "agent_tool", "tool_call_id": call, "tool_name": "ask", "agent": "researcher"}
    inner = [{**event, "scope": scope} for event in message(draw, 0)]
    first, *rest = _item(index, call, "function_call", [_status(call, "agent", "in_progress", name="ask")])
    return [first, rest[0], *inner, *rest[1:]]


ITEMS: tuple[Block, ...] = (message, reasoning, refusal, web_search, function, code, image, nested)
FINAL: dict[str, Any] = {
    "status": "completed",
    "response_text": "Done.",
    "structured_output": None,
    "reasoning_summary_text": None,
    "refusal_text": None,
    "attachments": [],
    "usage": None,
}
ERROR = {"code": None, "message": "The provider failed.", "source": "provider", "is_retryable": True}
CHECKPOINT = {"strategy": "trim", "trigger_reason": "turns"}
WORKFLOW = {"workflow_key": "analysis", "workflow_run_id": "run-1", "stage_name": "one"}


@st.composite
def streams(draw: Any, rich: bool = False) -> list[Event]:
    """A stream that keeps every rule; a rich one is a chat with an item of each kind and a good end."""
    chosen = draw(st.permutations(ITEMS) if rich else st.lists(st.sampled_from(ITEMS), max_size=4))
    events: list[Event] = [{"kind": "lifecycle", "status": "in_progress", "reason": None}]
    events.append({"kind": "memory.checkpoint", "checkpoint": CHECKPOINT})
    for index, block in enumerate(chosen):
        events += block(draw, index)
    failed = not rich and draw(st.booleans())
    events.append(
        {"kind": "error", "error": dict(ERROR)} if failed else {"kind": "final", "final": dict(FINAL)}
    )
    workflow = None if rich or draw(st.booleans()) else WORKFLOW
    steps = draw(st.lists(st.integers(1, 3), min_size=len(events), max_size=len(events)))
    return [_envelope(event, 1 + sum(steps[:number]), workflow) for number, event in enumerate(events)]


def _envelope(event: Event, event_id: int, workflow: Event | None) -> Event:
    return {
        "schema": "public_sse_v1",
        "event_id": event_id,
        "stream_id": "workflow_1" if workflow else "chat_1",
        "server_timestamp": "2026-01-01T00:00:00.5Z",
        "conversation_id": "one",
        "response_id": "resp_1",
        "agent": "triage",
        "workflow": workflow,
        "scope": None,
        "provider_sequence_number": None,
        "notices": None,
        **event,
    }
