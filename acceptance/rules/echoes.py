"""An answer speaks of what was asked for: the caller's account, the path, the filters, and what was sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.semantics import Field, Parameter
from acceptance.json_values import instant_or_none, objects, same
from acceptance.rules.lists import listing
from acceptance.rules.values import agree, heads, same_key_or_uuid

# Whoever names no place gets the beginning.
UNASKED = {"offset": 0}


def account(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every account that an answer names is the caller's own."""
    own = exchange.call.account
    if not own or exchange.operation.meaning.any_account:
        return
    names = exchange.operation.semantics.fields_with("own_account")
    for where, found in objects(exchange.body):
        for key in found.keys() & names.keys():
            if found[key] is not None and not same(own, found[key]):
                yield f"{where}.{key}", f"{found[key]!r} is not the caller's account {own}"


def path_value(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What the path names is what the answer speaks of, and what every item of a list belongs to."""
    if not 200 <= exchange.status < 300:
        return
    items, declared = listing(exchange) or [], exchange.operation.semantics
    names = declared.fields_with("context")
    contexts = [(f"{where}.{key}", item[key]) for where, item in items for key in names if item.get(key)]
    for name, value in exchange.call.values.items():
        for where, found in (*heads(exchange), *items, *contexts):
            for key in {name, declared.parameter(name).answered_as} & found.keys():
                if not _names(exchange, name, str(value), found[key]):
                    yield f"{where}.{key}", f"{found[key]!r} was asked for as {value!r}"


def identity(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The thing that is answered is the one that the end of the path names."""
    declared, last = exchange.operation.semantics, exchange.operation.path.rpartition("/")[2]
    parameter = last[1:-1] if last.startswith("{") else exchange.operation.meaning.shows
    if not parameter or not 200 <= exchange.status < 300:
        return
    value = exchange.call.values.get(parameter)
    names = declared.parameter(parameter).names or declared.answers.named_by
    for where, found in heads(exchange):
        shown = [found[name] for name in names if name in found]
        if shown and not any(same(str(value), str(one)) for one in shown):
            yield f"{where}.{names[0]}", f"{shown[0]!r} was asked for as {value!r}"


def filters(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every item of a list keeps the filters of the query; the size and place of the page are repeated."""
    if exchange.status != 200:
        return
    query = exchange.call.query
    for where, item in listing(exchange) or ():
        for key, value in query.items():
            if value is not None and not _keeps(exchange, key, value, item):
                yield f"{where}.{key}", f"{item.get(key)!r} does not keep the filter {value!r}"
    for key in ("limit", "offset"):
        said = exchange.body.get(key) if isinstance(exchange.body, dict) else None
        asked = query.get(key, UNASKED.get(key))
        if said is not None and asked is not None and str(said) != str(asked):
            yield f"$.{key}", f"{said!r} was asked for as {asked!r}"


def sent_value(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A write's answer shows what was sent, under the same name."""
    if not (exchange.operation.is_write and 200 <= exchange.status < 300 and isinstance(exchange.sent, dict)):
        return
    answered_as = exchange.operation.semantics.fields_with("answered_as")
    for where, found in heads(exchange):
        for key, value in exchange.sent.items():
            for name in (key, answered_as.get(key, key)):
                if name in found and not _acknowledged(exchange, key, value, name, found):
                    yield f"{where}.{name}", f"{found[name]!r} was sent as {value!r}"


def _names(exchange: Exchange, parameter: str, asked: str, shown: Any) -> bool:
    if _has_key_and_uuid(exchange, parameter):
        # What was written before the thing was known says so.
        unknown = exchange.operation.semantics.parameter(parameter).unknown
        return (bool(unknown) and shown == unknown) or same_key_or_uuid(asked, shown)
    return shown is None or same(asked, str(shown))


def _has_key_and_uuid(exchange: Exchange, name: str) -> bool:
    return exchange.operation.semantics.fields.get(name, Field()).compare == "key or UUID"


def _keeps(exchange: Exchange, key: str, value: Any, item: Mapping[str, Any]) -> bool:
    declared = exchange.operation.semantics.parameter(key)
    if declared.not_before or declared.not_after:
        return _in_range(declared, value, item)
    if declared.prefix_of:
        return str(item.get(declared.prefix_of) or "").startswith(str(value))
    field = declared.field or key
    if not declared.selects or field not in item:
        return True
    if _has_key_and_uuid(exchange, key):
        return same_key_or_uuid(value, item[field])
    return same(str(value).casefold(), str(item[field]).casefold())


def _in_range(declared: Parameter, value: Any, item: Mapping[str, Any]) -> bool:
    names = declared.not_before or declared.not_after
    bound, shown = instant_or_none(value), instant_or_none(next(filter(None, map(item.get, names)), None))
    if bound is None or shown is None:
        return True
    return shown >= bound if declared.not_before else shown <= bound


def _acknowledged(exchange: Exchange, key: str, sent: Any, name: str, found: Mapping[str, Any]) -> bool:
    declared = exchange.operation.semantics.fields.get(key, Field())
    if declared.never_echoed:
        return True
    if sent is None:
        return found[name] is None or not exchange.operation.meaning.null_clears
    if declared.put_off and same(sent, found.get(declared.put_off)):
        return True
    return agree(exchange, key, sent, found[name])


RULES = (account, path_value, identity, filters, sent_value)
