"""The one clock of a service."""

from collections.abc import Callable
from datetime import UTC, datetime


def wall_time() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def utc_text(moment: datetime) -> str:
    """The moment as RFC 3339 text in UTC with a `Z`, for places that no response model serialises."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Clock:
    """Tells the time; a test passes a source of its own to move it."""

    def __init__(self, source: Callable[[], datetime] = wall_time) -> None:
        self._source = source

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._source()
