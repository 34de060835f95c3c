"""Subscriptions: requests in the words of a feature's table, and how long a period lasts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from acceptance.timestamps import instant
from api_service.subjects.billing.billing import NOTHING

REQUEST_FIELDS = {
    "plan": "plan_code",
    "seats": "seat_count",
    "renews": "auto_renew",
    "contact": "billing_email",
    "when": "timing",
}
REQUEST_WORDS: Mapping[str, Any] = {"yes": True, "no": False, "at once": "immediate", "later": "period_end"}


def requested(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the request that a table's row describes; a cell with `-` is left out."""
    cells = {heading: cell for heading, cell in row.items() if cell != NOTHING}
    return {
        REQUEST_FIELDS[heading]: REQUEST_WORDS.get(cell, int(cell) if heading == "seats" else cell)
        for heading, cell in cells.items()
    }


def lasts_about_a_month(subscription: Mapping[str, Any]) -> bool:
    """Whether the present period is as long as one month can be."""
    length = instant(subscription["current_period_end"]) - instant(subscription["current_period_start"])
    return timedelta(days=28) <= length <= timedelta(days=31)
