"""Metered usage in the words of a feature's table: feature, quantity, month and key."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api_service.subjects.billing import billing
from api_service.world import World

MARGIN = timedelta(hours=1)


def record(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the request that records a table's row; a dash leaves a detail out."""
    cells = {heading: cell for heading, cell in row.items() if cell != billing.NOTHING}
    request: dict[str, Any] = {"feature_key": cells["feature"], "quantity": int(cells["quantity"])}
    if "month" in cells:
        start, end = billing.MONTHS[cells["month"]]
        request |= {"period_start": start.isoformat(), "period_end": end.isoformat()}
    if "key" in cells:
        request["idempotency_key"] = cells["key"]
    return request


def must_record(world: World, person: str, row: Mapping[str, str]) -> None:
    """Record a table's row; raises AssertionError when that does not succeed."""
    world.must(person, "POST", billing.USAGE, json=record(row), **billing.of(world, person))


def within(month: str) -> dict[str, str]:
    """Return the query for what was used within a month, its first and last hour left out.

    Whether the months before and after touch it at its very ends is nobody's promise.
    """
    start, end = billing.MONTHS[month]
    return {"period_start": (start + MARGIN).isoformat(), "period_end": (end - MARGIN).isoformat()}
