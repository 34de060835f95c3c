"""Subscriptions: requests in the words of a feature's table, and the length of a period."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from acceptance.timestamps import instant
from api_service.subjects.billing.billing import NO_VALUE

REQUEST_FIELDS = {
    "plan": "plan_code",
    "seats": "seat_count",
    "renews": "auto_renew",
    "contact": "billing_email",
    "when": "timing",
}
REQUEST_WORDS: Mapping[str, Any] = {"yes": True, "no": False, "at once": "immediate", "later": "period_end"}


def request(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the body that a table's row describes; a cell with `-` is left out."""
    return {
        REQUEST_FIELDS[heading]: int(cell) if heading == "seats" else REQUEST_WORDS.get(cell, cell)
        for heading, cell in row.items()
        if cell != NO_VALUE
    }


def lasts_about_a_month(subscription: Mapping[str, Any]) -> bool:
    """Whether the current period has 28 to 31 days."""
    length = instant(subscription["current_period_end"]) - instant(subscription["current_period_start"])
    return timedelta(days=28) <= length <= timedelta(days=31)
