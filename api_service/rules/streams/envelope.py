"""What every event of a stream carries, and how a stream begins and ends."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

Event = Mapping[str, Any]
Rule = Callable[[Sequence[Event]], Iterator[tuple[int, str]]]

SCHEMA = "public_sse_v1"
ENVELOPE = frozenset(
    {
        "schema",
        "event_id",
        "stream_id",
        "server_timestamp",
        "conversation_id",
        "response_id",
        "agent",
        "workflow",
        "scope",
        "provider_sequence_number",
        "notices",
        "kind",
    }
)
PLACE = frozenset({"output_index", "item_id"})
_ITEM = PLACE | {"item_type", "role", "status"}
_PART = PLACE | {"summary_index", "part_type", "text"}
_CALL = PLACE | {"tool_call_id", "tool_type", "tool_name"}
# Every kind there is, with what it has beside the envelope.
KINDS: Mapping[str, frozenset[str]] = {
    "lifecycle": frozenset({"status", "reason"}),
    "memory.checkpoint": frozenset({"checkpoint"}),
    "agent.updated": frozenset({"from_agent", "to_agent", "handoff_index"}),
    "output_item.added": _ITEM,
    "output_item.done": _ITEM,
    "message.delta": PLACE | {"content_index", "delta"},
    "message.citation": PLACE | {"content_index", "citation"},
    "reasoning_summary.delta": PLACE | {"summary_index", "delta"},
    "reasoning_summary.part.added": _PART,
    "reasoning_summary.part.done": _PART,
    "refusal.delta": PLACE | {"content_index", "delta"},
    "refusal.done": PLACE | {"content_index", "refusal_text"},
    "tool.status": PLACE | {"tool"},
    "tool.arguments.delta": _CALL | {"delta"},
    "tool.arguments.done": _CALL | {"arguments_text", "arguments_json"},
    "tool.code.delta": PLACE | {"tool_call_id", "delta"},
    "tool.code.done": PLACE | {"tool_call_id", "code"},
    "tool.output": PLACE | {"tool_call_id", "tool_type", "output"},
    "tool.approval": _CALL | {"server_label", "approval_request_id", "approved", "reason"},
    "chunk.delta": PLACE | {"target", "encoding", "chunk_index", "data"},
    "chunk.done": PLACE | {"target"},
    "error": frozenset({"error"}),
    "final": frozenset({"final"}),
}
TERMINAL = frozenset({"final", "error"})
LIFECYCLE = frozenset({"queued", "in_progress", "completed", "failed", "incomplete", "cancelled"})
FINAL = frozenset({"completed", "failed", "incomplete", "refused", "cancelled"})
FINAL_FIELDS = frozenset(
    {
        "status",
        "response_text",
        "structured_output",
        "reasoning_summary_text",
        "refusal_text",
        "attachments",
        "usage",
    }
)
ERROR_FIELDS = frozenset({"code", "message", "source", "is_retryable"})
SOURCES = frozenset({"provider", "server"})
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
NOT_KNOWN_YET = "unknown"


def is_terminal(payload: Any) -> bool:
    """Whether a payload is the event that ends its stream."""
    return isinstance(payload, Mapping) and payload.get("kind") in TERMINAL


def schema_is_constant(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Every event names the one schema."""
    for position, event in enumerate(events, 1):
        if event.get("schema") != SCHEMA:
            yield position, f"schema {event.get('schema')!r}"


def kinds_are_known(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """The list of kinds is closed."""
    for position, event in enumerate(events, 1):
        if event.get("kind") not in KINDS:
            yield position, f"kind {event.get('kind')!r}"


def envelope_is_complete(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Every event carries the whole envelope; what is not known is null."""
    for position, event in enumerate(events, 1):
        if missing := ENVELOPE - event.keys():
            yield position, f"no {', '.join(sorted(missing))}"


def no_other_fields(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """An event carries the envelope and what belongs to its kind, nothing else."""
    for position, event in enumerate(events, 1):
        own = KINDS.get(event.get("kind", ""), event.keys())
        if strange := event.keys() - ENVELOPE - own:
            yield position, f"{', '.join(sorted(strange))} in {event.get('kind')}"


def ids_rise_from_one(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Event ids are whole numbers that begin with 1 and strictly increase."""
    ids = [event.get("event_id") for event in events]
    numbers = [number if type(number) is int else 0 for number in ids]
    if ids and ids[0] != 1:
        yield 1, f"the first event id is {ids[0]!r}"
    for position, (before, number) in enumerate(pairwise(numbers), 2):
        if number <= before:
            yield position, f"event id {ids[position - 1]!r} after {ids[position - 2]!r}"


def stream_id_is_constant(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """One stream has one id, whose beginning says what kind of stream it is."""
    for position, event in enumerate(events, 1):
        named, first = event.get("stream_id"), events[0].get("stream_id")
        prefixes: tuple[str, ...] = ("workflow_",) if event.get("workflow") else ("chat_",)
        if event.get("kind") == "error":
            # A workflow may break before its run is known.
            prefixes = ("workflow_", *prefixes)
        if named != first or not str(named).startswith(prefixes):
            yield position, f"stream id {named!r} in the stream {first!r}, expected {prefixes[0]}..."


def times_are_utc(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Server times are RFC 3339 in UTC with a Z."""
    for position, event in enumerate(events, 1):
        text = str(event.get("server_timestamp"))
        if not UTC_TIME.fullmatch(text) or not _is_moment(text):
            yield position, f"server time {text!r}"


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def conversation_is_constant(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Once an event has named the conversation, every later one names the same."""
    known = NOT_KNOWN_YET
    for position, event in enumerate(events, 1):
        named = event.get("conversation_id")
        if not isinstance(named, str) or not named:
            yield position, f"conversation {named!r}"
        elif known == NOT_KNOWN_YET:
            known = named
        elif named != known:
            yield position, f"conversation {named!r} after {known!r}"


def workflow_run_is_constant(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """All events of a workflow's stream belong to one run of one workflow."""
    runs = [_run(event) for event in events]
    for position, run in enumerate(runs, 1):
        if run != runs[0]:
            yield position, f"run {run} in the stream of {runs[0]}"


def _run(event: Event) -> tuple[Any, Any]:
    workflow = event.get("workflow") or {}
    return workflow.get("workflow_key"), workflow.get("workflow_run_id")


def one_terminal_event(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A stream ends with exactly one terminal event, and nothing comes after it."""
    ends = [position for position, event in enumerate(events, 1) if is_terminal(event)]
    if not ends:
        yield len(events), "the stream has no final and no error event"
    for position in ends:
        if position < len(events):
            yield position, f"{len(events) - position} event(s) after a terminal event"


def lifecycle_status_is_known(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """The list of lifecycle statuses is closed."""
    for position, event in enumerate(events, 1):
        if event.get("kind") == "lifecycle" and event.get("status") not in LIFECYCLE:
            yield position, f"lifecycle status {event.get('status')!r}"


def final_says_how_it_ended(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A final event has a known status and all fields of its payload; a refused one says why."""
    for position, event in enumerate(events, 1):
        if event.get("kind") != "final":
            continue
        final = event.get("final") or {}
        if final.keys() != FINAL_FIELDS:
            yield position, f"final carries {', '.join(sorted(final))}"
        if final.get("status") not in FINAL:
            yield position, f"final status {final.get('status')!r}"
        if final.get("status") == "refused" and not final.get("refusal_text"):
            yield position, "refused without a refusal text"


def error_says_what_failed(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """An error event has a message, a source and whether another try makes sense."""
    for position, event in enumerate(events, 1):
        if event.get("kind") != "error":
            continue
        error = event.get("error") or {}
        told = error.get("message") and type(error.get("is_retryable")) is bool
        if error.keys() != ERROR_FIELDS or error.get("source") not in SOURCES or not told:
            yield position, f"error {error!r}"


RULES: tuple[Rule, ...] = (
    schema_is_constant,
    kinds_are_known,
    envelope_is_complete,
    no_other_fields,
    ids_rise_from_one,
    stream_id_is_constant,
    times_are_utc,
    conversation_is_constant,
    workflow_run_is_constant,
    one_terminal_event,
    lifecycle_status_is_known,
    final_says_how_it_ended,
    error_says_what_failed,
)
