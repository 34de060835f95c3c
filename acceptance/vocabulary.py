"""The typed words that step texts may contain: people, quoted titles, outcomes, actions."""

from collections.abc import Callable, Mapping
from typing import Any

from parse import with_pattern

OUTCOMES: Mapping[str, tuple[int, str]] = {
    "malformed": (400, "BadRequest"),
    "not signed in": (401, "Unauthorized"),
    "not allowed": (403, "Forbidden"),
    "not found": (404, "NotFound"),
    "conflicting": (409, "Conflict"),
    "expired": (410, "Gone"),
    "too large": (413, "PayloadTooLarge"),
    "invalid": (422, "ValidationError"),
    "locked": (423, "Locked"),
    "lacking a version": (428, "HTTPException"),
    "too many": (429, "TooManyRequests"),
    "failing at the provider": (502, "BadGateway"),
    "unavailable": (503, "ServiceUnavailable"),
}


@with_pattern(r"[Aa] visitor|[A-Z][a-z]+")
def person(text: str) -> str:
    """Somebody's first name, or a visitor, who is signed out."""
    return text if text[1] != " " else "a visitor"


@with_pattern(r'"[^"]*"')
def quoted(text: str) -> str:
    """A title or text between double quotes; the quotes are left out."""
    return text[1:-1]


@with_pattern("|".join(OUTCOMES))
def outcome(text: str) -> tuple[int, str]:
    """A refusal in plain words; the status (RFC 9110, RFC 6585) and the contract's error name."""
    return OUTCOMES[text]


TYPES: Mapping[str, Callable[[str], Any]] = {"Person": person, "Quoted": quoted, "Outcome": outcome}
