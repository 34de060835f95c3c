"""The live stream of billing events: held open, read up to an event, and waited for when it is full."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from acceptance.calls.event_stream import EventStream
from api_service.subjects.billing.billing import STREAM
from api_service.world import World

# A service learns of a closed connection by itself; it has this long to do so.
ROOM_SECONDS = 5.0
LOOK_EVERY_SECONDS = 0.25


class OpenStreams(ExitStack):
    """The streams that a person holds open, kept under the person's name."""

    closed = False

    def close(self) -> None:
        """Close every one of them."""
        super().close()
        self.closed = True


def shows(event_id: str) -> Callable[[Any], bool]:
    """Return the test whether a payload of the stream is about a Stripe event."""
    return lambda payload: isinstance(payload, dict) and payload.get("stripe_event_id") == event_id


@contextmanager
def opened(world: World, person: str) -> Iterator[EventStream]:
    """Open the stream as the scenario's subject.

    One that the person has just closed may still take its place: while the service then refuses with 429, it
    is tried again for ROOM_SECONDS.
    """
    closed = any(streams.closed for streams in world.state.all_of(OpenStreams).values())
    deadline = time.monotonic() + (ROOM_SECONDS if closed else 0)
    while True:
        with world.open_stream(world.call(person, "GET", STREAM)) as stream:
            if stream.exchange.status != 429 or time.monotonic() > deadline:
                yield stream
                return
            world.look_at(stream.exchange)
        time.sleep(LOOK_EVERY_SECONDS)
