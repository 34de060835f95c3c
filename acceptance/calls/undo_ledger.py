"""What was created and how it is undone: last first, and on disk before the next call.

An entry is data, so that `python -m acceptance sweep` can finish after a killed run. An entry never holds
a secret: people sign in anew to undo.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import EVIDENCE, NotOfferedError, TargetError
from acceptance.redaction import mask_keys

GONE = (404, 410)
# Who makes undo calls, as reports name them; their request ids end with it.
CLEANUP = "cleanup"
FOLDER = "ledger"


@dataclass(frozen=True)
class Undo:
    """One call that undoes something: who makes it, and which answers besides success mean "gone".

    `caller` is what the API's own package needs to sign them in, without a secret.
    """

    caller: Mapping[str, str]
    method: str
    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    accept: tuple[int, ...] = GONE
    what: str = ""


class Ledger:
    """The undo entries of one run, in a file of their own."""

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._numbers = count(1)
        self._open: set[int] = set()
        self._write({"header": {**header, "pid": os.getpid()}})

    def add(self, undo: Undo, remember: Callable[[int], None] = lambda _: None) -> int:
        """Write down how to undo, return the entry's number; raises ValueError for a secret in the entry."""
        entry = json.loads(json.dumps(asdict(undo)))
        # By key alone: a service that calls an id a token cannot keep what has that id from being undone.
        if mask_keys(entry) != entry:
            raise ValueError(f"the undo entry for {undo.what or undo.path} holds a secret")
        number = next(self._numbers)
        # In memory before on disk: what a signal or a full disk cuts short is still undone.
        self._open.add(number)
        remember(number)
        self._write({"add": number, "undo": entry})
        return number

    def done(self, number: int) -> None:
        """Write down that an entry is undone."""
        self._write({"done": number})
        self._open.remove(number)

    def close(self) -> None:
        """Remove the file when everything is undone."""
        if not self._open:
            self._path.unlink(missing_ok=True)

    def _write(self, line: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


class Undos:
    """What one scenario has to undo; each entry stands in the ledger before the next call."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._open: list[tuple[int, Undo]] = []

    def add(self, undo: Undo) -> None:
        """Remember how to undo; raises ValueError when the entry would put a secret on disk."""
        self._ledger.add(undo, lambda number: self._open.append((number, undo)))

    def perform(self, send: Callable[[Undo], Exchange]) -> list[str]:
        """Undo everything, last first; return what could not be undone, in words."""
        failures = []
        while self._open:
            number, undo = self._open.pop()
            if problem := perform(undo, send):
                failures.append(problem)
            else:
                self._ledger.done(number)
        return failures


def undo_call(undo: Undo, token: str | None) -> Call:
    """Return the call that an entry stands for, made with a token of the person who is named in it."""
    return Call(CLEANUP, undo.method, undo.path, undo.values, undo.json, undo.query, token=token)


def perform(undo: Undo, send: Callable[[Undo], Exchange]) -> str:
    """Make an undo call; return why it failed, or an empty string."""
    try:
        exchange = send(undo)
    except (TargetError, NotOfferedError) as error:
        return f"{undo.what or undo.path} was left behind: {error}"
    if exchange.is_as_promised or (exchange.status in undo.accept and exchange.is_sound):
        return ""
    # A success that breaks the contract may be another one's answer: a gateway's page, say.
    got = exchange.failure or "; ".join(map(str, exchange.findings)) or f"status {exchange.status}"
    evidence = explain(exchange, "it to be undone").partition(EVIDENCE)
    call = f"{undo.method} {undo.path} got {got}"
    return f"{undo.what or undo.path} was left behind: {call}{''.join(evidence[1:])}"


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
