"""What every event of a stream carries, and how a stream begins and ends."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

Event = Mapping[str, Any]
Rule = Callable[[Sequence[Event]], Iterator[tuple[int, str]]]

TERMINAL = frozenset({"final", "error"})
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
NOT_KNOWN_YET = "unknown"


def is_terminal(payload: Any) -> bool:
    """Whether a payload is the event that ends its stream."""
    return isinstance(payload, Mapping) and payload.get("kind") in TERMINAL


def ids_rise(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Event ids are whole numbers that strictly increase."""
    ids = [event.get("event_id") for event in events]
    numbers = [number if type(number) is int else 0 for number in ids]
    for position, (before, number) in enumerate(pairwise(numbers), 2):
        if number <= before:
            yield position, f"event id {ids[position - 1]!r} after {ids[position - 2]!r}"


def ids_begin_with_one(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """The first event of a stream has the id 1."""
    if events and events[0].get("event_id") != 1:
        yield 1, f"the first event id is {events[0].get('event_id')!r}"


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


def nothing_after_the_end(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Nothing comes after the terminal event of a stream."""
    for position, event in enumerate(events[:-1], 1):
        if is_terminal(event):
            yield position, f"{len(events) - position} event(s) after a terminal event"


def terminal_event_at_the_end(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """The last event of a stream is a terminal one."""
    if not events or not is_terminal(events[-1]):
        yield len(events), "the stream ends with no final and no error event"


def refusal_has_a_reason(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A final event with the status "refused" has a refusal text."""
    for position, event in enumerate(events, 1):
        final = event.get("final") or {}
        if final.get("status") == "refused" and not final.get("refusal_text"):
            yield position, "refused without a refusal text"


def error_has_a_message(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """The message of an error event is not empty."""
    for position, event in enumerate(events, 1):
        if event.get("kind") == "error" and not (event.get("error") or {}).get("message"):
            yield position, "an error without a message"


ANYWHERE: tuple[Rule, ...] = (
    ids_rise,
    stream_id_is_constant,
    times_are_utc,
    conversation_is_constant,
    workflow_run_is_constant,
    nothing_after_the_end,
    refusal_has_a_reason,
    error_has_a_message,
)
FROM_THE_START: tuple[Rule, ...] = (ids_begin_with_one,)
TO_THE_END: tuple[Rule, ...] = (terminal_event_at_the_end,)
