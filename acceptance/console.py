"""The process's own output: no secret gets through it, and no character breaks it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from acceptance.redaction import mask_text


class MaskedStream:
    """A text stream that hides secrets, writes what the encoding lacks as `?` and survives a closed pipe."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._closed_pipe = False

    def write(self, text: str) -> int:
        """Write the text, secrets hidden; returns the length of what was given."""
        encoding = self._stream.encoding or "utf-8"
        printable = mask_text(text).encode(encoding, errors="replace").decode(encoding)
        self._try(lambda: self._stream.write(printable))
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        self._try(self._stream.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _try(self, action: Any) -> None:
        if self._closed_pipe:
            return
        try:
            action()
        except BrokenPipeError:
            # The reader has gone (`behave | head`); the run still has to clean up and write its reports.
            self._closed_pipe = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


@contextmanager
def masked_output(outputs: list[Any]) -> Iterator[None]:
    """Mask stdout and stderr, and the streams that behave has already opened for its formatters."""
    stdout, stderr = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = MaskedStream(stdout), MaskedStream(stderr)
    for opener in outputs:
        if opener.stream is not None:
            opener.stream = MaskedStream(opener.stream)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stdout, sys.stderr = stdout, stderr
