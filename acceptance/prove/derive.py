"""Which faults an operation can have, from what it answered in the baseline."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM
from acceptance.json_values import is_id
from acceptance.prove import effect_faults, faults, field_faults, stream_faults
from acceptance.prove.faults import EACH, Fault, Keys, is_good
from acceptance.prove.field_faults import is_text

PLAIN = re.compile(r"[A-Za-z_]+\d?")
HEADERS = ("etag", "www-authenticate", "retry-after", "cache-control")


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
    found = (
        *answer_faults(richest),
        *_borders(richest, known),
        *_headers(seen),
        *field_faults_of(richest, given),
    )
    return [fault for fault in found if any(map(fault.concerns, seen))]


def answer_faults(exchange: Exchange) -> Iterator[Fault]:
    """Yield the faults that an answer can have as a whole."""
    operation = exchange.operation
    if exchange.media_type == EVENT_STREAM:
        yield from (family(operation) for family in stream_faults.STREAM_FAMILIES)
        return
    families: list[type[Fault]] = [faults.WrongStatus, faults.ServerError]
    families += [stream_faults.Slow, stream_faults.Dropped]
    if exchange.content:
        families += [faults.TextChanged, faults.EmptyBody, faults.Html]
    if not operation.is_write:
        families.append(effect_faults.PageRepeated)
    yield from (family(operation) for family in families)
    if operation.method == "DELETE":
        yield effect_faults.DeleteNotDone(operation, recorded=exchange)
    elif operation.is_write:
        yield effect_faults.WriteNotDone(operation, recorded=exchange)


def _borders(exchange: Exchange, known: effect_faults.Known) -> Iterator[Fault]:
    if exchange.call.token:
        families = (effect_faults.Unauthenticated, effect_faults.BoundaryOpen, effect_faults.ForeignItems)
        yield from (family(exchange.operation, known=known) for family in families)


def _headers(seen: list[Exchange]) -> Iterator[Fault]:
    present = {name for one in seen for name in HEADERS if name in one.headers}
    yield from (faults.HeaderLost(seen[0].operation, value=name) for name in sorted(present))


def field_faults_of(exchange: Exchange, given: Ids) -> Iterator[Fault]:
    """Yield the faults that the fields of an answer can have."""
    operation = exchange.operation
    ordered = (field_faults.Reversed,) if operation.meaning.newest_first else ()
    for (_, *keys), value in _values(exchange.body).items():
        is_field = bool(keys) and keys[-1] != EACH
        families = (*(field_faults.OF_FIELDS if is_field else ()), *field_faults.OF_VALUES, *ordered)
        yield from (family(operation, tuple(keys)) for family in families if family.fits(value))
        if is_field and is_id(keys[-1]) and is_text(value):
            other = given.another(keys[-1], operation.name, value)
            yield field_faults.Swapped(operation, tuple(keys), value=other)


def _values(body: Any) -> dict[Keys, Any]:
    """Return one value for each place, of a list's items the first that is not null."""
    values: dict[Keys, Any] = {}
    for place, value in _places(body):
        if values.get(place) is None:
            values[place] = value
    return values


def _places(value: Any, at: Keys = ("",)) -> Iterator[tuple[Keys, Any]]:
    yield at, value
    if isinstance(value, dict):
        # Keys that are no plain words are names that a run chose: any of them will do.
        plain = all(PLAIN.fullmatch(key) for key in value)
        for key, inner in value.items():
            yield from _places(inner, (*at, key if plain else EACH))
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, (*at, EACH))
