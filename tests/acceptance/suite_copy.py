"""The real suite, run in a folder of its own, so that a test leaves the repository's reports alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

PARTS = ("features", "steps", "environment.py", "contract", "pyproject.toml")
ROOT = Path(__file__).parents[2]
PATIENCE = 300


class SuiteCopy:
    """Starts behave and the commands of the suite against one service."""

    def __init__(self, folder: Path, base_url: str, **environ: str) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        for part in PARTS:
            (folder / part).symlink_to(ROOT / part)
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("SMOKE_", "GITHUB_"))
        }
        self.environ = {**clean, "SMOKE_BASE_URL": base_url, **environ}

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return self._python("-m", "behave", *arguments)

    def command(self, *arguments: str) -> tuple[int, str]:
        return finished(self._python("-m", "acceptance", *arguments))

    def run(self, *arguments: str) -> tuple[int, str]:
        return finished(self.start(*arguments))

    def _python(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environ,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    try:
        out, _ = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, out


def wait_for(condition, what: str) -> None:
    """Wait until something is so; a test that waits in vain fails after five minutes."""
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.01)
