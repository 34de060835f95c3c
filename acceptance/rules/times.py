"""Timestamps: what happened lies in the past and in the order of things, what was just made is new."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant_or_none, objects
from acceptance.rules.values import heads

CLOCKS_DIFFER = timedelta(seconds=60)
JUST_NOW = timedelta(minutes=2)
ROUNDING = timedelta(seconds=2)
Places = Iterable[tuple[str, dict[str, Any]]]


def moments(places: Places, names: Set[str]) -> Iterator[tuple[str, str, datetime]]:
    """Yield the timestamps that objects have under some names: place, text and moment."""
    for where, one in places:
        for key in one.keys() & names:
            if moment := instant_or_none(one[key]):
                yield f"{where}.{key}", one[key], moment


def timestamp_in_the_past(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What is said to have happened did not happen after the answer."""
    latest = exchange.answered_at + CLOCKS_DIFFER
    past = exchange.operation.semantics.fields_with("past").keys()
    for where, text, moment in moments(objects(exchange.body), past):
        if moment > latest:
            yield where, f"{text} lies after the answer"


def created_just_now(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What a call has made was created now."""
    if exchange.status != 201 or not exchange.operation.meaning.made_now:
        return
    created = exchange.operation.semantics.fields_with("created").keys()
    for where, text, moment in moments(heads(exchange), created):
        if abs(exchange.answered_at - moment) > JUST_NOW:
            yield where, f"{text} is not now"


def current_timestamp(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The timestamp of an answer about the present is of now."""
    key = exchange.operation.meaning.now
    moment = instant_or_none(exchange.body.get(key)) if key and isinstance(exchange.body, dict) else None
    if moment and abs(exchange.answered_at - moment) > JUST_NOW:
        yield f"$.{key}", f"{exchange.body[key]} is not now"


def expires_in_the_future(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What was just issued expires later."""
    operation, declared = exchange.operation, exchange.operation.semantics
    if operation.method != "POST" or not 200 <= exchange.status < 300 or operation.meaning.revokes:
        return
    ended, expires = declared.fields_with("ended"), declared.fields_with("expires").keys()
    running = [one for one in heads(exchange) if all(one[1].get(key) is None for key in ended)]
    for where, text, moment in moments(running, expires):
        if moment <= exchange.answered_at:
            yield where, f"{text} is over already"


def lifetime(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What was issued for a number of hours lives for them."""
    sent = exchange.sent if isinstance(exchange.sent, dict) else {}
    body = exchange.body if exchange.status == 201 and isinstance(exchange.body, dict) else {}
    for key, (first, last) in exchange.operation.semantics.fields_with("hours_between").items():
        hours, start, end = sent.get(key), instant_or_none(body.get(first)), instant_or_none(body.get(last))
        if isinstance(hours, int) and start and end and abs(end - start - timedelta(hours=hours)) > JUST_NOW:
            yield f"$.{last}", f"{body[last]} is not {hours} hours after {body[first]}"


def order_of_timestamps(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Nothing ends, changes or expires before it began."""
    precedes = exchange.operation.semantics.fields_with("precedes")
    for where, found in objects(exchange.body):
        for first in found.keys() & precedes.keys():
            for then in precedes[first]:
                start, end = instant_or_none(found[first]), instant_or_none(found.get(then))
                if start and end and end < start - ROUNDING:
                    yield f"{where}.{then}", f"{found[then]} lies before {first} {found[first]}"


def duration_agrees_with_its_ends(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A duration is the time between start and end in whole milliseconds."""
    durations = exchange.operation.semantics.fields_with("milliseconds_between")
    for where, found in objects(exchange.body):
        for key in found.keys() & durations.keys():
            start, end = (instant_or_none(found.get(name)) for name in durations[key])
            if start and end and isinstance(found[key], int | float):
                took = (end - start) // timedelta(milliseconds=1)
                if found[key] != took:
                    yield f"{where}.{key}", f"{found[key]}, between start and end lie {took}"


RULES = (
    timestamp_in_the_past,
    created_just_now,
    current_timestamp,
    expires_in_the_future,
    lifetime,
    order_of_timestamps,
    duration_agrees_with_its_ends,
)
