"""The live stream of billing events: followed while Stripe delivers, and waited for when it is full."""

import time
from collections.abc import Iterable
from typing import Any

from acceptance.calls.evidence import explain
from acceptance.checks.assertions import succeeded
from api_service.subjects.billing.billing import STREAM
from api_service.subjects.billing.stripe_events import Event, deliver
from api_service.world import World

# A service learns of a closed connection by itself; it has this long to do so.
ROOM_SECONDS = 5.0
LOOK_EVERY_SECONDS = 0.25


def follow(world: World, person: str, events: Iterable[Event], until: str = "") -> list[Any]:
    """Follow the stream while events are delivered; return what was told until the last of them.

    Without events to deliver, `until` is the identifier of the event to read up to.
    """
    with world.open_stream(world.call(person, "GET", STREAM)) as stream:
        for event in events:
            # The stream is the scenario's subject: waiting for what was refused would blame it.
            succeeded(deliver(world, event))
            until = event["id"]
        return stream.read(world.suite.settings.stream_timeout, lambda told: told["stripe_event_id"] == until)


def wait_for_room(world: World, person: str) -> None:
    """Wait until the service lets a person open the stream again; raises AssertionError when it does not."""
    deadline = time.monotonic() + ROOM_SECONDS
    while True:
        with world.suite.api.stream(world.call(person, "GET", STREAM)) as stream:
            stream.exchange.looked_at = True
        if stream.exchange.succeeded:
            return
        if stream.exchange.status != 429 or time.monotonic() > deadline:
            raise AssertionError(explain(stream.exchange, "room for another stream"))
        time.sleep(LOOK_EVERY_SECONDS)
