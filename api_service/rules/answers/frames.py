"""Stored stream events (`public_sse_v1`): one schema, ids that rise, one end."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.rules.lists import listing
from acceptance.rules.values import same_key_or_uuid

SCHEMA = "public_sse_v1"
TERMINAL = frozenset({"final", "error"})


def _streams(exchange: Exchange) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    streams: defaultdict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for where, item in listing(exchange) or ():
        if "stream_id" in item and "event_id" in item:
            streams[str(item["stream_id"])].append((where, item))
    return streams


def event_schema(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every stored event says by which schema it was written."""
    for events in _streams(exchange).values():
        for where, event in events:
            if event.get("schema") != SCHEMA:
                yield f"{where}.schema", f"{event.get('schema')!r}"


def event_ids_rise(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Within a stream every event has a higher id than the one before."""
    for events in _streams(exchange).values():
        for (_, before), (where, event) in pairwise(events):
            if not before["event_id"] < event["event_id"]:
                yield f"{where}.event_id", f"{event['event_id']} after {before['event_id']}"


def nothing_after_the_end(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A stream has one terminal event, its last."""
    for events in _streams(exchange).values():
        for where, event in events[:-1]:
            if event.get("kind") in TERMINAL:
                yield f"{where}.kind", f"{event['kind']!r} is followed by another event"


def first_event(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Read from its start, a stream begins with event 1."""
    if exchange.call.query.get("cursor"):
        return
    for events in _streams(exchange).values():
        where, event = events[0]
        if event["event_id"] != 1:
            yield f"{where}.event_id", f"{event['event_id']} is the first one"


def event_belongs(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An event belongs to the conversation that the answer names, and to a run only if its stream does."""
    for stream, events in _streams(exchange).items():
        for where, event in events:
            own = exchange.body.get("conversation_id") if isinstance(exchange.body, dict) else None
            said = event.get("conversation_id")
            if own and said != "unknown" and not same_key_or_uuid(own, said):
                yield f"{where}.conversation_id", f"{said!r} in the conversation {own!r}"
            if not stream.startswith("workflow_" if event.get("workflow") else "chat_"):
                yield f"{where}.stream_id", f"{stream!r} for {'a run' if event.get('workflow') else 'a chat'}"


def one_stream_per_run(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A run is replayed as the one stream that it was."""
    if exchange.operation.path.endswith("/replay/events") and len(_streams(exchange)) > 1:
        yield "$.items", f"events of {', '.join(_streams(exchange))}"


RULES = (event_schema, event_ids_rise, nothing_after_the_end, first_event, event_belongs, one_stream_per_run)
