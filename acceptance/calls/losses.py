"""Calls of a run that got no answer: reads that were lost on the way, and waits that were in vain."""

import threading
from collections import deque

from acceptance.calls.bounds import SAFE_TO_REPEAT
from acceptance.calls.exchange import Exchange

# So many calls in a row that run into their deadline are no accident of one operation.
LOST_AFTER = 5
# Nor are more than half of the last calls, when several operations have no answer.
RECENT = 16
OPERATIONS = 2
TOLERATED = 1 / 1000


class Losses:
    """Counts what every call of a run came to; `timeout` is the seconds that one may take."""

    def __init__(self, timeout: float) -> None:
        self._timeout, self._lock = timeout, threading.Lock()
        self._recent = deque[str](maxlen=RECENT)
        self._calls = self._lost = self._repeated = self._in_a_row = 0

    def note(self, exchange: Exchange) -> None:
        """Count a finished call."""
        late = not exchange.status and exchange.seconds >= self._timeout
        with self._lock:
            self._calls += 1
            self._in_a_row = self._in_a_row + 1 if late else 0
            self._recent.append(exchange.operation.name if late else "")
            if exchange.lost and exchange.operation.method in SAFE_TO_REPEAT:
                self._lost += 1
                self._repeated += not exchange.failure

    @property
    def suspicious(self) -> bool:
        """Whether so many calls in a row were in vain that the service may be gone."""
        return self._in_a_row >= LOST_AFTER

    @property
    def hopeless(self) -> bool:
        """Whether most of the last calls were in vain, whatever was asked."""
        in_vain = [name for name in self._recent if name]
        return len(in_vain) * 2 > RECENT and len(set(in_vain)) >= OPERATIONS

    @property
    def summary(self) -> str:
        """How many reads were lost of how many calls; empty when none was."""
        if not self._lost:
            return ""
        return f"{self._lost} of {self._calls} calls, {self._repeated} of them answered when asked again"

    @property
    def complaint(self) -> str:
        """Why that is too many, or empty; one alone may happen to any service in a run of any size."""
        if self._lost <= max(1, self._calls * TOLERATED):
            return ""
        return (
            f"reads were lost, their connection ended without a whole answer: {self.summary}; "
            'more than one in a thousand is a fault of the service, or of what is in front of it ("lost" in '
            "exchanges.jsonl)"
        )
