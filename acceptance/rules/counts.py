"""Numbers and constants: no count below zero, a count agrees with its list, a fixed value is kept."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import objects
from acceptance.rules.lists import listing
from acceptance.rules.values import heads

COUNT = re.compile(r"(^|_)(count|total|quantity|tokens|requests|bytes|ms|seconds|uptime)$|^(total|max)_")


def count_is_not_negative(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Numbers of things, sizes and durations are zero or more."""
    for where, found in objects(exchange.body):
        for key, value in found.items():
            if isinstance(value, int | float) and value < 0 and COUNT.search(key):
                yield f"{where}.{key}", f"{value}"


def count_agrees_with_its_list(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A count is the number of things that the same answer lists."""
    body = exchange.body
    if not isinstance(body, dict) or exchange.status != 200:
        return
    for name, counted in exchange.operation.meaning.counts.items():
        listed = body.get(counted["of"])
        if name in body and isinstance(listed, list) and _is_whole(exchange, counted["of"]):
            number = _number(listed, counted)
            if body[name] != number:
                yield f"$.{name}", f"{body[name]}, listed are {number}"


def fixed_value(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Some fields have one value whenever the operation succeeds."""
    expected = exchange.operation.meaning.fixed if exchange.succeeded else {}
    for where, found in heads(exchange):
        for key in expected.keys() & found.keys():
            if found[key] != expected[key] or isinstance(found[key], bool) != isinstance(expected[key], bool):
                yield f"{where}.{key}", f"{found[key]!r} instead of {expected[key]!r}"


def _number(listed: list[Any], counted: Mapping[str, Any]) -> int:
    if "each" in counted:
        return sum(len(one.get(counted["each"], ())) for one in listed)
    wanted = counted.get("where", {})
    return sum(all(one.get(key) == value for key, value in wanted.items()) for one in listed)


def _is_whole(exchange: Exchange, name: str) -> bool:
    if exchange.operation.meaning.items != name:
        return True
    items, complete_below = listing(exchange), exchange.operation.semantics.answers.smallest_page
    return items is not None and len(items) < complete_below and not exchange.call.query


RULES = (count_is_not_negative, count_agrees_with_its_list, fixed_value)
