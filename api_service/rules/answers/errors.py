"""The envelopes of refusals and of actions."""

from collections.abc import Iterator
from typing import Any

from acceptance.calls.exchange import Exchange

VALIDATED_PARTS = frozenset({"body", "query", "path", "header", "cookie"})
BEARER_REFUSALS = frozenset({"Not authenticated", "Could not validate credentials"})
# No fixed window ends these: they last until a request is decided, or a plan's period is over.
ENDS_AT_NO_KNOWN_TIME = ("Too many pending requests", "usage_limit_exceeded")


def _error(exchange: Exchange) -> dict[str, Any] | None:
    body = exchange.body
    if exchange.status >= 400 and isinstance(body, dict) and "error" in body:
        return body
    return None


def error_name_fits_status(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A refusal is named after its status, or has one of the names that the service raises with it."""
    error, names = _error(exchange), exchange.operation.semantics.errors.of(exchange.status)
    if error and error["error"] not in names:
        yield "$.error", f"{error['error']!r} for status {exchange.status}"


def error_has_a_message(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A refusal says why."""
    if (error := _error(exchange)) and not (isinstance(error.get("message"), str) and error["message"]):
        yield "$.message", f"{error.get('message')!r}"


def success_flag(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """`success`, where an answer has it, says what the status says."""
    if isinstance(exchange.body, dict) and "success" in exchange.body:
        said, meant = exchange.body["success"], exchange.status < 400
        if said is not meant:
            yield "$.success", f"{said!r} with status {exchange.status}"


def validation_names_the_part(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A failed validation of the request says which part of it is wrong."""
    error = _error(exchange)
    if not error or error["error"] != "ValidationError":
        return
    details = error.get("details")
    if not isinstance(details, list) or not details:
        yield "$.details", f"{details!r} names no part of the request"
        return
    for number, detail in enumerate(details):
        place = detail.get("loc") if isinstance(detail, dict) else None
        if not isinstance(place, list) or not place or place[0] not in VALIDATED_PARTS:
            yield f"$.details[{number}].loc", f"{place!r} is no part of a request"


def bearer_challenge(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A missing or bad bearer token is answered with a challenge (RFC 6750, section 3)."""
    error = _error(exchange)
    if exchange.status != 401 or not error or error.get("message") not in BEARER_REFUSALS:
        return
    challenge = exchange.headers.get("www-authenticate", "")
    if not challenge.lower().startswith("bearer"):
        yield "header WWW-Authenticate", f"{challenge or 'missing'!r} instead of a bearer challenge"


def retry_after(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A refusal for too many requests says in how many seconds to come back; windows are known."""
    error = _error(exchange)
    if exchange.status != 429:
        return
    said = f"{error['error']}: {error.get('message')}" if error else ""
    if any(text in said for text in ENDS_AT_NO_KNOWN_TIME):
        return
    seconds = exchange.headers.get("retry-after", "")
    if not seconds.isdigit():
        yield "header Retry-After", f"{seconds or 'missing'!r} is no number of seconds"


RULES = (
    error_name_fits_status,
    error_has_a_message,
    success_flag,
    validation_names_the_part,
    bearer_challenge,
    retry_after,
)
