"""Metered usage in the words of a feature's table: feature, quantity, month and key."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api_service.subjects.billing.billing import MONTHS, NO_VALUE

MARGIN = timedelta(hours=1)


def usage(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the body that records a table's row; a cell with `-` is left out."""
    cells = {heading: cell for heading, cell in row.items() if cell != NO_VALUE}
    body: dict[str, Any] = {"feature_key": cells["feature"], "quantity": int(cells["quantity"])}
    if "month" in cells:
        start, end = MONTHS[cells["month"]]
        body |= {"period_start": start.isoformat(), "period_end": end.isoformat()}
    if "key" in cells:
        body["idempotency_key"] = cells["key"]
    return body


def within(month: str) -> dict[str, str]:
    """Return the query for the usage within a month, without its first and last hour.

    Nothing says whether a window that only touches the end of the month before belongs to it.
    """
    start, end = MONTHS[month]
    return {"period_start": (start + MARGIN).isoformat(), "period_end": (end - MARGIN).isoformat()}
