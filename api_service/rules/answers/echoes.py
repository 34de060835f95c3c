"""An answer speaks of what was asked for: the caller's tenant, the path, the filters, and what was sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant, objects
from api_service.rules.answers.listings import listing
from api_service.rules.answers.values import agree, heads, same, same_conversation

# These answer across tenants, or for the tenant that is being entered rather than the caller's.
OTHER_TENANTS = (
    "/api/v1/platform/",
    "/api/v1/test-fixtures/",
    "/api/v1/auth/token",
    "/api/v1/auth/refresh",
    "/api/v1/auth/register",
    "/api/v1/auth/mfa/complete",
    "/api/v1/auth/sso/",
    "/api/v1/auth/sessions",
    "/api/v1/auth/service-accounts/",
    "/api/v1/tenants/invites/accept",
    "GET /api/v1/status/subscriptions",
)

# Under which names an answer repeats a path parameter, where it is not the parameter's own.
NAMES_IN_THE_ANSWER = {
    "run_id": ("workflow_run_id",),
    "agent_name": ("name",),
    "message_id": ("deleted_message_id",),
}
# After these words the answer still shows the thing that the path names.
ACTIONS = frozenset({"revoke", "suspend", "reactivate", "deprovision", "approve", "reject"})
# A file in a vector store is known by the store's id for it and by the provider's.
OWN_NAMES = {"file_id": ("id", "openai_file_id")}

# Query parameters that select by something else than equality with a field of the same name.
NO_EQUALITY = frozenset({"limit", "offset", "cursor", "search", "q", "account", "tenant_id"})
# Whoever names no place gets the beginning.
UNASKED = {"offset": 0}
FILTERED_FIELDS = {"run_status": "status"}
STATUS_IS_A_FIELD = (
    "/api/v1/activity",
    "/api/v1/platform/tenants",
    "/api/v1/tenants/invites",
    "/api/v1/auth/invites",
    "/api/v1/auth/signup-requests",
    "/api/v1/vector-stores/",
)

NEVER_ECHOED = {
    "message": "an answer's message is its own words",
    "response": "an answer's response is its own words",
    "attachments": "the answer lists what the assistant attached",
    "refresh_token": "the answer holds the new one",
    "token": "the answer holds another one",
    "reason": "a repeated transition keeps the reason of the first",
    "timing": "`auto` is answered with what it came to",
    "metadata": "the service adds its own entries",
    "tenants": "a seed is answered with the ids it came to",
}
# What is sent for one of these may be put off to the next billing period.
PUT_OFF = {"seat_count": "pending_seat_count", "plan_code": "pending_plan_code"}
ANSWERED_AS = {"plan_code": "target_plan_code", "new_email": "email"}
# A null clears the field here; elsewhere it leaves the choice to the service.
NULL_CLEARS = ("/api/v1/users/me/profile", "/api/v1/conversations/")


def tenant(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every `tenant_id` in an answer is the caller's own."""
    own, operation = exchange.call.tenant_id, exchange.operation
    if not own or operation.path.startswith(OTHER_TENANTS) or operation.name.startswith(OTHER_TENANTS):
        return
    for where, found in objects(exchange.body):
        if found.get("tenant_id") is not None and not same(own, found["tenant_id"]):
            yield f"{where}.tenant_id", f"{found['tenant_id']!r} is not the caller's tenant {own}"


def path_value(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What the path names is what the answer speaks of, and what every item of a list belongs to."""
    if not 200 <= exchange.status < 300:
        return
    items = listing(exchange) or []
    runs = [(f"{where}.workflow", item["workflow"]) for where, item in items if item.get("workflow")]
    places = [*heads(exchange.body), *items, *runs]
    for name, value in exchange.call.values.items():
        for where, found in places:
            for key in (name, *NAMES_IN_THE_ANSWER.get(name, ())):
                if key in found and not _names(name, str(value), found[key]):
                    yield f"{where}.{key}", f"{found[key]!r} was asked for as {value!r}"


def identity(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The thing that is answered is the one that the end of the path names."""
    parts = exchange.operation.path.split("/")
    last = parts[-2] if parts[-1] in ACTIONS else parts[-1]
    if not last.startswith("{") or not 200 <= exchange.status < 300:
        return
    value = exchange.call.values.get(last[1:-1])
    names = OWN_NAMES.get(last[1:-1], ("id", "key"))
    for where, found in heads(exchange.body):
        shown = [found[name] for name in names if name in found]
        if shown and not any(same(str(value), str(one)) for one in shown):
            yield f"{where}.{names[0]}", f"{shown[0]!r} was asked for as {value!r}"


def filters(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every item of a list keeps the filters of the query; the size and place of the page are repeated."""
    if exchange.status != 200:
        return
    query = exchange.call.query
    for where, item in listing(exchange) or ():
        for key, value in query.items():
            if value is not None and not _keeps(exchange, key, value, item):
                yield f"{where}.{key}", f"{item.get(key)!r} does not keep the filter {value!r}"
    for key in ("limit", "offset"):
        said = exchange.body.get(key) if isinstance(exchange.body, dict) else None
        asked = query.get(key, UNASKED.get(key))
        if said is not None and asked is not None and str(said) != str(asked):
            yield f"$.{key}", f"{said!r} was asked for as {asked!r}"


def sent_value(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A write's answer shows what was sent, under the same name."""
    if not exchange.operation.is_write or not 200 <= exchange.status < 300:
        return
    if not isinstance(exchange.sent, dict):
        return
    for where, found in heads(exchange.body):
        for key, value in exchange.sent.items():
            for name in (key, ANSWERED_AS.get(key, key)):
                if name in found and not _acknowledged(exchange, key, value, name, found):
                    yield f"{where}.{name}", f"{found[name]!r} was sent as {value!r}"


def _names(parameter: str, asked: str, shown: Any) -> bool:
    if parameter == "conversation_id":
        # An event that was written before its conversation was known says so.
        return shown == "unknown" or same_conversation(asked, shown)
    return shown is None or same(asked, str(shown))


def _keeps(exchange: Exchange, key: str, value: Any, item: Mapping[str, Any]) -> bool:
    if key.endswith(("_after", "_before")):
        return _in_range(key, value, item)
    if key == "mime_type_prefix":
        return str(item.get("mime_type") or "").startswith(str(value))
    field = FILTERED_FIELDS.get(key, key)
    status_is_elsewhere = key == "status" and not exchange.operation.path.startswith(STATUS_IS_A_FIELD)
    if key in NO_EQUALITY or status_is_elsewhere or field not in item:
        return True
    if key == "conversation_id":
        return same_conversation(value, item[field])
    return same(str(value).casefold(), str(item[field]).casefold())


def _in_range(key: str, value: Any, item: Mapping[str, Any]) -> bool:
    event, _, side = key.partition("_")
    bound, shown = instant(value), instant(item.get(f"{event}_at") or item.get(f"asset_{event}_at"))
    if bound is None or shown is None:
        return True
    return shown >= bound if side == "after" else shown <= bound


def _acknowledged(exchange: Exchange, key: str, sent: Any, name: str, found: Mapping[str, Any]) -> bool:
    answered = found[name]
    if key in NEVER_ECHOED:
        return True
    if sent is None:
        return answered is None or not exchange.operation.path.startswith(NULL_CLEARS)
    if key in PUT_OFF and same(sent, found.get(PUT_OFF[key])):
        return True
    return agree(key, sent, answered)


RULES = (tenant, path_value, identity, filters, sent_value)
