"""When a signal may interrupt: never between a call that makes something and the note of its answer."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_held = 0


def _release() -> None:
    """Do nothing: nobody waits for interruptions."""


def on_release(function: Callable[[], None]) -> None:
    """Have a function called whenever interruptions are no longer held back; it may raise one."""
    global _release  # noqa: PLW0603 signals are the whole process's, too
    _release = function


def is_held() -> bool:
    """Whether an interruption has to wait."""
    return _held > 0


@contextmanager
def held() -> Iterator[None]:
    """Hold interruptions of the main thread back until the end of the block; a block may be in another."""
    global _held  # noqa: PLW0603
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        if not _held:
            _release()
