"""What a run leaves in its reports folder: Allure results, JUnit and the list for a rerun."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from acceptance.reports import junit
from acceptance.errors import unwritable
from acceptance.scenarios.undo_ledger import FOLDER as LEDGERS
from acceptance.reports.recorder import Recorder
from acceptance.verdicts.verdict import Status, Troubles, Verdict, judge_container, judge_run

Judge = Callable[[Any], Verdict]
BESIDE = "beside-"


class Claim:
    """The folder that a run writes to; a lock file in it says so for as long as the run lasts.

    `folder` is the reports folder itself, or one inside it while another run writes there. The lock goes
    with the process, however that ends.
    Raises OSError when it cannot be written.
    """

    def __init__(self, reports: Path) -> None:
        self.folder, lock = reports, _lock(reports)
        if lock is None:
            self.folder = reports / f"{BESIDE}{os.getpid()}"
            lock = _lock(self.folder)
        else:
            _remove_finished(reports)
        self._lock = lock


def _lock(folder: Path) -> IO[str] | None:
    """Return the lock file of a folder, held until it is closed, or None while another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _remove_finished(reports: Path) -> None:
    for beside in reports.glob(f"{BESIDE}*"):
        lock = _lock(beside)
        # What a killed run still has to undo stays for the sweep.
        if lock and not any((beside / LEDGERS).glob("*")):
            shutil.rmtree(beside)
        if lock:
            lock.close()


def prepare(folder: Path) -> None:
    """Make the reports folder ready for a new run. Raises ConfigurationError when it cannot be written."""
    results = folder / "allure-results"
    try:
        if results.exists():
            shutil.rmtree(results)
        (folder / junit.PLACE).unlink(missing_ok=True)
        results.mkdir(parents=True)
        (results / "environment.properties").write_text("", encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error


class Reports:
    """A behave reporter that judges every selected scenario once and writes what came of it.

    A failing write is remembered in `errors`; it never ends the run. Files are written after a feature, so
    that a full disk cannot disturb a scenario.
    """

    def __init__(
        self, folder: Path, config: Any, selected: Iterable[Any], judge: Judge, troubles: Troubles
    ) -> None:
        self.recorder = Recorder(config, folder / "allure-results")
        self.verdicts: list[Verdict] = []
        self.errors: list[str] = []
        self._folder = folder
        self._selected = {id(scenario) for scenario in selected}
        self._judge = judge
        self._troubles = troubles

    def feature(self, feature: Any) -> None:
        """Judge and report the scenarios of a feature that has ended, or that was never begun."""
        for scenario in feature.walk_scenarios():
            if id(scenario) in self._selected:
                self._report(self._judge(scenario))
        for owner in [feature, *feature.rules]:
            self._report_container(owner)

    def end(self) -> None:
        """Report what went wrong after the last feature."""
        self._report_container(None)

    def report_run(self, title: str, message: str, status: Status = Status.BROKEN) -> None:
        """Report something that is wrong with the run as a whole."""
        self._report(replace(judge_run(title, message), status=status))

    def write(self, environment: Mapping[str, str]) -> None:
        """Write what is written once for each run."""
        self.recorder.end(environment)
        self.attempt(self.recorder.files.write)
        self.attempt(lambda: junit.write(self._folder / junit.PLACE, self.verdicts, environment))
        self.attempt(self._write_rerun_list)

    def _report_container(self, owner: Any) -> None:
        for verdict in judge_container(owner, self._troubles):
            self._report(verdict)

    def _report(self, verdict: Verdict) -> None:
        self.verdicts.append(self.recorder.add(verdict))
        self.attempt(self.recorder.files.write)

    def _write_rerun_list(self) -> None:
        # behave reads the entries relative to the folder of the list.
        red = [verdict for verdict in self.verdicts if verdict.red and verdict.scenario]
        lines = [f"{os.path.relpath(verdict.file, self._folder)}:{verdict.line}" for verdict in red]
        path = self._folder / "rerun.txt"
        if lines:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        else:
            path.unlink(missing_ok=True)

    @property
    def red(self) -> bool:
        """Whether any verdict makes the run fail."""
        return any(verdict.red for verdict in self.verdicts)

    def attempt(self, write: Callable[[], None]) -> None:
        """Write something; a failure is remembered."""
        try:
            write()
        except OSError as error:
            sentence = f"a report could not be written ({error.strerror}: {error.filename or self._folder})"
            if sentence not in self.errors:
                self.errors.append(sentence)
