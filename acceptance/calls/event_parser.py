"""Server-sent events by the standard (WHATWG HTML, section 9.2.6), out of bytes in pieces of any size.

A parser of our own, since none on PyPI keeps to it: both httpx-sse 0.4.3 and sseclient-py 1.9.0 read a byte
order mark as text; the former dispatches events without data, the latter events whose end never came, and it
misses ends of lines of different kinds; neither tells of heartbeats.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Event:
    """One event: its type, its data, and the last id that the stream had until then.

    `payload` is the data as a JSON value; text that is no JSON (such as `[DONE]`) stays text.
    """

    kind: str
    data: str
    last_id: str = ""
    payload: Any = None


class EventParser:
    """Turns the bytes of a stream into events; `heartbeats` counts what was sent besides, `frames` both.

    A heartbeat is a comment, or an event without data, which a browser does not dispatch either. `retry` is
    for who connects again, which nobody does here.
    """

    def __init__(self) -> None:
        self.heartbeats = self.frames = 0
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._unended: list[str] = []
        self._after_return = False
        self._fields = 0
        self._data: list[str] = []
        self._kind, self._id = "", ""

    def feed(self, content: bytes) -> Iterator[Event]:
        """Yield the events that end in these bytes; raises UnicodeDecodeError when they are no UTF-8."""
        text = self._decoder.decode(content)
        if not text:
            return
        if self._after_return:
            # The line ended at its carriage return; whether a line feed follows is known only now.
            text = text.removeprefix("\n")
        self._after_return = text.endswith("\r")
        *lines, rest = LINE_END.split(text)
        for line in lines:
            whole = "".join((*self._unended, line))
            self._unended.clear()
            if event := self._take(whole):
                yield event
        self._unended += [rest] if rest else []

    def _take(self, line: str) -> Event | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "":
            self.heartbeats += 1
            self.frames += 1
            return None
        self._fields += 1
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._kind = value
        elif name == "id" and "\0" not in value:
            self._id = value
        return None

    def _dispatch(self) -> Event | None:
        kind, data, fields = self._kind, self._data, self._fields
        self._kind, self._data, self._fields = "", [], 0
        self.frames += 1
        if data:
            return Event(kind or "message", "\n".join(data), self._id)
        self.heartbeats += bool(fields)
        return None
