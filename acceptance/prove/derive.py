"""Which faults an operation can have, from what it answered in the baseline."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM
from acceptance.prove import effect_faults, faults, field_faults, stream_faults
from acceptance.prove.faults import EACH, Fault, Path, is_good
from acceptance.prove.field_faults import is_timestamp

PLAIN = re.compile(r"[A-Za-z_]+\d?")
HEADERS = ("etag", "www-authenticate", "retry-after", "cache-control")
LIST_FAMILIES = (field_faults.Emptied, field_faults.ItemLost, field_faults.ItemDoubled)


def derive_all(by_operation: Mapping[str, Sequence[Exchange]], known: effect_faults.Known) -> list[Fault]:
    """Return the faults of every operation that a baseline met, in the order of their names."""
    given = Ids(exchange for exchanges in by_operation.values() for exchange in exchanges)
    return [fault for name in sorted(by_operation) for fault in derive(by_operation[name], known, given)]


class Ids:
    """The ids that the service gave, by the name that they stand under and the operation."""

    def __init__(self, exchanges: Iterable[Exchange] = ()) -> None:
        self._given: dict[tuple[str, str], dict[str, None]] = {}
        for exchange in filter(is_good, exchanges):
            for place, value in _places(exchange.body):
                if isinstance(value, str) and is_id(place[-1]):
                    for owner in ("", exchange.operation.name):
                        self._given.setdefault((place[-1], owner), {})[value] = None

    def another(self, name: str, operation: str, value: str) -> str:
        """Return another id of the same kind, as far as one was given; else one of the same form."""
        # A plain `id` is of one kind within an operation only.
        given = self._given.get((name, operation if name == "id" else ""), {})
        made_up = value[:-1] + ("1" if value[-1] != "1" else "2")
        return next((one for one in reversed(given) if one != value), made_up)


def derive(exchanges: Iterable[Exchange], known: effect_faults.Known, given: Ids) -> list[Fault]:
    """Return every fault of one operation, given all of its exchanges in the baseline."""
    seen = sorted(exchanges, key=lambda one: len(one.content), reverse=True)
    richest = next(filter(is_good, seen), None)
    if richest is None:
        return []
    found = [
        *_answers(richest),
        *_effects(richest),
        *_borders(richest, known),
        *_headers(seen),
        *_fields(richest, given),
    ]
    return [fault for fault in found if any(map(fault.concerns, seen))]


def _answers(exchange: Exchange) -> Iterator[Fault]:
    operation = exchange.operation
    if exchange.media_type == EVENT_STREAM:
        yield from (family(operation) for family in stream_faults.StreamFault.__subclasses__())
        return
    yield faults.WrongStatus(operation)
    yield faults.ServerError(operation)
    yield stream_faults.Slow(operation)
    yield stream_faults.Dropped(operation)
    if exchange.content:
        yield faults.TextChanged(operation)
        yield faults.EmptyBody(operation)
        yield faults.Html(operation)


def _effects(exchange: Exchange) -> Iterator[Fault]:
    operation = exchange.operation
    if exchange.media_type == EVENT_STREAM:
        return
    if operation.method == "DELETE":
        yield effect_faults.DeleteFeigned(operation, recorded=exchange)
    elif operation.is_write:
        yield effect_faults.WriteFeigned(operation, recorded=exchange)
    else:
        yield effect_faults.PageRepeated(operation)


def _borders(exchange: Exchange, known: effect_faults.Known) -> Iterator[Fault]:
    if exchange.call.token:
        yield effect_faults.Unauthenticated(exchange.operation, known=known)
        yield effect_faults.Borderless(exchange.operation, known=known)
        yield effect_faults.Leaky(exchange.operation, known=known)


def _headers(seen: list[Exchange]) -> Iterator[Fault]:
    present = {name for one in seen for name in HEADERS if name in one.headers}
    for name in sorted(present):
        yield faults.HeaderLost(seen[0].operation, value=name)


def _fields(exchange: Exchange, given: Ids) -> Iterator[Fault]:
    ordered = exchange.operation.meaning.newest_first
    for place, value in _values(exchange.body).items():
        where = place[1:]
        if isinstance(value, list):
            yield from (family(exchange.operation, where) for family in LIST_FAMILIES if value)
            if ordered and len(value) > 1:
                yield field_faults.Reversed(exchange.operation, where)
        yield from _value_faults(exchange, where, value, given)


def _value_faults(exchange: Exchange, where: Path, value: Any, given: Ids) -> Iterator[Fault]:
    operation = exchange.operation
    is_field = where and where[-1] != EACH
    if is_field:
        yield field_faults.FieldLost(operation, where)
    if is_field and value is not None:
        yield field_faults.FieldNull(operation, where)
        yield field_faults.WrongType(operation, where)
    if isinstance(value, bool):
        yield field_faults.Flipped(operation, where)
    elif isinstance(value, int | float):
        yield field_faults.OffByOne(operation, where)
    elif is_timestamp(value):
        yield field_faults.ZoneLost(operation, where)
        yield field_faults.LongAgo(operation, where)
    elif isinstance(value, str) and value:
        yield field_faults.Changed(operation, where)
        if where and is_id(where[-1]):
            other = given.another(where[-1], operation.name, value)
            yield field_faults.Swapped(operation, where, value=other)


def _values(body: Any) -> dict[Path, Any]:
    """Return one value for each place, of a list's items the first that is not null."""
    values: dict[Path, Any] = {}
    for place, value in _places(body):
        if values.get(place) is None:
            values[place] = value
    return values


def _places(value: Any, at: Path = ("",)) -> Iterator[tuple[Path, Any]]:
    yield at, value
    if isinstance(value, dict):
        # Keys that are no plain words are names that a run chose: any of them will do.
        plain = all(PLAIN.fullmatch(key) for key in value)
        for key, inner in value.items():
            yield from _places(inner, (*at, key if plain else EACH))
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, (*at, EACH))


def is_id(name: str) -> bool:
    """Whether a field of this name holds an id."""
    return name == "id" or name.endswith("_id")
