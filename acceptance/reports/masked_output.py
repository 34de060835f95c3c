"""The process's own output: no secret and no foreign command gets through, and no closed pipe ends the run."""

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from acceptance.redaction import mask_text
from acceptance.visible import visible


class MaskedStream:
    """A text stream that hides secrets, shows control characters as escapes, and outlives its reader.

    An `obeyed` one lets colours and workflow commands through: what is foreign in its texts is `visible` already.
    """

    def __init__(self, stream: Any, *, obeyed: bool = False) -> None:
        self._stream, self._obeyed = stream, obeyed
        self._closed_pipe = False

    def write(self, text: str) -> int:
        """Write the text, secrets hidden; returns the length of what was given."""
        masked = mask_text(text)
        self._try(lambda: self._stream.write(masked if self._obeyed else visible(masked)))
        return len(text)

    def obeyed(self) -> "MaskedStream":
        """Return the stream for colours and workflow commands of our own."""
        return MaskedStream(self._stream, obeyed=True)

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


def obeyed(stream: Any) -> Any:
    """Return where colours and workflow commands of our own are written; see `MaskedStream`."""
    return stream.obeyed() if isinstance(stream, MaskedStream) else stream


@contextmanager
def masked_output(openers: Sequence[Any] = ()) -> Iterator[None]:
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
