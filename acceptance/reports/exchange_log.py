"""What went over the wire: one redacted line per exchange on disk, and a tally per operation."""

import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from acceptance.contract.document import Operation
from acceptance.calls.evidence import record
from acceptance.calls.exchange import Exchange


@dataclass
class Tally:
    """What a run did with one operation. Times in seconds."""

    operation: Operation
    statuses: Counter[int] = field(default_factory=Counter)
    scenarios: set[str] = field(default_factory=set)
    succeeded_in: set[str] = field(default_factory=set)
    kept: int = 0
    succeeded: int = 0
    seconds: list[float] = field(default_factory=list)
    service_seconds: float = 0.0


class Journal:
    """The exchanges of a run: a file with a line each, written at once, and tallies by operation.

    `problem` says why it cannot be written any more, which costs the calls nothing.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)
        self.problem = ""
        self.tallies: dict[str, Tally] = {}
        self._lock = threading.Lock()

    def write(self, exchange: Exchange) -> None:
        """Write an exchange down, in one piece: the processes of a run write into one file."""
        line = json.dumps(record(exchange), ensure_ascii=False) + "\n"
        with self._lock:
            self._write(line)

    def count(self, exchange: Exchange) -> None:
        """Count an exchange."""
        with self._lock:
            tally = self.tallies.setdefault(exchange.operation.name, Tally(exchange.operation))
            tally.statuses[exchange.status] += 1
            tally.seconds.append(exchange.seconds)
            tally.service_seconds += exchange.service_seconds
            if exchange.scenario:
                tally.scenarios.add(exchange.scenario)
            if exchange.status in exchange.operation.success:
                tally.succeeded += 1
                tally.succeeded_in.add(exchange.scenario)
                tally.kept += not exchange.findings and not exchange.failure

    def _write(self, line: str) -> None:
        data = line.encode("utf-8", "backslashreplace")
        try:
            while data and not self.problem:
                data = data[self._file.write(data) :]
        except OSError as error:
            self.problem = f"the exchanges cannot be written to {self._file.name} ({error.strerror})"

    def slowest(self, count: int = 5) -> list[tuple[str, float]]:
        """Return the operations with the slowest single call, slowest first, with its seconds."""
        worst = ((name, max(tally.seconds)) for name, tally in self.tallies.items() if tally.seconds)
        return sorted(worst, key=lambda pair: -pair[1])[:count]

    def close(self) -> None:
        """Close the file."""
        self._file.close()
