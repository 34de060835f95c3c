"""A copy of the project in which the reference service may be changed and the suite run."""

import compileall
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

from acceptance.errors import SuiteError

LEFT_BEHIND = (".*", "reports", "node_modules", "__pycache__", "build", "*.egg-info")
INGREDIENTS = {".py", ".feature", ".toml", ".json"}
# Far more than a whole run takes on a busy machine: only a mutant that hangs runs into it.
DEADLINE_SECONDS = 900.0
# A slow machine must not be taken for a broken service.
PATIENCE = {"SMOKE_HTTP_TIMEOUT": "60", "SMOKE_STREAM_TIMEOUT": "60"}
SURVIVED = "survived"
NOTHING_RAN = 3
# By behave's exit code.
KINDS = {0: SURVIVED, 1: "red", NOTHING_RAN: "not served", 4: "no start"}


@dataclass(frozen=True)
class Outcome:
    """How a run of the suite ended: `kind` in one word, `where` the first scenario that failed."""

    kind: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.kind} ({self.where})" if self.where else self.kind


class Workplace:
    """The project in a folder of its own. What is changed here is seen nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(".", folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        # What is changed later is told by its hash, so that no mutant runs as it was compiled before.
        compileall.compile_dir(str(folder), quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)

    @cached_property
    def fingerprint(self) -> str:
        """What the outcome of a run depends on, as a hash."""
        found = sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in INGREDIENTS:
                found.update(bytes(path.relative_to(self.folder)) + path.read_bytes())
        return found.hexdigest()

    @contextmanager
    def changed(self, path: Path, code: str) -> Iterator[None]:
        """Have other code in a file for a while."""
        place = self.folder / path
        original = place.read_text(encoding="utf-8")
        place.write_text(code, encoding="utf-8")
        try:
            yield
        finally:
            place.write_text(original, encoding="utf-8")

    def run(self, locations: Sequence[str]) -> Outcome:
        """Run scenarios on the embedded service until one fails; all of them when none is given.

        Raises SuiteError when the run ended neither well nor with a failure of the service.
        """
        reports, chosen = self.folder / "reports", self.folder / "chosen.txt"
        shutil.rmtree(reports, ignore_errors=True)
        chosen.write_text("\n".join(locations), encoding="utf-8")
        command = [sys.executable, "-m", "behave", "--stop", "--no-summary"]
        command += [f"@{chosen.name}"] if locations else []
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
        try:
            code = subprocess.run(  # noqa: S603 our own arguments
                command, cwd=self.folder, env=_environment(), timeout=DEADLINE_SECONDS, check=False, **streams
            ).returncode
        except subprocess.TimeoutExpired:
            return Outcome("out of time")
        # Where all of a few scenarios are skipped, a whole run may well be green.
        if code == NOTHING_RAN and locations:
            return self.run([])
        failed = reports / "rerun.txt"
        lines = failed.read_text(encoding="utf-8").splitlines() if failed.exists() else []
        where = next((line.removeprefix("../") for line in lines if line[:1] != "#"), "")
        if code not in KINDS:
            # A full disk or a killed process is no sign that somebody noticed the mutant.
            raise SuiteError(f"a run ended with exit code {code}, which says nothing about its service")
        return Outcome(KINDS[code], where)


def _environment() -> dict[str, str]:
    """Return the environment of a run: no settings of targets, and no code that is kept compiled."""
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("SMOKE_", "REFERENCE_"))
    }
    return {**others, **PATIENCE, "SMOKE_BASE_URL": "", "PYTHONDONTWRITEBYTECODE": "1"}
