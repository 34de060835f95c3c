"""The reference service as a process on a free port, for tests that need a whole deployment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running_service(**environ: str) -> Iterator[str]:
    command = [sys.executable, "-m", "reference_service", "--port", "0", "--announce", "--exit-with-parent"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **environ}
    )
    assert process.stdin and process.stdout
    try:
        line = process.stdout.readline()
        yield line.removeprefix("listening on ").strip()
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
