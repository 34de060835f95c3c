"""The three ways in which lists are paged."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from reference_service.errors import ApiError

T = TypeVar("T")
Key = tuple[str | int | float, ...]


def next_offset(page: Sequence[object], limit: int, offset: int) -> int | None:
    """Where the next page starts, or None after a page that is not full."""
    return offset + limit if len(page) == limit else None


def cursor_page(
    items: Sequence[T],
    *,
    key: Callable[[T], Key],
    limit: int,
    cursor: str | None,
    bound_to: str,
    descending: bool = False,
) -> tuple[list[T], str | None]:
    """The page after the cursor and the cursor of the next page (None at the end).

    `key` gives each item a unique sort key; `bound_to` names the list, so that a cursor of another list is
    refused with a 400, like a malformed one.
    """
    ordered = sorted(items, key=key, reverse=descending)
    if cursor is not None:
        after = _decode(cursor, bound_to)
        try:
            ordered = [item for item in ordered if (key(item) < after if descending else key(item) > after)]
        except TypeError:
            raise _invalid() from None
    page = ordered[:limit]
    return page, _encode(bound_to, key(page[-1])) if len(ordered) > limit else None


def _encode(bound_to: str, key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps([bound_to, *key]).encode()).decode()


def _decode(cursor: str, bound_to: str) -> Key:
    try:
        parts = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        raise _invalid() from None
    if not isinstance(parts, list) or len(parts) < 2 or parts[0] != bound_to:
        raise _invalid()
    return tuple(parts[1:])


def _invalid() -> ApiError:
    return ApiError(400, "Invalid cursor.")
