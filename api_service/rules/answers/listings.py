"""Lists: every item once, no more than was asked for, counted right, in the promised order, with an end."""

from collections.abc import Iterator
from itertools import pairwise
from json import dumps
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant

ITEMS = ("items", "sessions", "invites", "requests", "members", "accounts", "providers")
# What tells the items of a list apart: the first of these that an item has.
IDENTITIES = (
    ("id",),
    ("sequence_no",),
    ("workflow_run_id",),
    ("message_id",),
    ("asset_id",),
    ("invoice_id",),
    ("jti",),
    ("stripe_event_id",),
    ("stream_id", "event_id"),
    ("policy_key", "version"),
    ("feature_key", "window_start", "window_end"),
    ("provider_key",),
    ("user_id",),
    ("conversation_id",),
    ("code",),
    ("key",),
    ("name",),
)
# Callers, assistants and providers may say the same thing twice.
MAY_REPEAT = frozenset(
    {
        "metadata",
        "attributes",
        "billing_contacts",
        "plan_metadata",
        "flags",
        "content",
        "attachments",
        "steps",
        "lines",
        "notices",
        "final",
        "tool",
        "default_config",
        "config_schema",
        "output_schema",
        "structured_output",
        "final_output_structured",
        "call_arguments",
        "call_output",
        "usage",
    }
)
# No list has a smaller page than this when the caller names no limit.
SMALLEST_PAGE = 20
# The service filters after it has cut the page: a page may be short, or empty, before a further one.
SHORT_PAGES = frozenset(
    {
        "GET /api/v1/conversations",
        "GET /api/v1/conversations/search",
    }
)
PROMISED_ORDER = {
    "GET /api/v1/activity": ("created_at", "newest first"),
    "GET /api/v1/assets": ("asset_created_at", "newest first"),
    "GET /api/v1/auth/invites": ("created_at", "newest first"),
    "GET /api/v1/auth/service-accounts/tokens": ("issued_at", "newest first"),
    "GET /api/v1/auth/signup-requests": ("created_at", "newest first"),
    "GET /api/v1/platform/tenants": ("created_at", "newest first"),
    "GET /api/v1/status/subscriptions": ("created_at", "newest first"),
    "GET /api/v1/storage/objects": ("created_at", "newest first"),
    "GET /api/v1/tenants/invites": ("created_at", "newest first"),
    "GET /api/v1/containers": ("created_at", "newest first"),
    "GET /api/v1/vector-stores": ("created_at", "newest first"),
    "GET /api/v1/vector-stores/{vector_store_id}/files": ("created_at", "newest first"),
    "GET /api/v1/workflows/runs": ("started_at", "newest first"),
    "GET /api/v1/conversations": ("updated_at", "newest first"),
    "GET /api/v1/usage": ("period_start", "newest first"),
}


def listing(exchange: Exchange) -> list[tuple[str, dict[str, Any]]] | None:
    """Return the items of the list that was answered, each with its place; None when there is no list."""
    body, where = exchange.body, "$"
    if exchange.operation.method != "GET" or exchange.status != 200:
        return None
    if isinstance(body, dict):
        key = next((key for key in ITEMS if isinstance(body.get(key), list)), None)
        if key is None:
            return None
        body, where = body[key], f"$.{key}"
    if not isinstance(body, list) or not all(isinstance(item, dict) for item in body):
        return None
    return [(f"{where}[{number}]", item) for number, item in enumerate(body)]


def identity_of(item: dict[str, Any]) -> tuple[str, ...] | None:
    """Return what tells an item apart from the others of its list: the names and their values."""
    names = next((names for names in IDENTITIES if all(item.get(name) is not None for name in names)), None)
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
        own = identity_of(item)
        if own and own in seen:
            yield where, f"is the same as {seen[own]} ({'/'.join(own)})"
        elif own:
            seen[own] = where


def nothing_is_repeated(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """No list inside an answer holds the same thing twice, but for what callers wrote themselves."""
    if exchange.operation.method == "GET" and exchange.status == 200:
        yield from _repeated(exchange.body, "$")


def page_size(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A page holds no more items than asked for, and exactly so many when another page follows."""
    items, limit = listing(exchange), _number(exchange, "limit")
    if items is None or limit is None or limit < 1:
        return
    if len(items) > limit:
        yield "$", f"{len(items)} items, {limit} were asked for"
    follows = _page(exchange).get("next_cursor") or _page(exchange).get("next_offset")
    if follows and len(items) < limit and exchange.operation.name not in SHORT_PAGES:
        yield "$", f"{len(items)} of {limit} items, yet another page is said to follow"


def total_counts_the_items(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """`total` is the number of items, when all of them fit on the page, and never smaller."""
    items, total = listing(exchange), _page(exchange).get("total")
    if items is None or not isinstance(total, int) or exchange.call.query.get("cursor"):
        return
    before, limit = _number(exchange, "offset") or 0, _number(exchange, "limit") or SMALLEST_PAGE
    if len(items) < limit and (items or not before) and not _page(exchange).get("next_cursor"):
        if total != before + len(items):
            yield "$.total", f"{total}, the page ends with item {before + len(items)}"
    elif total < len(items):
        yield "$.total", f"{total} for {len(items)} items on this page alone"


def next_page(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A page that is followed by another is not empty and leads further."""
    items, page = listing(exchange), _page(exchange)
    if items is None:
        return
    cursor, following = page.get("next_cursor"), page.get("next_offset")
    if cursor and not items and exchange.operation.name not in SHORT_PAGES:
        yield "$.next_cursor", "an empty page leads to another"
    if cursor and str(cursor) == str(exchange.call.query.get("cursor")):
        yield "$.next_cursor", "leads back to this page"
    if following is not None and following != (_number(exchange, "offset") or 0) + len(items):
        yield "$.next_offset", f"{following} after {len(items)} items"


def order(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A list keeps the order that is promised for it."""
    field, direction = PROMISED_ORDER.get(exchange.operation.name, ("", ""))
    if exchange.operation.path.endswith("/messages") and exchange.call.query.get("direction"):
        field = "timestamp"
        direction = "newest first" if exchange.call.query["direction"] == "desc" else "oldest first"
    moments = [(where, instant(item.get(field))) for where, item in listing(exchange) or ()]
    known = [(where, moment) for where, moment in moments if moment]
    for (_, one), (where, other) in pairwise(known):
        if one < other if direction == "newest first" else one > other:
            yield f"{where}.{field}", f"{other.isoformat()} after {one.isoformat()}, promised is {direction}"


def _repeated(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in value.keys() - MAY_REPEAT:
            yield from _repeated(value[key], f"{where}.{key}")
    elif isinstance(value, list):
        texts = [dumps(item, sort_keys=True) for item in value if isinstance(item, dict | str)]
        if len(set(texts)) < len(texts):
            yield where, f"the same thing twice among {len(texts)}"
        for number, item in enumerate(value):
            yield from _repeated(item, f"{where}[{number}]")


RULES = (item_is_listed_once, nothing_is_repeated, page_size, total_counts_the_items, next_page, order)
