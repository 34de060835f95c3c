"""Which faults an operation can have, from what it answered in the baseline."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from acceptance.contract import EVENT_STREAM
from acceptance.exchange import Exchange
from acceptance.invariants.listings import PROMISED_ORDER
from acceptance.prove import effect_faults, faults, stream_faults
from acceptance.prove.faults import EACH, Fault, Path

HEADERS = ("etag", "www-authenticate", "retry-after", "cache-control")
STREAM_FAMILIES = (
    stream_faults.WrongMediaType,
    stream_faults.CutShort,
    stream_faults.MoreAfterEnd,
    stream_faults.TwoEnds,
    stream_faults.OutOfOrder,
    stream_faults.Junk,
    stream_faults.Silent,
)
LIST_FAMILIES = (faults.Emptied, faults.ItemLost, faults.ItemDoubled)
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def derive(exchanges: Iterable[Exchange], known: effect_faults.Known) -> list[Fault]:
    """Return every fault of one operation, given all of its exchanges in the baseline."""
    seen = list(exchanges)
    good = [one for one in seen if one.status in one.operation.success and not one.went_wrong]
    if not good:
        return []
    richest = max(good, key=lambda one: len(one.content))
    return [*_answers(richest), *_effects(seen, richest, known), *_headers(seen), *_fields(richest)]


def _answers(exchange: Exchange) -> Iterator[Fault]:
    operation = exchange.operation
    if exchange.media_type == EVENT_STREAM:
        yield from (family(operation) for family in STREAM_FAMILIES)
        return
    yield faults.WrongStatus(operation)
    yield faults.ServerError(operation)
    yield stream_faults.Slow(operation)
    yield stream_faults.Dropped(operation)
    if exchange.content:
        yield faults.EmptyBody(operation)
        yield faults.Html(operation)


def _effects(seen: list[Exchange], richest: Exchange, known: effect_faults.Known) -> Iterator[Fault]:
    operation = richest.operation
    statuses = {one.status for one in seen}
    if richest.media_type == EVENT_STREAM:
        pass
    elif operation.method == "DELETE":
        yield effect_faults.DeleteFeigned(operation, recorded=richest)
    elif operation.is_write:
        yield effect_faults.WriteFeigned(operation, recorded=richest)
    if 401 in statuses:
        yield effect_faults.Unauthenticated(operation, known=known)
    if statuses & {403, 404}:
        yield effect_faults.Borderless(operation, known=known)
    if any(one.succeeded and effect_faults.CURSORS & set(one.call.query) for one in seen):
        yield effect_faults.PageRepeated(operation)


def _headers(seen: list[Exchange]) -> Iterator[Fault]:
    present = {name for one in seen for name in HEADERS if name in one.headers}
    for name in sorted(present):
        yield faults.HeaderLost(seen[0].operation, value=name)


def _fields(exchange: Exchange) -> Iterator[Fault]:
    ordered = PROMISED_ORDER.get(exchange.operation.name)
    for place, value in dict(_places(exchange.body)).items():
        where = place[1:]
        if isinstance(value, list):
            yield from (family(exchange.operation, where) for family in LIST_FAMILIES if value)
            if ordered and len(value) > 1:
                yield faults.Reversed(exchange.operation, where)
        yield from _value_faults(exchange, where, value)


def _value_faults(exchange: Exchange, where: Path, value: Any) -> Iterator[Fault]:
    operation = exchange.operation
    if not where or where[-1] == EACH:
        return
    yield faults.FieldLost(operation, where)
    if value is None:
        return
    yield faults.FieldNull(operation, where)
    yield faults.WrongType(operation, where)
    if isinstance(value, bool):
        yield faults.Flipped(operation, where)
    elif isinstance(value, int | float):
        yield faults.OffByOne(operation, where)
    elif isinstance(value, str) and is_timestamp(value):
        yield faults.ZoneLost(operation, where)
        yield faults.LongAgo(operation, where)
    elif isinstance(value, str) and value:
        yield faults.Changed(operation, where)
        if where[-1] == "id" or where[-1].endswith("_id"):
            yield faults.Swapped(operation, where, value=_other(value))


def _places(value: Any, at: Path = ("",)) -> Iterator[tuple[Path, Any]]:
    yield at, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*at, key))
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, (*at, EACH))


def is_timestamp(text: str) -> bool:
    """Whether a text is a date with a time."""
    if not TIMESTAMP.match(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _other(value: str) -> str:
    """Another id of the same form: hexadecimal digits one further, so that a UUID stays a UUID."""
    return value[:-1] + ("1" if value[-1] != "1" else "2")
