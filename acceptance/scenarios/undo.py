"""One call that undoes something, and how to find what is to be undone when nobody knows its id."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.errors import EVIDENCE, NotOfferedError, SuiteError
from acceptance.json_values import at

GONE = (404, 410)
# Who makes undo calls, as reports name them; their request ids end with it.
CLEANUP = "cleanup"
# A shorter mark may stand in what is not ours.
SHORTEST_MARK = 6


@dataclass(frozen=True)
class Search:
    """How to find what a call has made whose answer nobody read: in a list, by a mark of ours.

    `ids` are the values that the undoing call needs, and the fields of the list's items that hold them. An
    item is ours when the mark stands in it as a word, or in what `detail`, the path of one item, shows.
    """

    path: str
    mark: str
    ids: Mapping[str, str]
    query: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    detail: str = ""


@dataclass(frozen=True)
class Undo:
    """One call that undoes something: who makes it, and which answers besides success mean "gone".

    `caller` is what the API's own package needs to sign them in, without a secret. With a `search`, some
    `values` are not known yet: the call is made for each thing that is found.
    """

    caller: Mapping[str, str]
    method: str
    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    accept: tuple[int, ...] = GONE
    what: str = ""
    search: Search | None = None


def complete(undo: Undo, values: Mapping[str, Any]) -> Undo:
    """Return an entry with the values that it lacked, for which nobody has to search any more."""
    return replace(undo, values={**undo.values, **values}, search=None)


def undo_call(undo: Undo, token: str | None) -> Call:
    """Return the call that an entry stands for, made with a token of the person who is named in it."""
    return Call(CLEANUP, undo.method, undo.path, undo.values, undo.json, undo.query, token=token)


def perform(undo: Undo, send: Callable[[Undo], Exchange]) -> str:
    """Make an undo call, for each thing that is found if one has to search; return why that failed, or ""."""
    name = undo.what or undo.path
    try:
        problems = [_failure(one, send(one)) for one in _found(undo, send)]
    except Exception as error:  # Each entry's failure is its own: the others are still undone.
        reason = str(error) if isinstance(error, SuiteError | NotOfferedError) else repr(error)
        return f"{name} was left behind: {reason}"
    return "; ".join(f"{name} was left behind: {problem}" for problem in problems if problem)


def _failure(undo: Undo, exchange: Exchange) -> str:
    """Return why an answer does not say that something is undone, or an empty string."""
    if exchange.is_as_promised or (exchange.status in undo.accept and exchange.is_sound):
        return ""
    # A success that breaks the contract may be another one's answer: a gateway's page, say.
    got = exchange.failure or "; ".join(map(str, exchange.findings)) or f"status {exchange.status}"
    evidence = explain(exchange, "it to be undone").partition(EVIDENCE)
    return f"{exchange.call.method} {exchange.call.path} got {got}{''.join(evidence[1:])}"


def _found(undo: Undo, send: Callable[[Undo], Exchange]) -> list[Undo]:
    """Return what is to be undone; raises SuiteError when the list that would show it cannot be read."""
    search = undo.search
    if search is None:
        return [undo]
    look = replace(undo, method="GET", json=None, query={}, search=None)
    listing = send(replace(look, path=search.path, values=search.values, query=search.query))
    if problem := _failure(undo, listing):
        raise SuiteError(f"nobody could look for it: {problem}")
    items = at(listing.body, listing.operation.meaning.items) if listing.succeeded else []
    if len(search.mark) < SHORTEST_MARK:
        raise SuiteError(f'nobody could look for it: "{search.mark}" may be anybody\'s')
    found = []
    for item in items:
        one = complete(undo, {name: at(item, path) for name, path in search.ids.items()})
        shown = [item]
        if search.detail:
            shown.append(send(replace(look, path=search.detail, values=one.values)).body)
        if None not in one.values.values() and has_word(shown, search.mark):
            found.append(one)
    return found


def has_word(value: Any, word: str) -> bool:
    """Whether a text anywhere in a JSON value holds this one, with no letter, digit or hyphen beside it."""
    text, sought = (json.dumps(one, ensure_ascii=False) for one in (value, word))
    return re.search(rf"(?<![\w-]){re.escape(sought[1:-1])}(?![\w-])", text) is not None
