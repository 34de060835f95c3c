"""Looking into JSON values: every object in one, timestamps and UUIDs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


def objects(value: Any, where: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every JSON object inside a value, itself included, with its place."""
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from objects(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from objects(inner, f"{where}[{number}]")


def instant(value: Any) -> datetime | None:
    """Return the moment that a timestamp names, in UTC; one without a zone is UTC. None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def is_uuid(value: Any) -> bool:
    """Return whether a value is a UUID in its canonical spelling (RFC 9562, section 4), in any case."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False
