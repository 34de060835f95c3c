"""The live stream of billing events: held open, read up to an event, and waited for when it is full."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.subjects.billing.billing import STREAM
from api_service.world import World

# A service learns of a closed connection by itself; it has this long to do so.
ROOM_SECONDS = 5.0
LOOK_EVERY_SECONDS = 0.25


class OpenStreams(ExitStack):
    """The streams that a person holds open, kept under the person's name."""


def shows(event_id: str) -> Callable[[Any], bool]:
    """Return the test whether a payload of the stream is about a Stripe event."""
    return lambda payload: isinstance(payload, dict) and payload.get("stripe_event_id") == event_id


def reopen(world: World, person: str) -> Exchange:
    """Open and close the stream until it is not refused with 429, ROOM_SECONDS at most; return the answer."""
    deadline = time.monotonic() + ROOM_SECONDS
    while True:
        with world.client.stream(world.call(person, "GET", STREAM)) as stream:
            world.look_at(stream.exchange)
        if stream.exchange.status != 429 or time.monotonic() > deadline:
            return stream.exchange
        time.sleep(LOOK_EVERY_SECONDS)
