"""Looking into JSON values: every object in one, timestamps and UUIDs, and when two values mean the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from acceptance import timestamps

SAME_INSTANT = timedelta(seconds=1)


def objects(value: Any, where: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every JSON object inside a value, itself included, with its place."""
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from objects(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from objects(inner, f"{where}[{number}]")


def at(value: Any, path: str) -> Any:
    """Return what stands under a dotted path of keys in a JSON value, or None when nothing does."""
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def instant_or_none(value: Any) -> datetime | None:
    """Return the moment that a timestamp names, in UTC; one without a zone is UTC. None for anything else."""
    try:
        return timestamps.instant(value).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def is_uuid(value: Any) -> bool:
    """Return whether a value is a UUID in its canonical spelling (RFC 9562, section 4), in any case."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def is_id(name: str) -> bool:
    """Whether a field of this name holds an id."""
    return name == "id" or name.endswith("_id")


def same(ours: Any, theirs: Any) -> bool:
    """Return whether their value says what ours does.

    Runs of blanks count as one, UUIDs have no case, instants may be a second apart, an object may say more.
    """
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(key in theirs and same(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, str) and isinstance(theirs, str):
        return _same_text(ours, theirs)
    return isinstance(ours, bool) == isinstance(theirs, bool) and bool(ours == theirs)


def _same_text(ours: str, theirs: str) -> bool:
    if ours.split() == theirs.split() or (is_uuid(ours) and ours.lower() == theirs.lower()):
        return True
    one, other = instant_or_none(ours), instant_or_none(theirs)
    return bool(one and other and abs(one - other) <= SAME_INSTANT)
