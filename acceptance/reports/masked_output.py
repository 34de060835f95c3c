"""The process's own output: no secret gets through it, and no character and no closed pipe ends the run."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from acceptance.redaction import mask_text


class MaskedStream:
    """A text stream that hides secrets and outlives its reader."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._closed_pipe = False

    def write(self, text: str) -> int:
        """Write the text, secrets hidden; returns the length of what was given."""
        self._try(lambda: self._stream.write(mask_text(text)))
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        self._try(self._stream.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _try(self, action: Callable[[], object]) -> None:
        if self._closed_pipe:
            return
        try:
            action()
        except BrokenPipeError:
            # The reader has gone (`behave | head`); the run still has to clean up and write its reports.
            self._closed_pipe = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


@contextmanager
def masked_output(openers: list[Any]) -> Iterator[None]:
    """Mask stdout and stderr, and what behave's formatters write through these stream openers."""
    stdout, stderr = sys.stdout, sys.stderr
    for stream in (stdout, stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = MaskedStream(stdout), MaskedStream(stderr)
    for opener in openers:
        _mask(opener)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stdout, sys.stderr = stdout, stderr


def _mask(opener: Any) -> None:
    open_stream = opener.open

    def open_masked() -> MaskedStream:
        if not isinstance(opener.stream, MaskedStream):
            opener.stream = MaskedStream(open_stream())
        return opener.stream

    opener.open = open_masked
    # A formatter takes a stream that is open already without asking.
    if opener.stream is not None:
        open_masked()
