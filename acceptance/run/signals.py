"""SIGINT, SIGTERM, SIGHUP and the end of its time end a run once, and only where behave still cleans up."""

import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from acceptance import interruption

MOMENT = 0.001
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """While entered, the first signal becomes one KeyboardInterrupt; later ones cost no cleanup.

    The interrupt is raised inside `allowed()` only (the bodies of steps and hooks), and not while a write
    waits for its answer. A signal that arrives elsewhere waits for the next such place. A hangup that is
    ignored (nohup) stays so. `number` is the signal by which a worker process is told of the interruption.
    """

    def __init__(self) -> None:
        self.received = False
        self.reason = "the run was interrupted"
        self.number = signal.SIGTERM
        self._ends = math.inf
        self._is_worker = False
        self._raised = False
        self._allowed = False
        self._previous: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            heard = [
                one for one in SIGNALS if one != signal.SIGHUP or signal.getsignal(one) != signal.SIG_IGN
            ]
            self._previous = {number: signal.signal(number, self._receive) for number in heard}
            interruption.on_release(self._raise_where_allowed)
        return self

    def __exit__(self, *error: object) -> None:
        interruption.on_release(lambda: None)
        if self._previous:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def after(self, seconds: float, reason: str) -> None:
        """Interrupt after so many seconds, more than none, and give this as the reason."""
        if not self._previous:
            # Signals reach the main thread alone.
            return

        self._ends = time.monotonic() + seconds

        def ring(number: int, frame: FrameType | None) -> None:
            if not self.received:
                self.reason = reason
                self._receive(number, frame)

        self._previous[signal.SIGALRM] = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def enter_worker(self) -> None:
        """Go on in a forked process, which the first one interrupts: terminals ask all processes at once."""
        self._is_worker = True
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if math.isfinite(self._ends):
            signal.setitimer(signal.ITIMER_REAL, max(self._ends - time.monotonic(), MOMENT))

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Let a signal, also one received earlier, raise KeyboardInterrupt in this block."""
        outer, self._allowed = self._allowed, True
        try:
            self._raise_where_allowed()
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
        if not self.received and number == signal.SIGALRM:
            self.number = signal.SIGALRM
        self.received = True
        # The terminal may be what has gone.
        with suppress(OSError, ValueError):
            if sys.__stderr__ and not self._is_worker:
                sys.__stderr__.write(f"\n{said}\n")
        self._raise_where_allowed()

    def _raise_where_allowed(self) -> None:
        if self._allowed and not interruption.is_held():
            self._raise_once()

    def _raise_once(self) -> None:
        if self.received and not self._raised:
            self._raised = True
            raise KeyboardInterrupt(self.reason)
