"""Timestamps as services write them (RFC 3339); one without a zone is read as UTC."""

import re
from datetime import UTC, datetime
from typing import Any

ZONELESS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")


def instant(text: str) -> datetime:
    """Return the moment that a timestamp names, UTC without a zone; raises ValueError for other text."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def with_zones(data: Any) -> tuple[Any, int]:
    """Return a JSON value with `Z` behind every timestamp that lacks a zone, and how many did."""
    if isinstance(data, str):
        return (f"{data}Z", 1) if ZONELESS.fullmatch(data) else (data, 0)
    if isinstance(data, dict):
        pairs = {key: with_zones(value) for key, value in data.items()}
        return {key: value for key, (value, _) in pairs.items()}, sum(count for _, count in pairs.values())
    if isinstance(data, list):
        items = [with_zones(item) for item in data]
        return [value for value, _ in items], sum(count for _, count in items)
    return data, 0


def lacks_zone(data: Any) -> bool:
    """Return whether any timestamp in a JSON value lacks its zone."""
    return with_zones(data)[1] > 0
