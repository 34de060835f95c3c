"""What was created and how it is undone: last first, and on disk before the next call.

An entry is data, so that `python -m acceptance sweep` can finish after a killed run. An entry never holds
a secret: people sign in anew to undo.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import NotOfferedError, TargetError
from acceptance.redaction import mask_data

GONE = (404, 410)
FOLDER = "ledger"


@dataclass(frozen=True)
class Undo:
    """One call that undoes something: who makes it, and which answers besides success mean "gone"."""

    email: str
    tenant_id: str
    method: str
    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    accept: tuple[int, ...] = GONE
    what: str = ""


class Ledger:
    """The undo entries of one run, in a file of their own; a scenario undoes what it added."""

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._open: dict[int, Undo] = {}
        self._count = 0
        self._write({"header": {**header, "pid": os.getpid()}})

    def add(self, undo: Undo) -> None:
        """Remember how to undo; raises ValueError when the entry would put a secret on disk."""
        entry = json.loads(json.dumps(asdict(undo)))
        if mask_data(entry) != entry:
            raise ValueError(f"the undo entry for {undo.what or undo.path} holds a secret")
        self._count += 1
        self._write({"add": self._count, "undo": entry})
        self._open[self._count] = undo

    def mark(self) -> int:
        """Return a mark; `undo_since` undoes what is added after it."""
        return self._count

    def undo_since(self, mark: int, send: Callable[[Undo], Exchange]) -> list[str]:
        """Undo everything added after the mark, last first; return what could not be undone, in words."""
        failures = []
        for number in sorted((n for n in self._open if n > mark), reverse=True):
            problem = perform(self._open[number], send)
            if problem:
                failures.append(problem)
            else:
                del self._open[number]
                self._write({"done": number})
        return failures

    def close(self) -> None:
        """Remove the file when everything is undone."""
        if not self._open:
            self._path.unlink(missing_ok=True)

    def _write(self, line: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def undo_call(undo: Undo, token: str) -> Call:
    """Return the call that an entry stands for, made with a token of the person who is named in it."""
    return Call("cleanup", undo.method, undo.path, undo.values, undo.json, undo.query, token=token)


def perform(undo: Undo, send: Callable[[Undo], Exchange]) -> str:
    """Make an undo call; return why it failed, or an empty string."""
    try:
        exchange = send(undo)
    except (TargetError, NotOfferedError) as error:
        return f"{undo.what or undo.path} was left behind: {error}"
    exchange.looked_at = True
    if exchange.status in undo.accept or 200 <= exchange.status < 300:
        return ""
    got = exchange.failure or f"status {exchange.status}"
    call = f"{undo.method} {undo.path} got {got} ({exchange.request_id})"
    return f"{undo.what or undo.path} was left behind: {call}"


def unfinished(path: Path) -> tuple[dict[str, Any], list[Undo]]:
    """Return the header and the open entries of a ledger file, oldest first; a torn line is no entry."""
    header: dict[str, Any] = {}
    entries: dict[int, Undo] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            data = json.loads(line)
        except ValueError:
            continue
        if "header" in data:
            header = data["header"]
        elif "add" in data:
            entries[data["add"]] = Undo(**{**data["undo"], "accept": tuple(data["undo"]["accept"])})
        elif "done" in data:
            entries.pop(data["done"], None)
    return header, list(entries.values())
