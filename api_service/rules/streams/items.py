"""Items of a reply: where they stand, in which order their pieces come, and that the pieces add up."""

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_service.rules.streams.envelope import Event, Rule

# The kinds that say nothing about an item of the output.
WITHOUT_PLACE = frozenset({"lifecycle", "memory.checkpoint", "agent.updated", "error", "final"})
REASONING = tuple(f"reasoning_summary.{kind}" for kind in ("delta", "part.added", "part.done"))
# A kind of delta, the kind that completes it, the field of the whole, and what tells two parts apart.
PIECES = (
    ("refusal.delta", "refusal.done", "refusal_text", "content_index"),
    ("reasoning_summary.delta", "reasoning_summary.part.done", "text", "summary_index"),
    ("tool.arguments.delta", "tool.arguments.done", "arguments_text", "tool_call_id"),
    ("tool.code.delta", "tool.code.done", "code", "tool_call_id"),
)
TEXT_KINDS = frozenset({"message.delta", *(delta for delta, *_ in PIECES), *(done for _, done, *_ in PIECES)})
_HOSTED = ("in_progress", "completed")
_RUN = ("in_progress", "completed", "failed")
# The statuses of each type of tool, in the order in which a call may take them.
TOOL_STATUSES: Mapping[str, Sequence[str]] = {
    "web_search": ("in_progress", "searching", "completed"),
    "file_search": ("in_progress", "searching", "completed"),
    "code_interpreter": ("in_progress", "interpreting", "completed"),
    "image_generation": ("in_progress", "generating", "partial_image", "completed"),
    "function": _RUN,
    "agent": _RUN,
    "mcp": ("awaiting_approval", *_RUN),
}
ENDED = frozenset({"completed", "failed"})
# About 128 KiB of content a frame; base64 adds a third.
MOST_CHUNK_CHARACTERS = 192 * 1024
CHUNK_TARGET = ("entity_kind", "entity_id", "field", "part_index")
Key = tuple[Any, ...]


def _numbered(events: Sequence[Event], *kinds: str) -> Iterator[tuple[int, Event]]:
    return ((number, event) for number, event in enumerate(events, 1) if event.get("kind") in kinds)


def _about_items(events: Sequence[Event]) -> Iterator[tuple[int, Event]]:
    return ((number, event) for number, event in enumerate(events, 1) if event["kind"] not in WITHOUT_PLACE)


def _scope(event: Event) -> Any:
    return (event.get("scope") or {}).get("tool_call_id")


def _item(event: Event) -> Key:
    return _scope(event), event.get("item_id")


def item_events_have_a_place(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """An event about an item says which one it is and where in the output it stands."""
    for position, event in _about_items(events):
        index, name = event.get("output_index"), event.get("item_id")
        if type(index) is not int or index < 0 or not isinstance(name, str) or not name:
            yield position, f"output index {index!r}, item {name!r}"


def items_keep_their_place(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """An item stays at the output index at which it first appeared."""
    places: dict[Key, Any] = {}
    for position, event in _about_items(events):
        index = event.get("output_index")
        if places.setdefault(_item(event), index) != index:
            yield position, f"item {event.get('item_id')!r} moved to {index!r}"


def items_open_and_close_once(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """An item is added before anything else is said of it, once, and done once."""
    added: set[Key] = set()
    done: set[Key] = set()
    for position, event in _about_items(events):
        item, kind = _item(event), event["kind"]
        if (kind == "output_item.added") == (item in added):
            yield position, f"{kind} of item {event.get('item_id')!r}, {'' if item in added else 'not '}added"
        if kind == "output_item.done" and item in done:
            yield position, f"item {event.get('item_id')!r} is done a second time"
        added.add(item)
        if kind == "output_item.done":
            done.add(item)


def no_text_after_the_item_is_done(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """No piece of an item comes after the item is done."""
    done: set[Key] = set()
    for position, event in _numbered(events, "output_item.done", *TEXT_KINDS):
        if event["kind"] == "output_item.done":
            done.add(_item(event))
        elif _item(event) in done:
            yield position, f"{event['kind']} after item {event.get('item_id')!r} was done"


def reasoning_parts_are_announced(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A part of a reasoning summary is added before its pieces come."""
    parts: set[Key] = set()
    for position, event in _numbered(events, *REASONING):
        part = (*_item(event), event.get("summary_index"))
        if event["kind"] == "reasoning_summary.part.added":
            parts.add(part)
        elif part not in parts:
            yield position, f"{event['kind']} of part {event.get('summary_index')!r}, not added"


def pieces_add_up(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """What completes a text is its pieces joined, once, and no piece follows it."""
    for delta, done, field, part in PIECES:
        pieces: defaultdict[Key, str] = defaultdict(str)
        complete: set[Key] = set()
        for position, event in _numbered(events, delta, done):
            key = (*_item(event), event.get(part))
            if key in complete:
                yield position, f"{event['kind']} after {done}"
            elif event["kind"] == delta:
                pieces[key] += str(event.get("delta"))
            else:
                complete.add(key)
                # A notice says that the whole was cut or redacted, so it need not equal the pieces.
                if pieces[key] and not event.get("notices") and event.get(field) != pieces[key]:
                    yield position, f"{field} {event.get(field)!r} is not {pieces[key]!r}"


def tool_status_goes_forward(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A tool call takes the statuses of its type, in their order, and none after it has ended."""
    reached: dict[Key, int] = {}
    for position, event in _numbered(events, "tool.status"):
        tool = event.get("tool") or {}
        order, status = TOOL_STATUSES.get(str(tool.get("tool_type")), ()), tool.get("status")
        call = (_scope(event), tool.get("tool_call_id"))
        if status not in order:
            yield position, f"status {status!r} of a tool of type {tool.get('tool_type')!r}"
            continue
        step = order.index(status)
        before = reached.setdefault(call, step)
        if step < before or (step != before and order[before] in ENDED):
            yield position, f"tool call {tool.get('tool_call_id')!r} went from {order[before]} to {status}"
        reached[call] = step


def chunks_are_complete(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """The chunks of one target count up from 0, and one done event completes them."""
    counts: dict[Key, int] = {}
    complete: set[Key] = set()
    for position, event in _numbered(events, "chunk.delta", "chunk.done"):
        target = event.get("target") or {}
        key = (_scope(event), *(target.get(part) for part in CHUNK_TARGET))
        expected = counts.setdefault(key, 0)
        if key in complete or (event["kind"] == "chunk.done" and not expected):
            yield position, f"{event['kind']} for {key[1:]} is out of place"
        elif event["kind"] == "chunk.done":
            complete.add(key)
        elif event.get("chunk_index") != expected:
            yield position, f"chunk {event.get('chunk_index')!r} for {key[1:]}, expected {expected}"
        counts[key] = expected + (event["kind"] == "chunk.delta")
    for key in counts.keys() - complete:
        if _completed(events):
            yield len(events), f"the chunks for {key[1:]} were never completed"


def _completed(events: Sequence[Event]) -> bool:
    return bool(events) and (events[-1].get("final") or {}).get("status") == "completed"


def chunks_can_be_decoded(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A chunk is not too large, and is what its encoding says."""
    for position, event in _numbered(events, "chunk.delta"):
        data = str(event.get("data"))
        if len(data) > MOST_CHUNK_CHARACTERS:
            yield position, f"a chunk of {len(data)} characters"
        if event.get("encoding") == "base64" and not _is_base64(data):
            yield position, "the data is no base64"


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return True


def scoped_events_keep_the_parents_ids(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A nested agent's events name a call of the stream, and keep its conversation and response."""
    calls: set[Any] = set()
    parent: Event = {}
    for position, event in enumerate(events, 1):
        scope = event.get("scope")
        if not scope:
            parent = event
            calls |= {event.get("item_id"), (event.get("tool") or {}).get("tool_call_id")}
        elif scope.get("type") != "agent_tool" or scope.get("tool_call_id") not in calls:
            yield position, f"scope {scope!r} names no call of this stream"
        elif any(event.get(name) != parent.get(name) for name in ("conversation_id", "response_id")):
            yield position, "another conversation or response than that of the parent"


RULES: tuple[Rule, ...] = (
    item_events_have_a_place,
    items_keep_their_place,
    items_open_and_close_once,
    no_text_after_the_item_is_done,
    reasoning_parts_are_announced,
    pieces_add_up,
    tool_status_goes_forward,
    chunks_are_complete,
    chunks_can_be_decoded,
    scoped_events_keep_the_parents_ids,
)
