"""Finish what killed runs could not: undo, last first, everything that their ledgers still hold.

A run holds a lock on its ledger for as long as it lives; that ledger is left alone. The locks of another
host may not be seen here: its ledger is left alone until it was not touched for five minutes, which a live
run does every half a minute. A damaged ledger is told and kept; what is intact in it is undone.
"""

import json
from argparse import Namespace
from pathlib import Path
from typing import IO

from acceptance.errors import ConfigurationError, TargetError
from acceptance.run import project
from acceptance.scenarios.ledger_file import LedgerFile, claimed, is_heard_of, is_known_form, read
from acceptance.scenarios.undo import perform
from acceptance.scenarios.undo_ledger import FOLDER
from acceptance.settings.settings import Settings
from acceptance.visible import shown

REPORTS = Path("reports")


def run(_: Namespace) -> int:
    """Sweep every ledger of a run that is over; return 0 when nothing is left behind, else 1."""
    config = project.current().settings.load()
    left = 0
    for path in sorted(REPORTS.glob(f"**/{FOLDER}/*.jsonl")):
        try:
            problems = _sweep(config, path)
        except FileNotFoundError:
            # A run has ended just now, unless it is a link to nowhere.
            problems = ["it is no file"] if path.is_symlink() else []
        except TargetError as error:
            problems = [str(error)]
        except OSError as error:
            problems = [f"it cannot be read or written ({error.strerror})"]
        for problem in problems:
            print(shown(f"{path.name}: {problem}"))
        left += len(problems)
    print("nothing is left behind" if not left else f"{left} thing(s) are still there; see above")
    return 1 if left else 0


def _sweep(config: Settings, path: Path) -> list[str]:
    """Undo what a ledger holds and remove it; return why it is kept, in words."""
    with claimed(path) as file:
        if file is None:
            print(f"{path.name}: that run is still going, left alone")
            return []
        content = file.read()
        ledger = read(content)
        if is_heard_of(path, ledger.header):
            print(f"{path.name}: a run on another host has just written it, left alone")
            return []
        problems = [*map(_damaged, ledger.damage), *_undo(config, path, file, ledger)]
        if not problems:
            path.unlink(missing_ok=True)
        return problems


def _damaged(damage: str) -> str:
    return f"damaged, and kept: {damage}; look into it, then remove it"


def _undo(config: Settings, path: Path, file: IO[bytes], ledger: LedgerFile) -> list[str]:
    if not ledger.header:
        return []
    if not is_known_form(ledger.header):
        return ["kept: another version of the suite wrote it; sweep with that one, or remove it"]
    base_url = ledger.header["base_url"].rstrip("/")
    if not base_url or not ledger.entries:
        # The embedded service died with its run, and everything in it.
        return []
    if base_url != config.base_url.rstrip("/"):
        return [
            f"kept: it belongs to {base_url}; set {config.name_of('base_url')}={base_url} and sweep again"
        ]
    undoing = project.current().undoing
    if undoing is None:
        raise ConfigurationError(f"{path.name} cannot be swept: the project says nothing about undoing")
    problems = []
    with undoing(config) as send:
        for number, entry in reversed(ledger.entries.items()):
            print(shown(f"{path.name}: {entry.what or entry.path}"))
            if problem := perform(entry, send):
                problems.append(problem)
            else:
                file.write(b"\n" + json.dumps({"done": number}).encode() + b"\n")
    return problems
