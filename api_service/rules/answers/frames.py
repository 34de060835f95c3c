"""Stored stream events (`public_sse_v1`): what they belong to."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.rules.lists import listing
from acceptance.rules.values import same_key_or_uuid


def _streams(exchange: Exchange) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    streams: defaultdict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for where, item in listing(exchange) or ():
        if "stream_id" in item and "event_id" in item:
            streams[str(item["stream_id"])].append((where, item))
    return streams


def event_belongs(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An event belongs to the conversation that the answer names."""
    for events in _streams(exchange).values():
        for where, event in events:
            own = exchange.body.get("conversation_id") if isinstance(exchange.body, dict) else None
            said = event.get("conversation_id")
            if own and said != "unknown" and not same_key_or_uuid(own, said):
                yield f"{where}.conversation_id", f"{said!r} in the conversation {own!r}"


def one_stream_per_run(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A run is replayed as the one stream that it was."""
    if exchange.operation.path.endswith("/replay/events") and len(_streams(exchange)) > 1:
        yield "$.items", f"events of {', '.join(_streams(exchange))}"


RULES = (event_belongs, one_stream_per_run)
