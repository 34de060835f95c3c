"""Usage counters in the words of a table: periods by name, columns as a product owner calls them."""

from collections.abc import Iterable, Mapping
from typing import Any

PATH = "/api/v1/usage"
PERIODS = {"January": "2026-01-01", "February": "2026-02-01", "March": "2026-03-01"}
COLUMNS = {
    "requests": "requests",
    "input tokens": "input_tokens",
    "output tokens": "output_tokens",
    "stored bytes": "storage_bytes",
}


def counters(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the rows of a table as the service writes usage counters."""
    return [
        {
            "period_start": PERIODS[row["period"]],
            "granularity": row["per"],
            **{field: int(row[column]) for column, field in COLUMNS.items()},
        }
        for row in rows
    ]
