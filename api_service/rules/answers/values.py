"""Looking into JSON values: every object of an answer, instants, and when two values mean the same."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from acceptance.json_values import instant, is_uuid

UUID_LENGTH = 36
NOT_IN_UUIDS = re.compile(r"[^0-9A-Fa-f-]")
SAME_INSTANT = timedelta(seconds=1)


def heads(body: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects that speak for the answer as a whole: itself, and what an envelope carries."""
    if isinstance(body, dict):
        yield "$", body
        for key in ("data", "subscription", "request"):
            if isinstance(body.get(key), dict):
                yield f"$.{key}", body[key]


def same(ours: Any, theirs: Any) -> bool:
    """Return whether their value says what ours does.

    Runs of blanks count as one, UUIDs have no case, instants may be a second apart, an object may say more.
    """
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(key in theirs and same(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, str) and isinstance(theirs, str):
        return _same_text(ours, theirs)
    return isinstance(ours, bool) == isinstance(theirs, bool) and bool(ours == theirs)


def same_conversation(ours: Any, theirs: Any) -> bool:
    """Return whether two names can mean one conversation: it has a key, and a UUID made of it.

    A key has any form but that of a UUID with one wrong character.
    """
    if _is_misspelt_uuid(ours) or _is_misspelt_uuid(theirs):
        return False
    return same(ours, theirs) or is_uuid(ours) != is_uuid(theirs)


def agree(key: str, ours: Any, theirs: Any) -> bool:
    """Return whether two values under one key mean the same; some keys have a comparison of their own."""
    kind, compare = COMPARED_BY.get(key, (object, same))
    return (compare if isinstance(ours, kind) and isinstance(theirs, kind) else same)(ours, theirs)


def _is_misspelt_uuid(value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) == UUID_LENGTH
        and len(NOT_IN_UUIDS.findall(value)) <= 1
        and not is_uuid(value)
    )


def _same_text(ours: str, theirs: str) -> bool:
    if ours.split() == theirs.split() or (is_uuid(ours) and ours.lower() == theirs.lower()):
        return True
    one, other = instant(ours), instant(theirs)
    return bool(one and other and abs(one - other) <= SAME_INSTANT)


def _same_flags(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    # Flags of the platform cannot be set by a tenant; a null takes a flag away.
    return all(theirs.get(key) == flag for key, flag in ours.items() if not key.startswith("feature."))


def _same_address(ours: str, theirs: str) -> bool:
    return ours.casefold() == theirs.casefold()


def _same_in_any_order(ours: list[Any], theirs: list[Any]) -> bool:
    return sorted(map(str, ours)) == sorted(map(str, theirs))


COMPARED_BY: dict[str, tuple[type, Callable[[Any, Any], bool]]] = {
    "conversation_id": (str, same_conversation),
    "flags": (dict, _same_flags),
    "email": (str, _same_address),
    "new_email": (str, _same_address),
    "invited_email": (str, _same_address),
    "billing_email": (str, _same_address),
    "scopes": (list, _same_in_any_order),
}
