"""Numbers: nothing is counted below zero, and a count agrees with the list beside it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant, objects
from api_service.rules.answers.listings import SMALLEST_PAGE, listing

COUNT = re.compile(r"(^|_)(count|total|quantity|tokens|requests|bytes|ms|seconds|uptime)$|^(total|max)_")


def count_is_not_negative(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Numbers of things, sizes and durations are zero or more."""
    for where, found in objects(exchange.body):
        for key, value in found.items():
            if isinstance(value, int | float) and value < 0 and COUNT.search(key):
                yield f"{where}.{key}", f"{value}"


def count_agrees_with_its_list(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A count is the number of things that the same answer lists."""
    if not isinstance(exchange.body, dict) or exchange.status != 200:
        return
    for name, counted in _counted(exchange, exchange.body):
        if exchange.body.get(name) != counted:
            yield f"$.{name}", f"{exchange.body.get(name)}, listed are {counted}"


def duration_agrees_with_its_ends(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A duration is the time between start and end in whole milliseconds."""
    for where, found in objects(exchange.body):
        start, end = instant(found.get("started_at")), instant(found.get("ended_at"))
        said = found.get("duration_ms")
        if start and end and isinstance(said, int | float):
            took = (end - start) // timedelta(milliseconds=1)
            if said != took:
                yield f"{where}.duration_ms", f"{said}, between start and end lie {took}"


def _counted(exchange: Exchange, body: dict[str, Any]) -> Iterator[tuple[str, int]]:
    match body:
        case {"total_tools": _, "tool_names": list(names)}:
            yield "total_tools", len(names)
        case {"step_count": _, "stages": list(stages)}:
            yield "step_count", sum(len(stage.get("steps", ())) for stage in stages)
        case {"guardrail_count": _, "guardrails": list(guardrails)}:
            yield "guardrail_count", len(guardrails)
        case {"owner_count": _, "members": list(members)} if _is_whole(exchange):
            yield "owner_count", sum(member.get("role") == "owner" for member in members)
        case {"unread_count": _, "items": list(events)} if _is_whole(exchange):
            yield "unread_count", sum(event.get("read_state") == "unread" for event in events)


def _is_whole(exchange: Exchange) -> bool:
    items = listing(exchange)
    return items is not None and len(items) < SMALLEST_PAGE and not exchange.call.query


RULES = (count_is_not_negative, count_agrees_with_its_list, duration_agrees_with_its_ends)
