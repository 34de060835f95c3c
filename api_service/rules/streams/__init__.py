"""The `public_sse_v1` rules: what holds for the events of one chat or workflow stream.

A rule is a function over the list of a stream's events; it yields `(position, what)` for every event that
breaks it, positions from 1. Its name, with blanks, is the rule of the finding. What a single event looks like
by itself (types, closed lists of values) is also in the contract's schema; the rules here do not need it.
"""

from collections.abc import Sequence
from typing import Any

from acceptance.contract.document import Finding
from api_service.rules.streams import envelope, items, safety
from api_service.rules.streams.envelope import Event, Rule, is_terminal

__all__ = ["RULES", "Event", "Rule", "by_stream", "findings", "is_terminal"]

RULES: tuple[Rule, ...] = (*envelope.RULES, *items.RULES, *safety.RULES)


def findings(payloads: Sequence[Any]) -> list[Finding]:
    """Return every way in which one stream's payloads, in their order, break the rules.

    Only when each of them is an object the rules are asked at all.
    """
    strangers = [number for number, event in enumerate(payloads, 1) if not isinstance(event, dict)]
    if strangers:
        return [Finding("events are objects", f"event {number}", "no JSON object") for number in strangers]
    return [
        Finding(rule.__name__.replace("_", " "), f"event {position}", what)
        for rule in RULES
        for position, what in rule(payloads)
    ]


def by_stream(events: Sequence[Event]) -> list[list[Event]]:
    """Return stored events as the streams that they were sent in, in the order of their first event."""
    streams: dict[str, list[Event]] = {}
    for event in events:
        streams.setdefault(str(event.get("stream_id")), []).append(event)
    return list(streams.values())
