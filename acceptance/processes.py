"""A process of ours: started with the run, its output kept, and gone when the run is, however that ends."""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

STOP_SECONDS = 5.0


class Process:
    """A Python module that runs beside the suite. It has to end when its standard input does."""

    def __init__(self, module: Sequence[str], log: Path, environ: Mapping[str, str] | None = None) -> None:
        self._log_path, self._log = log, log.open("w", encoding="utf-8")
        self._process = subprocess.Popen(  # noqa: S603 our own modules, named by us
            [sys.executable, "-m", *module, "--exit-with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environ,
            text=True,
            start_new_session=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._pump, daemon=True).start()

    def announced(self, words: str, seconds: float) -> str | None:
        """Return what follows these words in a line; None when the process or the seconds end before."""
        deadline = time.monotonic() + seconds
        with suppress(queue.Empty):
            while (left := deadline - time.monotonic()) > 0 and (line := self._lines.get(timeout=left)):
                if words in line:
                    return line.partition(words)[2].strip()
        return None

    def end(self) -> None:
        """Ask the process to end, without waiting for it."""
        self._process.terminate()

    def stop(self) -> None:
        """End the process, by force when it takes longer than five seconds."""
        self.end()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
        # A full disk costs the log its end; the other processes must still be stopped.
        with suppress(OSError):
            self._log.close()

    def last_words(self) -> str:
        """Return the last line of the log of a stopped process."""
        lines = self._log_path.read_text(encoding="utf-8").strip().splitlines()
        return lines[-1] if lines else "it said nothing"

    def _pump(self) -> None:
        """Hand the lines over and keep them in the log, so that the pipe never fills."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
            if not self._log.closed:
                with suppress(OSError):
                    self._log.write(line)
        self._lines.put(None)
