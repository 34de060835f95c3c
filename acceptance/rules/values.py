"""What two values of one field have in common, and which objects speak for a whole answer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.semantics import Field
from acceptance.json_values import is_uuid, same

UUID_LENGTH = 36
NOT_IN_UUIDS = re.compile(r"[^0-9A-Fa-f-]")


def heads(exchange: Exchange) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects that speak for the answer as a whole: itself, and what an envelope carries."""
    body = exchange.body
    if isinstance(body, dict):
        yield "$", body
        for key in exchange.operation.semantics.answers.envelopes:
            if isinstance(body.get(key), dict):
                yield f"$.{key}", body[key]


def agree(exchange: Exchange, name: str, ours: Any, theirs: Any) -> bool:
    """Return whether two values of a field mean the same, compared as its semantics say."""
    declared = exchange.operation.semantics.fields.get(name, Field())
    if declared.set_by_others and isinstance(ours, dict) and isinstance(theirs, dict):
        # A null takes a key away.
        own = (key for key in ours if not key.startswith(declared.set_by_others))
        return all(theirs.get(key) == ours[key] for key in own)
    kind, compare = COMPARISONS.get(declared.compare, (object, same))
    return (compare if isinstance(ours, kind) and isinstance(theirs, kind) else same)(ours, theirs)


def same_key_or_uuid(ours: Any, theirs: Any) -> bool:
    """Return whether two names can mean one thing that has a key, and a UUID made of it.

    A key has any form but that of a UUID with one wrong character.
    """
    if _is_misspelt_uuid(ours) or _is_misspelt_uuid(theirs):
        return False
    return same(ours, theirs) or is_uuid(ours) != is_uuid(theirs)


def _is_misspelt_uuid(value: Any) -> bool:
    is_long = isinstance(value, str) and len(value) == UUID_LENGTH
    return is_long and len(NOT_IN_UUIDS.findall(value)) <= 1 and not is_uuid(value)


COMPARISONS: dict[str, tuple[type, Callable[[Any, Any], bool]]] = {
    "key or UUID": (str, same_key_or_uuid),
    "any case": (str, lambda ours, theirs: ours.casefold() == theirs.casefold()),
    "any order": (list, lambda ours, theirs: sorted(map(str, ours)) == sorted(map(str, theirs))),
}
