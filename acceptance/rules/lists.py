"""Lists: every item once, no more than was asked for, counted right, in the promised order, with an end."""

from collections.abc import Iterator, Set
from itertools import pairwise
from json import dumps
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant_or_none


def listing(exchange: Exchange) -> list[tuple[str, dict[str, Any]]] | None:
    """Return the items of the list that was answered, each with its place; None when there is no list."""
    body, where = exchange.body, "$"
    if exchange.operation.method != "GET" or exchange.status != 200:
        return None
    if isinstance(body, dict):
        key = exchange.operation.meaning.items
        body, where = body.get(key), f"$.{key}"
    if not isinstance(body, list) or not all(isinstance(item, dict) for item in body):
        return None
    return [(f"{where}[{number}]", item) for number, item in enumerate(body)]


def identity_of(exchange: Exchange, item: dict[str, Any]) -> tuple[str, ...] | None:
    """Return what tells an item apart from the others of its list: the names and their values."""
    declared = exchange.operation.semantics.answers.told_apart_by
    names = next((names for names in declared if all(item.get(name) is not None for name in names)), None)
    return None if names is None else (*names, *(str(item[name]) for name in names))


def _number(exchange: Exchange, name: str) -> int | None:
    try:
        return int(exchange.call.query[name])
    except (KeyError, TypeError, ValueError):
        return None


def _page(exchange: Exchange) -> dict[str, Any]:
    return exchange.body if isinstance(exchange.body, dict) else {}


def item_is_listed_once(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """No item appears twice on a page."""
    seen: dict[tuple[str, ...], str] = {}
    for where, item in listing(exchange) or ():
        own = identity_of(exchange, item)
        if own and seen.setdefault(own, where) != where:
            yield where, f"is the same as {seen[own]} ({'/'.join(own)})"


def nothing_is_repeated(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """No list inside an answer holds the same thing twice, but for what callers wrote themselves."""
    if exchange.operation.method == "GET" and exchange.status == 200:
        yield from _repeated(exchange.body, "$", exchange.operation.semantics.fields_with("repeats").keys())


def page_size(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A page holds no more items than asked for, and exactly so many when another page follows."""
    items, limit = listing(exchange), _number(exchange, "limit")
    if items is None or limit is None or limit < 1:
        return
    if len(items) > limit:
        yield "$", f"{len(items)} items, {limit} were asked for"
    follows = _page(exchange).get("next_cursor") or _page(exchange).get("next_offset")
    if follows and len(items) < limit and not exchange.operation.meaning.short_pages:
        yield "$", f"{len(items)} of {limit} items, yet another page is said to follow"


def total_counts_the_items(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """`total` is the number of items, when all of them fit on the page, and never smaller.

    A page that begins behind the first item holds what is left, as far as it was asked for.
    """
    items, total = listing(exchange), _page(exchange).get("total")
    if items is None or not isinstance(total, int) or exchange.call.query.get("cursor"):
        return
    before = _number(exchange, "offset") or 0
    limit = _number(exchange, "limit") or exchange.operation.semantics.answers.smallest_page
    if len(items) < limit and (items or not before) and not _page(exchange).get("next_cursor"):
        if total != before + len(items):
            yield "$.total", f"{total}, the page ends with item {before + len(items)}"
    elif total < len(items):
        yield "$.total", f"{total} for {len(items)} items on this page alone"
    elif before and not items and total > before:
        yield "$.total", f"{total}, and nothing from item {before + 1} on"


def next_page(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A page that is followed by another is not empty and leads further."""
    items, page = listing(exchange), _page(exchange)
    if items is None:
        return
    cursor, following = page.get("next_cursor"), page.get("next_offset")
    if cursor and not items and not exchange.operation.meaning.short_pages:
        yield "$.next_cursor", "an empty page leads to another"
    if cursor and str(cursor) == str(exchange.call.query.get("cursor")):
        yield "$.next_cursor", "leads back to this page"
    if following is not None and following != (_number(exchange, "offset") or 0) + len(items):
        yield "$.next_offset", f"{following} after {len(items)} items"


def order(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A list keeps the order that is promised for it."""
    meaning, direction = exchange.operation.meaning, "newest first"
    field, asked = meaning.newest_first, exchange.call.query.get("direction")
    if meaning.sorted_by and asked:
        field, direction = meaning.sorted_by, "newest first" if asked == "desc" else "oldest first"
    moments = [(where, instant_or_none(item.get(field))) for where, item in listing(exchange) or ()]
    known = [(where, moment) for where, moment in moments if moment]
    for (_, one), (where, other) in pairwise(known):
        if one < other if direction == "newest first" else one > other:
            yield f"{where}.{field}", f"{other.isoformat()} after {one.isoformat()}, promised is {direction}"


def _repeated(value: Any, where: str, may_repeat: Set[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in value.keys() - may_repeat:
            yield from _repeated(value[key], f"{where}.{key}", may_repeat)
    elif isinstance(value, list):
        texts = [dumps(item, sort_keys=True) for item in value if isinstance(item, dict | str)]
        if len(set(texts)) < len(texts):
            yield where, f"the same thing twice among {len(texts)}"
        for number, item in enumerate(value):
            yield from _repeated(item, f"{where}[{number}]", may_repeat)


RULES = (item_is_listed_once, nothing_is_repeated, page_size, total_counts_the_items, next_page, order)
