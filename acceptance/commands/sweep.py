"""Finish what a killed run could not: undo, last first, everything that its ledger still holds."""

import os
from argparse import Namespace
from pathlib import Path

from acceptance.calls.undo_ledger import FOLDER, Undo, perform, unfinished
from acceptance.errors import ConfigurationError, SuiteError
from acceptance.run import project
from acceptance.run.settings import Settings

REPORTS = Path("reports")


def run(_: Namespace) -> int:
    """Sweep every ledger of a run that is over; return 0 when nothing is left behind."""
    config = project.current().settings.load()
    left = 0
    for path in sorted(REPORTS.glob(f"**/{FOLDER}/*.jsonl")):
        header, entries = unfinished(path)
        if _alive(header.get("pid")):
            print(f"{path.name}: that run is still going, left alone")
        elif not header.get("base_url") or not entries:
            # The embedded service died with its run, and everything in it.
            path.unlink()
        else:
            left += _sweep(config, header["base_url"], path, entries)
    print("nothing is left behind" if not left else f"{left} thing(s) are still there; see above")
    return 1 if left else 0


def _sweep(config: Settings, base_url: str, path: Path, entries: list[Undo]) -> int:
    if base_url != config.base_url:
        mend = f"set {config.name_of('base_url')}={base_url} and sweep again"
        raise SuiteError(f"{path.name} belongs to {base_url}; {mend}")
    undoing = project.current().undoing
    if undoing is None:
        raise ConfigurationError(f"{path.name} cannot be swept: the project says nothing about undoing")
    with undoing(config) as send:
        failures = [problem for entry in reversed(entries) if (problem := perform(entry, send))]
    for entry in entries:
        print(f"{path.name}: {entry.what or entry.path}")
    for failure in failures:
        print(failure)
    if not failures:
        path.unlink()
    return len(failures)


def _alive(pid: object) -> bool:
    try:
        os.kill(int(str(pid)), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
