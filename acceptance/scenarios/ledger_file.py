"""The file of a ledger, as the sweep reads it: whatever became of it, nothing intact is lost.

The first line is the header: the form of the lines, the target, the host. Then there is a line for each
step: `add` an entry, `known` values that it lacked, `done` when nothing is left of it.
"""

import fcntl
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from acceptance.scenarios.undo import Search, Undo, complete
from acceptance.scenarios.undo_ledger import FORM, host

# Ten heartbeats: a run on another host that was not heard of for so long is over.
SILENT_SECONDS = 300.0


@dataclass
class LedgerFile:
    """What a ledger says: its header, its open entries by number, the oldest first, and what is damaged."""

    header: dict[str, Any] = field(default_factory=dict)
    entries: dict[int, Undo] = field(default_factory=dict)
    damage: list[str] = field(default_factory=list)


def read(content: bytes) -> LedgerFile:
    """Return what a ledger's bytes say; a line that cannot be read is damage and costs no other line."""
    ledger = LedgerFile()
    *lines, rest = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _take(ledger, number, json.loads(line.decode("utf-8")))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            ledger.damage.append(f"line {number} cannot be read")
    if rest or not lines:
        ledger.damage.append(f"line {len(lines) + 1} is cut off" if rest else "it is empty")
    if not ledger.header and lines:
        ledger.damage.append("its first line does not say where it belongs")
    return ledger


def _take(ledger: LedgerFile, number: int, line: Mapping[str, Any]) -> None:
    if number == 1:
        ledger.header = _header(line["header"])
    elif "add" in line:
        if line["add"] in ledger.entries:
            raise ValueError("two entries of one number")
        ledger.entries[_number(line["add"])] = _entry(line["undo"])
    elif "known" in line:
        known = _number(line["known"])
        if known in ledger.entries:
            ledger.entries[known] = complete(ledger.entries[known], _mapping(line["values"]))
    else:
        ledger.entries.pop(_number(line["done"]), None)


def _header(header: Any) -> dict[str, Any]:
    if not isinstance(_mapping(header).get("base_url"), str):
        raise ValueError("no target")
    return dict(header)


def _number(number: Any) -> int:
    if type(number) is not int:
        raise ValueError("no number of an entry")
    return number


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value


def _entry(entry: Any) -> Undo:
    """Return the undo entry of a line; raises an error when that is none."""
    fields = dict(_mapping(entry))
    if search := fields.pop("search", None):
        fields["search"] = Search(**search)
    undo = Undo(**fields | {"accept": tuple(fields.get("accept", Undo.accept))})
    texts, objects = (undo.method, undo.path, undo.what), (undo.caller, undo.values, undo.query)
    if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, dict) for one in objects):
        raise ValueError("no undo entry")
    return undo


@contextmanager
def claimed(path: Path) -> Iterator[IO[bytes] | None]:
    """Give the file of a run that is over, locked against others who sweep; None while somebody holds it."""
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file


def is_heard_of(path: Path, header: Mapping[str, Any]) -> bool:
    """Whether a run on another host, whose lock is not seen here, has touched its ledger of late."""
    return header.get("host", host()) != host() and time.time() - path.stat().st_mtime < SILENT_SECONDS


def is_known_form(header: Mapping[str, Any]) -> bool:
    """Whether the lines below a header have the form that is read here."""
    return header.get("form") == FORM
