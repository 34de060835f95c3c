"""What a run makes and how it is undone: last first, in memory and on disk before it is made.

An entry is data, so that `python -m acceptance sweep` can finish after a killed run. An entry never holds
a secret: people sign in anew to undo. The lines of the file are told in `ledger_file.py`.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.errors import SuiteError
from acceptance.json_values import at
from acceptance.redaction import mask_keys
from acceptance.scenarios.undo import Undo, complete, perform

FOLDER = "ledger"
# The form of the lines; a file of another form is not read.
FORM = 2
HEARTBEAT_SECONDS = 30.0
# What may have made something although it is a client's error: a gateway did not wait for the answer.
TOO_LATE = 408


class LedgerError(SuiteError, OSError):
    """The ledger cannot be written, so nothing more may be made (exit code 1)."""


class Ledger:
    """The undo entries of one run, in a file of their own.

    The file is locked while the run lives, and touched every half a minute, for sweeps on other hosts.
    `problem` says why it cannot be written any more. Raises OSError when it cannot be begun.
    """

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.problem = ""
        self._path, self._file = path, path.open("ab", buffering=0)
        self._numbers = count(1)
        self._open: set[int] = set()
        self._ended = threading.Event()
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._write({"header": {"form": FORM, **header, "host": host()}})
        threading.Thread(target=self._beat, daemon=True).start()

    def add(self, undo: Undo, remember: Callable[[int], None] = lambda _: None) -> int:
        """Write down how to undo, return the entry's number.

        Raises ValueError for a secret in the entry, LedgerError when the ledger cannot be written.
        """
        entry = json.loads(json.dumps(asdict(undo)))
        # By key alone: a service that calls an id a token cannot keep what has that id from being undone.
        if mask_keys(entry) != entry:
            raise ValueError(f"the undo entry for {undo.what or undo.path} holds a secret")
        number = next(self._numbers)
        # In memory before on disk: what a signal or a full disk cuts short is still undone.
        self._open.add(number)
        remember(number)
        self._note({"add": number, "undo": entry})
        if self.problem:
            raise LedgerError(self.problem)
        return number

    def known(self, number: int, values: Mapping[str, Any]) -> None:
        """Write down the values that an entry lacked, now that an answer has told them."""
        self._note({"known": number, "values": dict(values)})

    def done(self, number: int) -> None:
        """Write down that an entry is undone, or that there is nothing to undo."""
        self._note({"done": number})
        self._open.discard(number)

    def close(self) -> None:
        """Remove the file when everything is undone, and give up its lock."""
        self._ended.set()
        fcntl.flock(self._file, fcntl.LOCK_UN)
        if not self._open:
            self._path.unlink(missing_ok=True)
            self._file.close()

    def _note(self, line: Mapping[str, Any]) -> None:
        """Write a line, or remember why that is impossible: what is in memory is still undone."""
        try:
            self._write(line)
        except OSError as error:
            self.problem = f"the ledger {self._path} cannot be written ({error.strerror})"

    def _write(self, line: Mapping[str, Any]) -> None:
        data = json.dumps(line).encode() + b"\n"
        size = os.fstat(self._file.fileno()).st_size
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError:
            # Half a line would spoil the next one, too.
            with suppress(OSError):
                self._file.truncate(size)
            raise

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_SECONDS):
            with suppress(OSError, ValueError):
                os.utime(self._file.fileno())


def host() -> str:
    """Return what tells this machine, as it runs now, from others; containers on it are the same machine."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return os.uname().nodename


class Intent:
    """One entry of `Undos`, written down before the call that makes something."""

    def __init__(self, undos: "Undos", number: int) -> None:
        self._undos, self._number = undos, number

    def known(self, **values: Any) -> None:
        """Say what was made, so that nobody has to search for it."""
        self._undos.know(self._number, values)

    def dismiss(self) -> None:
        """Say that nothing was made, or that it is undone."""
        self._undos.forget(self._number)

    def settle(self, exchanges: Sequence[Exchange], answered: Mapping[str, str]) -> None:
        """Take what was made from the last of the exchanges: nothing, if it is a refusal.

        `answered` are the missing values, and the dotted paths under which a success tells them. Where it
        does not, or where there is no answer, what was made is searched for in the end.
        """
        last = exchanges[-1] if exchanges else None
        if last and 400 <= last.status < 500 and last.status != TOO_LATE and last.is_sound:
            self.dismiss()
        elif last and last.is_as_promised and answered:
            values = {name: _told(last, path) for name, path in answered.items()}
            if all(values.values()):
                self.known(**values)


def _told(exchange: Exchange, path: str) -> str | None:
    """Return the text under a dotted path of an answer, or of the first event that has it."""
    found = (at(part, path) for part in (exchange.body, *exchange.events))
    return next((one for one in found if isinstance(one, str)), None)


class Undos:
    """What one scenario, or the run itself, has to undo; each entry stands in the ledger before the deed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._open: dict[int, Undo] = {}

    def add(self, undo: Undo, *, anyway: bool = False) -> Intent:
        """Write down how to undo what is made next, or was made just now.

        Raises ValueError when the entry would put a secret on disk, LedgerError when it cannot be written;
        `anyway` keeps it in memory then: nothing can be undone without a session.
        """
        noted: list[int] = []

        def remember(number: int) -> None:
            self._open[number] = undo
            noted.append(number)

        try:
            self._ledger.add(undo, remember)
        except LedgerError:
            if not anyway:
                raise
        return Intent(self, noted[0])

    def know(self, number: int, values: Mapping[str, Any]) -> None:
        """Complete an entry with the values that it lacked."""
        if undo := self._open.get(number):
            self._open[number] = complete(undo, values)
            self._ledger.known(number, values)

    def forget(self, number: int) -> None:
        """Drop an entry of which nothing is to be undone."""
        if self._open.pop(number, None):
            self._ledger.done(number)

    def perform(self, send: Callable[[Undo], Exchange]) -> list[str]:
        """Undo everything, last first; return what could not be undone, in words."""
        failures = []
        for number in reversed(list(self._open)):
            if problem := perform(self._open.pop(number), send):
                failures.append(problem)
            else:
                self._ledger.done(number)
        return failures
