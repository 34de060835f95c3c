"""Faults of event streams and of the network."""

import asyncio
import json
from codecs import getincrementaldecoder
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partialmethod
from typing import Any, ClassVar

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM
from acceptance.prove.faults import Fault
from acceptance.prove.wire import Chunks, Forward, Incoming, Reply

HELD_OPEN_SECONDS = 30.0
Frames = AsyncGenerator[str, None]


class StreamFault(Fault):
    """A fault in how a stream's frames arrive; a frame is the text between two blank lines."""

    media_type: ClassVar[str] = EVENT_STREAM

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the answer is a stream."""
        return exchange.media_type == EVENT_STREAM

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Answer with other frames when the service answers with a stream."""
        reply = await forward(incoming)
        if reply.chunks is None:
            return reply
        chunks = encoded(self.frames(frames_of(reply.chunks)))
        return replace(reply, chunks=chunks).with_header("content-type", self.media_type)

    async def frames(self, frames: Frames) -> Frames:
        """Yield what the suite gets in place of the service's frames."""
        raise NotImplementedError
        yield ""


async def _unchanged(fault: StreamFault, frames: Frames) -> Frames:
    fault.served += 1
    async for frame in frames:
        yield frame


async def _without_last(fault: StreamFault, frames: Frames) -> Frames:
    """Hold each event back until the next comes; the last is lost. A live feed ends with its first."""
    held = ""
    async for frame in frames:
        if not is_event(frame):
            yield frame
            continue
        fault.served += not held
        if held:
            yield held
        held = frame
        if fault.operation.meaning.live:
            return


async def _with_one_more(fault: StreamFault, frames: Frames, **changes: Any) -> Frames:
    """Yield the frames, then the last event once more, changed and with the next id."""
    last = ""
    async for frame in frames:
        last = frame if is_event(frame) else last
        yield frame
    if last:
        fault.served += 1
        yield altered(last, lambda event: {**event, "event_id": _next(event), **changes})


_with_one_afterwards = partialmethod(_with_one_more, kind="lifecycle")


async def _out_of_order(fault: StreamFault, frames: Frames) -> Frames:
    """Lower the id of every event below the one before."""
    async for frame in frames:
        faulty = altered(frame, lambda one: {**one, "event_id": -abs(one["event_id"])}, needs="event_id")
        fault.served += faulty != frame
        yield faulty


async def _with_junk(fault: StreamFault, frames: Frames) -> Frames:
    """Put an unreadable event before the first one."""
    first = True
    async for frame in frames:
        if first and is_event(frame):
            first = False
            fault.served += 1
            yield "data: {unreadable\n\n"
        yield frame


async def _silent(fault: StreamFault, _: Frames) -> Frames:
    """Say nothing until the client gives up."""
    fault.served += 1
    await asyncio.sleep(HELD_OPEN_SECONDS)
    return
    yield ""


STREAM_FAMILIES = (
    StreamFault.named("stream of the wrong media type", frames=_unchanged, media_type="application/json"),
    StreamFault.named("stream cut before its end", frames=_without_last, shows_effect=True),
    StreamFault.named("event after the terminal event", frames=_with_one_afterwards),
    StreamFault.named("two terminal events", frames=_with_one_more),
    StreamFault.named("event ids out of order", frames=_out_of_order),
    StreamFault.named("junk in the stream", frames=_with_junk),
    StreamFault.named("stream silent but open", frames=_silent, most_scenarios=3, costs_deadlines=True),
)


class DropError(Exception):
    """Tells the proxy to hang up without an answer."""


class Slow(Fault):
    """An answer that comes after the deadline."""

    family = "answer past the deadline"
    most_scenarios = 3
    costs_deadlines = True

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Wait longer than any deadline of a proof."""
        self.served += 1
        await asyncio.sleep(HELD_OPEN_SECONDS)
        raise DropError


class Dropped(Fault):
    """A connection that breaks in place of an answer."""

    family = "connection dropped"

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Hang up."""
        self.served += 1
        raise DropError


async def frames_of(chunks: Chunks) -> Frames:
    """Yield the frames of a stream as soon as each is complete."""
    decoder, rest = getincrementaldecoder("utf-8")(), ""
    async with aclosing(chunks) as incoming:
        async for chunk in incoming:
            *complete, rest = (rest + decoder.decode(chunk)).split("\n\n")
            for frame in complete:
                yield f"{frame}\n\n"
    if rest:
        yield rest


async def encoded(frames: Frames) -> Chunks:
    """Yield frames as bytes."""
    async with aclosing(frames) as outgoing:
        async for frame in outgoing:
            yield frame.encode()


def is_event(frame: str) -> bool:
    """Whether a frame carries an event, not just a comment."""
    return frame.startswith("data:")


def altered(frame: str, change: Any, needs: str = "") -> str:
    """Return the frame with its JSON object changed; without an object, or its field `needs`, as it was."""
    try:
        event = json.loads(frame.partition(":")[2])
    except ValueError:
        return frame
    if not isinstance(event, dict) or (needs and needs not in event):
        return frame
    return f"data: {json.dumps(change(event))}\n\n"


def _next(event: dict[str, Any]) -> Any:
    return event["event_id"] + 1 if isinstance(event.get("event_id"), int) else 1
