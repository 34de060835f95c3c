"""The service under test: an external one, or the embedded reference service as a process of ours."""

import os
import queue
import secrets
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from acceptance.errors import TargetError
from acceptance.redaction import learn
from acceptance.settings import Settings

START_SECONDS = 20.0
STOP_SECONDS = 5.0
LOG = "reference-service.log"
ANNOUNCED = "listening on "


@dataclass
class Target:
    """Where the service is; an embedded one is stopped by `stop`, and dies with the run in any case."""

    base_url: str
    name: str
    process: subprocess.Popen[str] | None = None
    log: IO[str] | None = None

    def stop(self) -> None:
        """Stop the embedded service; an external one is left alone."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_SECONDS)
        if self.log:
            self.log.close()


def start(settings: Settings, reports: Path) -> tuple[Target, Settings]:
    """Return the target and the settings that go with it: the embedded one brings its own secrets.

    Raises TargetError when the embedded service does not start in time.
    """
    if not settings.embedded:
        return Target(settings.base_url, settings.base_url), settings
    stripe, logs = f"whsec_{secrets.token_hex(16)}", secrets.token_hex(16)
    learn(stripe, logs)
    environ = {**os.environ, "REFERENCE_STRIPE_WEBHOOK_SECRET": stripe, "REFERENCE_LOG_SECRET": logs}
    target = _launch(environ, reports / LOG)
    settings = replace(
        settings,
        stripe_webhook_secret=settings.stripe_webhook_secret or stripe,
        log_secret=settings.log_secret or logs,
        petsage_url=settings.petsage_url or target.base_url,
    )
    return target, settings


def _launch(environ: dict[str, str], log_path: Path) -> Target:
    log = log_path.open("w", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "reference_service", "--port", "0", "--announce", "--exit-with-parent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=environ,
        text=True,
        start_new_session=True,
    )
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_pump, args=(process, log, lines), daemon=True).start()
    try:
        line = lines.get(timeout=START_SECONDS)
    except queue.Empty:
        line = ""
    if not line.startswith(ANNOUNCED):
        process.kill()
        process.wait(STOP_SECONDS)
        log.close()
        last = log_path.read_text(encoding="utf-8").strip().splitlines()[-1:] or ["it said nothing"]
        raise TargetError(f"the embedded reference service did not start ({last[0]}); see {log_path}")
    return Target(line.removeprefix(ANNOUNCED).strip(), "embedded", process, log)


def _pump(process: subprocess.Popen[str], log: IO[str], lines: "queue.Queue[str]") -> None:
    """Hand over the first line and keep the rest in the log, so that the pipe never fills."""
    assert process.stdout is not None
    lines.put(process.stdout.readline())
    for line in process.stdout:
        if not log.closed:
            log.write(line)
