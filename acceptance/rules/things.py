"""The things that answers show: how each is told apart, and which of its fields two views share."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.semantics import Thing
from acceptance.json_values import is_uuid, objects
from acceptance.rules.effects import area
from acceptance.rules.lists import listing
from acceptance.rules.values import heads

Identity = tuple[str, ...]
RECORD = "record"


@dataclass(frozen=True)
class Sighting:
    """One thing as one answer shows it: where, which one, and what another view must agree with."""

    where: str
    identity: Identity
    fields: Mapping[str, Any]


# What an API's own rules see in an object of an answer beside the things that are declared.
Extra = Callable[[Exchange, str, Mapping[str, Any]], Iterator[Sighting]]


def nothing_else(_exchange: Exchange, _where: str, _found: Mapping[str, Any]) -> Iterator[Sighting]:
    """See no more in an object than what is declared."""
    yield from ()


def sightings(exchange: Exchange, extra: Extra = nothing_else) -> Iterator[Sighting]:
    """Yield everything with an identity that an answer shows."""
    resource = exchange.operation.meaning.resource
    if resource:
        values = tuple(str(value) for value in exchange.call.values.values())
        identity = ("path", resource, str(exchange.call.account), *values)
        for where, found in list(heads(exchange))[-1:]:
            yield Sighting(where, identity, _fields(exchange, found))
        return
    for where, found in _shown(exchange):
        sighting = _sighting(exchange, where, found)
        if sighting:
            yield sighting
        for thing in exchange.operation.semantics.things:
            if thing.beside and all(isinstance(found.get(name), str) for name in thing.named_by):
                names = (*thing.named_by, *(found[name] for name in thing.named_by))
                yield Sighting(where, names, {name: found.get(name) for name in thing.fields})
        yield from extra(exchange, where, found)


def subject(exchange: Exchange) -> Identity | None:
    """Return the thing that a write is about: the one that is answered, else the one that the path names."""
    declared = exchange.operation.semantics
    for where, found in heads(exchange):
        sighting = _sighting(exchange, where, found)
        if sighting:
            return sighting.identity
        name = next((name for name in declared.answers.known_as_id if found.get(name)), None)
        if name:
            return "id", str(found[name])
    for thing in declared.things:
        if thing.personal and isinstance(exchange.sent, dict) and exchange.sent.keys() >= {*thing.named_by}:
            return _personal(exchange, thing, exchange.sent)
    return named_by_path(exchange)


def named_by_path(exchange: Exchange) -> Identity | None:
    """Return the thing that the last parameter of a path names, when the path ends with it."""
    last = exchange.operation.path.rpartition("/")[2]
    if not last.startswith("{"):
        return None
    declared, value = exchange.operation.semantics, exchange.call.values.get(last[1:-1])
    name = declared.parameter(last[1:-1]).thing or last[1:-1]
    if name.endswith("_id") and all(thing.named_by != (name,) for thing in declared.things):
        name = "id"
    return identity_of(exchange, name, value)


def identity_of(exchange: Exchange, name: str, value: Any, account: Any = None) -> Identity:
    """Return the identity of the thing that a field of this name and value stands for in an answer."""
    declared = exchange.operation.semantics
    thing = next((one for one in declared.things if one.named_by == (name,)), Thing())
    text = str(value).lower() if is_uuid(str(value)) else str(value)
    own_area, account = area(exchange.operation), str(account or exchange.call.account)
    if own_area in declared.areas.personal_views:
        return name, text, exchange.person
    if thing.within:
        return name, text, str(exchange.call.values.get(thing.within))
    if thing.in_account:
        return name, text, account
    name = "id" if name in declared.answers.known_as_id else name
    if is_uuid(text):
        return name, text
    return name, text, name if thing.everywhere else own_area, account


def _shown(exchange: Exchange) -> Iterator[tuple[str, dict[str, Any]]]:
    declared = exchange.operation.semantics
    if area(exchange.operation) == declared.areas.seeds:
        yield from objects(exchange.body)
        return
    # The list of a read is yielded below: for a write it is one part among others.
    listed = () if exchange.operation.method == "GET" else (exchange.operation.meaning.items,)
    parts = {*declared.answers.parts, *listed}
    for where, found in heads(exchange):
        yield where, found
        for key in parts & found.keys():
            entries = enumerate(found[key] if isinstance(found[key], list) else ())
            yield from ((f"{where}.{key}[{at}]", one) for at, one in entries if isinstance(one, dict))
    yield from listing(exchange) or ()


def _sighting(exchange: Exchange, where: str, found: Mapping[str, Any]) -> Sighting | None:
    declared, own_area = exchange.operation.semantics, area(exchange.operation)
    catalogue = declared.areas.catalogues.get(own_area, "")
    if isinstance(found.get(catalogue), str) and "id" not in found:
        return Sighting(where, (own_area, str(found[catalogue])), _fields(exchange, found))
    for thing in declared.things:
        if thing.record and found.keys() >= {*thing.named_by}:
            return Sighting(where, (RECORD, *(str(found[name]) for name in thing.named_by)), found)
        if thing.personal and found.keys() >= {*thing.named_by}:
            shown = {key: found[key] for key in found.keys() & {*thing.fields}}
            return Sighting(where, _personal(exchange, thing, found), shown)
        if len(thing.named_by) == 1 and isinstance(found.get(thing.named_by[0]), str | int):
            name = thing.named_by[0]
            account = next(filter(None, map(found.get, declared.fields_with("own_account"))), None)
            identity = identity_of(exchange, name, found[name], account)
            return Sighting(where, identity, _fields(exchange, found, thing))
    return None


def _personal(exchange: Exchange, thing: Thing, found: Mapping[str, Any]) -> Identity:
    return (*(str(found[name]) for name in thing.named_by), exchange.person)


def _fields(exchange: Exchange, found: Mapping[str, Any], thing: Thing | None = None) -> dict[str, Any]:
    declared = exchange.operation.semantics
    unsettled = declared.areas.unsettled.get(area(exchange.operation), ())
    left_out = {*declared.fields_with("volatile"), *unsettled}
    found = _one_form(declared.things, found)
    wanted: tuple[str, ...] = thing.fields if thing else ()
    if thing and thing.unfinished and found.items() >= thing.unfinished.items():
        wanted = thing.unfinished_fields
    return {key: value for key, value in found.items() if key not in left_out and key in (wanted or found)}


def _one_form(things: tuple[Thing, ...], found: Mapping[str, Any]) -> dict[str, Any]:
    # One view names or counts what another one shows in full.
    form = dict(found)
    for thing in things:
        if not found.keys() >= {*thing.named_by}:
            continue
        for key in thing.merged:
            form |= found[key] if isinstance(found.get(key), dict) else {}
        for key, name in thing.renamed.items():
            form |= {name: found[key]} if isinstance(found.get(key), str) else {}
        for key, name in thing.counted.items():
            form |= {name: len(found[key])} if isinstance(found.get(key), list) else {}
    return form
