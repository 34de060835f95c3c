"""SIGINT, SIGTERM and the end of its time end a run once, and only where behave still cleans up."""

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
        self.reason = "the run was interrupted"
        self._raised = False
        self._allowed = False
        self._previous: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            self._previous = {number: signal.signal(number, self._receive) for number in SIGNALS}
        return self

    def __exit__(self, *error: object) -> None:
        if self._previous:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def after(self, seconds: float, reason: str) -> None:
        """Interrupt after so many seconds, more than none, and give this as the reason."""
        if not self._previous:
            # Signals reach the main thread alone.
            return

        def ring(number: int, frame: FrameType | None) -> None:
            if not self.received:
                self.reason = reason
                self._receive(number, frame)

        self._previous[signal.SIGALRM] = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)

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
        said = f"{self.reason}; cleaning up" if number == signal.SIGALRM else f"{name} {again}"
        sys.__stderr__ and sys.__stderr__.write(f"\n{said}\n")
        self.received = True
        if self._allowed:
            self._raise_once()

    def _raise_once(self) -> None:
        if self.received and not self._raised:
            self._raised = True
            raise KeyboardInterrupt(self.reason)
