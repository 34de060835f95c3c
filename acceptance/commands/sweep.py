"""Finish what a killed run could not: undo, last first, everything that its ledger still holds."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from acceptance.calls.client import Api
from acceptance.calls.exchange import Exchange
from acceptance.calls.undo_ledger import FOLDER, Undo, perform, undo_call, unfinished
from acceptance.contract import document
from acceptance.errors import SuiteError
from api_service import settings
from api_service.people.accounts import People, Person

REPORTS = Path("reports")


def add_arguments(parser: ArgumentParser) -> None:
    """This command takes no arguments."""


def run(_: Namespace) -> int:
    """Sweep every ledger of a run that is over; return 0 when nothing is left behind."""
    config = settings.load()
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


def _sweep(config: settings.Settings, base_url: str, path: Path, entries: list[Undo]) -> int:
    if base_url != config.base_url:
        raise SuiteError(f"{path.name} belongs to {base_url}; set SMOKE_BASE_URL={base_url} and sweep again")
    api = Api(base_url, document.load(), config.http_timeout, config.stream_timeout)
    people = People(api, config.token_audience)

    def send(undo: Undo) -> Exchange:
        person = Person("the sweep", undo.email, config.user_password, tenant_id=undo.tenant_id)
        return api.send(undo_call(undo, people.token(person)))

    failures = [problem for entry in reversed(entries) if (problem := perform(entry, send))]
    for entry in entries:
        print(f"{path.name}: {entry.what or entry.path}")
    for failure in failures:
        print(failure)
    people.sign_out_all()
    api.close()
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
