"""Timestamps: what happened lies in the past and in the order of things, what was just made is new."""

from collections.abc import Iterator
from datetime import timedelta

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant, objects
from api_service.rules.answers.values import heads

CLOCKS_DIFFER = timedelta(seconds=60)
JUST_NOW = timedelta(minutes=2)
ROUNDING = timedelta(seconds=2)

HAPPENED = frozenset(
    {
        "created_at",
        "updated_at",
        "asset_created_at",
        "asset_updated_at",
        "storage_created_at",
        "status_updated_at",
        "suspended_at",
        "deprovisioned_at",
        "started_at",
        "ended_at",
        "issued_at",
        "revoked_at",
        "accepted_at",
        "joined_at",
        "verified_at",
        "last_seen_at",
        "last_used_at",
        "last_active_at",
        "last_used",
        "occurred_at",
        "received_at",
        "processed_at",
        "generated_at",
        "server_timestamp",
        "timestamp",
    }
)
EXPIRES = ("expires_at", "refresh_expires_at")
ORDERED = (
    ("created_at", "updated_at"),
    ("created_at", "accepted_at"),
    ("created_at", "revoked_at"),
    ("created_at", "last_seen_at"),
    ("created_at", "last_active_at"),
    ("created_at", "status_updated_at"),
    ("created_at", "expires_at"),
    ("asset_created_at", "asset_updated_at"),
    ("issued_at", "revoked_at"),
    ("issued_at", "expires_at"),
    ("started_at", "ended_at"),
    ("current_period_start", "current_period_end"),
    ("period_start", "period_end"),
    ("window_start", "window_end"),
    ("starts_at", "trial_ends_at"),
    ("expires_at", "refresh_expires_at"),
)
# These answer with what was there before; everything else that answers 201 was made by the call.
NOT_MADE_NOW = ("/api/v1/test-fixtures/", "/api/v1/auth/service-accounts/")
CLOCKS = ("/health", "/health/ready", "/health/storage")


def past_is_past(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What is said to have happened did not happen after the answer."""
    latest = exchange.answered_at + CLOCKS_DIFFER
    for where, found in objects(exchange.body):
        for key in found.keys() & HAPPENED:
            moment = instant(found[key])
            if moment and moment > latest:
                yield f"{where}.{key}", f"{found[key]} lies after the answer"


def new_is_new(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What a call has made was created now."""
    if exchange.status != 201 or exchange.operation.path.startswith(NOT_MADE_NOW):
        return
    for where, found in heads(exchange.body):
        moment = instant(found.get("created_at"))
        if moment and abs(exchange.answered_at - moment) > JUST_NOW:
            yield f"{where}.created_at", f"{found['created_at']} is not now"


def clock(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A report of health is of now."""
    if exchange.operation.path in CLOCKS and isinstance(exchange.body, dict):
        moment = instant(exchange.body.get("timestamp"))
        if moment and abs(exchange.answered_at - moment) > JUST_NOW:
            yield "$.timestamp", f"{exchange.body['timestamp']} is not now"


def issued_has_a_future(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What was just issued expires later."""
    if exchange.operation.method != "POST" or not 200 <= exchange.status < 300:
        return
    for where, found in heads(exchange.body):
        if found.get("revoked_at") is not None or exchange.operation.path.endswith("/revoke"):
            continue
        for key in EXPIRES:
            moment = instant(found.get(key))
            if moment and moment <= exchange.answered_at:
                yield f"{where}.{key}", f"{found[key]} is over already"


def lifetime(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What was issued for a number of hours lives for them."""
    hours = exchange.sent.get("expires_in_hours") if isinstance(exchange.sent, dict) else None
    body = exchange.body if exchange.status == 201 and isinstance(exchange.body, dict) else {}
    start, end = instant(body.get("created_at")), instant(body.get("expires_at"))
    if isinstance(hours, int) and start and end and abs(end - start - timedelta(hours=hours)) > JUST_NOW:
        yield "$.expires_at", f"{body['expires_at']} is not {hours} hours after {body['created_at']}"


def order_of_events(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Nothing ends, changes or expires before it began."""
    for where, found in objects(exchange.body):
        for first, then in ORDERED:
            start, end = instant(found.get(first)), instant(found.get(then))
            if start and end and end < start - ROUNDING:
                yield f"{where}.{then}", f"{found[then]} lies before {first} {found[first]}"


RULES = (past_is_past, new_is_new, clock, issued_has_a_future, lifetime, order_of_events)
