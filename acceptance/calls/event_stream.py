"""One reader for server-sent events: decoding, a wall-clock deadline, a stop at the terminal event.

Decoding is httpx-sse's (WHATWG HTML, section 9.2.6). The deadline covers the whole read, so heartbeats
do not prolong it.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError

from acceptance.calls.deadlines import Deadline
from acceptance.calls.exchange import Exchange

MOST_CHARACTERS = 8_000_000
END_MARK = "[DONE]"
Until = Callable[[Any], bool]


class _Watched:
    """A response that counts heartbeats (comment lines) on their way to the decoder."""

    def __init__(self, response: httpx.Response, stream: "EventStream") -> None:
        self.headers = response.headers
        self._response, self._stream = response, stream

    def iter_text(self) -> Iterator[str]:
        rest, characters = "", 0
        for text in self._response.iter_text():
            characters += len(text)
            if characters > MOST_CHARACTERS:
                raise SSEError(f"more than {MOST_CHARACTERS} characters without an end")
            *lines, rest = (rest + text).split("\n")
            self._stream.heartbeats += sum(line.startswith(":") for line in lines)
            yield text
            if self._stream.heartbeats and self._stream.heartbeat_is_enough:
                return


class EventStream:
    """An open event stream: what came so far, and how it ended.

    `ended` is "" while open, then "terminal" (the service closed after the terminal event), "closed" (it
    closed without one), "left" (we closed before the end), "heartbeat", "deadline" or "broken".
    """

    def __init__(self, exchange: Exchange, response: httpx.Response, deadline: Deadline) -> None:
        self.exchange = exchange
        self.events: list[ServerSentEvent] = []
        self.after_terminal: list[ServerSentEvent] = []
        self.heartbeats = 0
        self.heartbeat_is_enough = False
        self.ended = ""
        self.problem = ""
        self._response, self._deadline = response, deadline
        watched = cast(httpx.Response, _Watched(response, self))
        self._source: Iterator[ServerSentEvent] = EventSource(watched).iter_sse()

    @property
    def payloads(self) -> list[Any]:
        """The events' data as JSON values; text that is no JSON stays text."""
        return [payload(event) for event in self.events]

    def read(
        self, seconds: float, until: Until = lambda _: False, *, heartbeat_is_enough: bool = False
    ) -> list[Any]:
        """Read until an event's payload satisfies `until`, the service closes or the seconds are over.

        Returns the payloads so far. With `heartbeat_is_enough` the first comment ends the reading, too.
        """
        self.heartbeat_is_enough = heartbeat_is_enough
        try:
            with self._deadline.within(seconds):
                self._take(until)
        except httpx.TimeoutException:
            self.ended, self.problem = "deadline", f"no end within {seconds:g} s"
        except (httpx.TransportError, SSEError) as error:
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
        self._response.close()
        self.ended = self.ended or "left"

    def _take(self, until: Until) -> None:
        for event in self._source:
            self.events.append(event)
            if until(payload(event)):
                return
        self.ended = "heartbeat" if self.heartbeat_is_enough and self.heartbeats else "closed"


def payload(event: ServerSentEvent) -> Any:
    """Return an event's data as a JSON value, or as text when it is none (such as `[DONE]`)."""
    try:
        return json.loads(event.data)
    except ValueError:
        return event.data
