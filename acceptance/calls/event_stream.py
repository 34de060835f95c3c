"""One reader for server-sent events: a wall-clock deadline, bounds, a stop at the terminal event.

The deadline covers the whole read, so heartbeats do not prolong it.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx

from acceptance.calls import strict_json
from acceptance.calls.bounds import RefusedAnswerError, pieces
from acceptance.calls.deadlines import Deadline
from acceptance.calls.event_parser import Event, EventParser
from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding

MOST_FRAMES = 20_000
END_MARK = "[DONE]"
Until = Callable[[Any], bool]


class EventStream:
    """An open event stream: what came so far, and how it ended.

    `ended` is "" while open, then "terminal" (the service closed after the terminal event), "closed" (it
    closed without one), "left" (we closed before the end), "heartbeat", "deadline" or "broken". Without a
    response there is nothing to read.
    """

    def __init__(self, exchange: Exchange, response: httpx.Response | None, deadline: Deadline) -> None:
        self.exchange = exchange
        self.events: list[Event] = []
        self.after_terminal: list[Event] = []
        self.ended = ""
        self.problem = ""
        self._response, self._deadline = response, deadline
        self._parser, self._faults = EventParser(), dict[Finding, None]()
        self._waiting = deque[Event]()
        self._content = pieces(response, deadline) if response else iter(())

    @property
    def heartbeats(self) -> int:
        """How often the service sent a sign of life that is no event."""
        return self._parser.heartbeats

    @property
    def payloads(self) -> list[Any]:
        """The events' data as JSON values; text that is no JSON stays text."""
        return [one.payload for one in self.events]

    @property
    def findings(self) -> list[Finding]:
        """Where the data of an event is not JSON by the standard."""
        return list(self._faults)

    def read(
        self, seconds: float, until: Until = lambda _: False, *, heartbeat_is_enough: bool = False
    ) -> list[Any]:
        """Read until an event's payload satisfies `until`, the service closes or the seconds are over.

        Returns the payloads so far. With `heartbeat_is_enough` the first heartbeat ends the reading, too.
        """
        try:
            with self._deadline.within(seconds):
                self._take(until, heartbeat_is_enough)
        except httpx.TimeoutException:
            self.ended, self.problem = "deadline", f"no end within {seconds:g} s"
        except UnicodeDecodeError as error:
            self.ended, self.problem = "broken", f"the stream is not UTF-8 ({error})"
        except httpx.HTTPError as error:
            self.ended, self.problem = "broken", str(error) or type(error).__name__
        if self.ended:
            self.close()
        return self.payloads

    def read_to_end(self, seconds: float, terminal: Until) -> list[Any]:
        """Read to the terminal event and prove that the service closes and sends nothing after it.

        Returns the payloads up to the terminal event; what came later is in `after_terminal`.
        """
        self.read(seconds, terminal)
        if self.ended == "":
            kept = len(self.events)
            self.read(seconds)
            self.after_terminal, self.events = self.events[kept:], self.events[:kept]
            if self.ended == "closed":
                self.ended = "terminal"
        return self.payloads

    def close(self) -> None:
        """Close the connection; the service's slot is free again."""
        if self._response:
            self._response.close()
        self.ended = self.ended or "left"

    def _take(self, until: Until, heartbeat_is_enough: bool) -> None:
        while True:
            while self._waiting:
                self.events.append(self._waiting.popleft())
                if until(self.events[-1].payload):
                    return
            if heartbeat_is_enough and self.heartbeats:
                self.ended = "heartbeat"
                return
            content = next(self._content, None)
            if content is None:
                self.ended = "closed"
                return
            self._waiting += self._received(content)

    def _received(self, content: bytes) -> Iterator[Event]:
        for number, event in enumerate(self._parser.feed(content), len(self.events) + 1):
            yield replace(event, payload=self._payload(event, number))
        if self._parser.frames > MOST_FRAMES:
            raise RefusedAnswerError(f"more than {MOST_FRAMES:,} events and heartbeats without an end")

    def _payload(self, event: Event, number: int) -> Any:
        try:
            payload, faults = strict_json.read(event.data)
        except strict_json.TooLargeError as error:
            payload, faults = "", [str(error)]
        except ValueError:
            return event.data
        self._faults |= {Finding("strict JSON", f"event {number}", fault): None for fault in faults}
        return payload
