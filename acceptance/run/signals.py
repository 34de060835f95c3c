"""SIGINT and SIGTERM end a run once, and only where behave still cleans up."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """While entered, the first signal becomes one KeyboardInterrupt; later ones cost no cleanup.

    The interrupt is raised inside `allowed()` only (the bodies of steps and hooks). A signal that arrives in
    a cleanup or inside behave waits for the next such place.
    """

    def __init__(self) -> None:
        self.received = False
        self._raised = False
        self._allowed = False
        self._previous: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            self._previous = {number: signal.signal(number, self._receive) for number in SIGNALS}
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Let a signal, also one received earlier, raise KeyboardInterrupt in this block."""
        outer, self._allowed = self._allowed, True
        try:
            self._raise_once()
            yield
        finally:
            self._allowed = outer

    def guard(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, interruptible while it runs."""

        def interruptible(*args: Any, **kwargs: Any) -> Any:
            with self.allowed():
                return function(*args, **kwargs)

        return interruptible

    def _receive(self, number: int, frame: FrameType | None) -> None:
        name = signal.Signals(number).name
        again = "again; cleaning up first" if self.received else "received; cleaning up"
        sys.__stderr__ and sys.__stderr__.write(f"\n{name} {again}\n")
        self.received = True
        if self._allowed:
            self._raise_once()

    def _raise_once(self) -> None:
        if self.received and not self._raised:
            self._raised = True
            raise KeyboardInterrupt
