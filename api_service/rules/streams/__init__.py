"""The `public_sse_v1` rules: what holds for the events of one chat or workflow stream.

A rule is a function over the list of a stream's events; it yields `(position, what)` for every event that
breaks it, positions from 1. Its name, with blanks, is the rule of the finding. What a single event looks like
by itself (fields, types, closed lists of values) is a matter of the contract's schema.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM, Finding
from acceptance.rules import judged
from acceptance.rules.lists import listing
from api_service.rules.streams import envelope, items, safety
from api_service.rules.streams.envelope import Event, Rule, is_terminal

__all__ = ["Event", "Rule", "by_stream", "exchange_findings", "findings", "is_terminal"]

# What holds for any part of a stream, for one that begins with its first event, and for one up to its end.
ANYWHERE: tuple[Rule, ...] = (*envelope.ANYWHERE, *safety.RULES)
FROM_THE_START: tuple[Rule, ...] = (*envelope.FROM_THE_START, *items.RULES)
TO_THE_END: tuple[Rule, ...] = envelope.TO_THE_END
SCHEMA = "/PublicSseEvent"
# These send the stored events of one stream or of several; their contract calls them text.
REPLAYS = ("/ledger/stream", "/replay/stream")


def exchange_findings(exchange: Exchange) -> list[Finding]:
    """Return every way in which the events of an answer, sent live or stored, break the rules.

    A stream that was left before its end is judged as far as it was read.
    """
    if exchange.failure:
        return []
    if exchange.media_type == EVENT_STREAM and not exchange.operation.path.endswith(REPLAYS):
        live = exchange.operation.media_types(exchange.status).get(EVENT_STREAM, {}).get("schema", {})
        is_ours = live.get("$ref", "").endswith(SCHEMA)
        return findings(exchange.events, to_the_end=exchange.events_complete) if is_ours else []
    stored = exchange.events or [item for _, item in listing(exchange) or () if "stream_id" in item]
    from_the_start = not exchange.call.query.get("cursor")
    return [
        finding
        for events in by_stream(stored)
        for finding in findings(events, from_the_start=from_the_start, to_the_end=False)
    ]


def findings(sent: Sequence[Any], *, from_the_start: bool = True, to_the_end: bool = True) -> list[Finding]:
    """Return every way in which one stream's payloads, in the order in which they were sent, break the rules.

    Only when each of them is an object the rules are asked at all.
    """
    strangers = [number for number, event in enumerate(sent, 1) if not isinstance(event, dict)]
    if strangers:
        return [Finding("events are objects", f"event {number}", "no JSON object") for number in strangers]
    rules = (*ANYWHERE, *(FROM_THE_START if from_the_start else ()), *(TO_THE_END if to_the_end else ()))
    broken = (finding for rule in rules for finding in judged(rule, sent))
    return [replace(finding, where=f"event {finding.where}") for finding in broken]


def by_stream(events: Sequence[Any]) -> list[list[Any]]:
    """Return stored events as the streams that they were sent in, in the order of their first event."""
    streams: dict[str, list[Any]] = {}
    for event in events:
        name = event.get("stream_id") if isinstance(event, dict) else None
        streams.setdefault(str(name), []).append(event)
    return list(streams.values())
