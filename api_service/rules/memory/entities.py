"""The things that answers show: how each is told apart, and which of its fields two views share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.calls.tokens import opened
from acceptance.json_values import is_uuid, objects
from api_service.rules.answers.listings import listing
from api_service.rules.answers.tokens import as_answered
from api_service.rules.answers.values import heads
from api_service.rules.memory.effects import area

Identity = tuple[str, ...]

CONVERSATION = frozenset(
    {
        "display_name",
        "agent_entrypoint",
        "active_agent",
        "topic_hint",
        "status",
        "message_count",
        "last_message_preview",
        "created_at",
        "updated_at",
    }
)
PERSON = frozenset(
    {
        "email",
        "display_name",
        "given_name",
        "family_name",
        "avatar_url",
        "timezone",
        "locale",
        "role",
        "email_verified",
        "joined_at",
    }
)
RUN = frozenset(
    {
        "workflow_key",
        "status",
        "started_at",
        "ended_at",
        "user_id",
        "conversation_id",
        "final_output_text",
        "request_message",
        "steps",
        "step_count",
        "output_schema",
    }
)
# What a run shows while it goes on, and keeps.
RUNNING = frozenset({"workflow_key", "started_at", "user_id", "conversation_id", "request_message"})
INVOICE = frozenset({"amount_cents", "currency", "period_start", "period_end", "hosted_invoice_url"})
TOKEN = frozenset(
    {
        "account",
        "tenant_id",
        "scopes",
        "issued_at",
        "expires_at",
        "revoked_at",
        "revoked_reason",
        "fingerprint",
        "signing_kid",
    }
)
EVENT = frozenset({"event_type", "occurred_at", "tenant_id", "summary"})

# The first of these names that an object has is its identity; with it the fields that speak of that thing
# (None: all of them).
KINDS: tuple[tuple[str, frozenset[str] | None], ...] = (
    ("id", None),
    ("workflow_run_id", RUN),
    ("asset_id", frozenset({"storage_object_id"})),
    ("object_id", frozenset({"bucket", "object_key"})),
    ("message_id", frozenset({"role", "content", "timestamp"})),
    ("invoice_id", INVOICE),
    ("jti", TOKEN),
    ("stripe_event_id", EVENT),
    ("user_id", PERSON),
    ("conversation_id", CONVERSATION),
)
# Catalogues name their entries with a word that other objects use for something else.
CATALOGUES = {"agents": "name", "workflows": "key", "guardrails": "key"}
# A consent is what somebody agreed to; the answer to it does not repeat that.
CONSENT = frozenset({"policy_key", "version"})
EVENT_OF_STREAM = frozenset({"stream_id", "event_id"})
FRAME = "event"
# What has no identity of its own is known by the place where it is read and written.
RESOURCES = {
    "/api/v1/tenants/settings": "settings",
    "/api/v1/tenants/invites/policy": "invite policy",
    "/api/v1/auth/signup-policy": "signup policy",
    "/api/v1/features": "features",
    "/api/v1/platform/tenants/{tenant_id}/features": "feature flags",
    "/api/v1/billing/tenants/{tenant_id}/subscription": "subscription",
    "/api/v1/billing/tenants/{tenant_id}/subscription/plan": "subscription",
    "/api/v1/billing/tenants/{tenant_id}/subscription/cancel": "subscription",
}
# Lists inside of an answer whose entries are things of their own.
PARTS = frozenset({"messages", "methods"})
# The UUID under which a thing is known elsewhere as its `id`.
SAME_AS_ID = frozenset({"asset_id", "object_id", "method_id"})

# What names a file of a vector store beside the store's own id for it.
FILE_IN_STORE = ("vector_store_id", "openai_file_id")

VOLATILE = {
    "last_seen_at": "moves with every call",
    "last_used_at": "moves with every sign-in",
    "last_used": "moves with every conversation",
    "last_active_at": "moves with every use",
    "total_conversations": "moves with every conversation",
    "current": "depends on the session that asks",
    "read_state": "depends on the person who asks",
    "ip_hash": "left out of some views",
    "user_agent": "left out of some views",
    "score": "depends on the search",
    "preview": "depends on the search",
    "usage_bytes": "the provider is still counting",
    "uptime": "moves with the clock",
    "headers": "belongs to a signed link",
    "method": "belongs to a signed link",
    "upload_url": "signed anew every time",
    "download_url": "signed anew every time",
    "invite_token": "shown once",
    "webhook_secret": "shown once",
}
# The provider works on these after it has answered.
PROVIDER_AREAS = frozenset({"vector-stores", "containers"})
PROVIDER_STATES = frozenset({"status", "last_error", "updated_at"})
# What a scenario is built on: everything that it seeded.
SCAFFOLDING = "test-fixtures"
ONE_PERSONS_VIEW = frozenset({"activity"})


@dataclass(frozen=True)
class Sighting:
    """One thing as one answer shows it: where, which one, and what another view must agree with."""

    where: str
    identity: Identity
    fields: Mapping[str, Any]


def sightings(exchange: Exchange) -> Iterator[Sighting]:
    """Yield everything with an identity that an answer shows."""
    resource = RESOURCES.get(exchange.operation.path)
    if resource:
        values = tuple(str(value) for value in exchange.call.values.values())
        identity = ("path", resource, str(exchange.call.tenant_id), *values)
        for where, found in list(heads(exchange.body))[-1:]:
            yield Sighting(where, identity, _fields(exchange, found, None))
        return
    for where, found in _shown(exchange):
        sighting = _sighting(exchange, where, found)
        if sighting:
            yield sighting
        if all(isinstance(found.get(name), str) for name in FILE_IN_STORE):
            names = (*FILE_IN_STORE, *(found[name] for name in FILE_IN_STORE))
            yield Sighting(where, names, {"id": found.get("id")})
        token = opened(found.get("refresh_token"))
        if token and token[1].get("jti"):
            yield Sighting(where, _identity(exchange, "jti", token[1]["jti"]), _of_token(*token))


def subject(exchange: Exchange) -> Identity | None:
    """Return the thing that a write is about: the one that is answered, else the one that the path names."""
    for where, found in heads(exchange.body):
        sighting = _sighting(exchange, where, found)
        if sighting:
            return sighting.identity
        name = next((name for name in SAME_AS_ID if found.get(name)), None)
        if name:
            return "id", str(found[name])
    if isinstance(exchange.sent, dict) and exchange.sent.keys() >= CONSENT:
        return (*(str(exchange.sent[name]) for name in sorted(CONSENT)), exchange.person)
    return named_by_path(exchange)


def named_by_path(exchange: Exchange) -> Identity | None:
    """Return the thing that the last parameter of a path names, when the path ends with it."""
    last = exchange.operation.path.rpartition("/")[2]
    if not last.startswith("{"):
        return None
    name, value = last[1:-1], exchange.call.values.get(last[1:-1])
    if name == "run_id":
        name = "workflow_run_id"
    if name.endswith("_id") and name not in {kind for kind, _ in KINDS}:
        name = "id"
    return _identity(exchange, name, value)


def _shown(exchange: Exchange) -> Iterator[tuple[str, dict[str, Any]]]:
    if area(exchange.operation.path) == SCAFFOLDING:
        yield from objects(exchange.body)
        return
    for where, found in heads(exchange.body):
        yield where, found
        parts = PARTS if exchange.operation.method == "GET" else PARTS | {"items"}
        for key in parts & found.keys():
            if isinstance(found[key], list):
                yield from (
                    (f"{where}.{key}[{number}]", part)
                    for number, part in enumerate(found[key])
                    if isinstance(part, dict)
                )
    yield from listing(exchange) or ()


def _sighting(exchange: Exchange, where: str, found: Mapping[str, Any]) -> Sighting | None:
    catalogue = CATALOGUES.get(area(exchange.operation.path), "")
    if isinstance(found.get(catalogue), str) and "id" not in found:
        identity: Identity = (area(exchange.operation.path), str(found[catalogue]))
        return Sighting(where, identity, _fields(exchange, found, None))
    if found.keys() >= EVENT_OF_STREAM:
        # A record of its own, not a view of its conversation.
        return Sighting(where, (FRAME, str(found["stream_id"]), str(found["event_id"])), found)
    if found.keys() >= CONSENT:
        shown = {key: found[key] for key in {"accepted_at"} & found.keys()}
        return Sighting(where, (*(str(found[name]) for name in sorted(CONSENT)), exchange.person), shown)
    for name, shared in KINDS:
        if isinstance(found.get(name), str | int):
            identity = _identity(exchange, name, found[name], found.get("tenant_id"))
            return Sighting(where, identity, _fields(exchange, found, shared))
    return None


def _of_token(header: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    said = as_answered("signing_", header, claims)
    shown = {key: said[key] for key in TOKEN & said.keys() if said[key] is not None}
    return shown | {"expires_at": said["signing_expires_at"]} if "signing_expires_at" in said else shown


def _identity(exchange: Exchange, name: str, value: Any, tenant: Any = None) -> Identity:
    text = str(value).lower() if is_uuid(str(value)) else str(value)
    own_area, tenant = area(exchange.operation.path), str(tenant or exchange.call.tenant_id)
    if own_area in ONE_PERSONS_VIEW:
        return name, text, exchange.person
    if name == "message_id":
        return name, text, str(exchange.call.values.get("conversation_id"))
    if name == "user_id":
        return name, text, tenant
    name = "id" if name in SAME_AS_ID else name
    if is_uuid(text):
        return name, text
    return name, text, name if name == "conversation_id" else own_area, tenant


def _fields(exchange: Exchange, found: Mapping[str, Any], shared: frozenset[str] | None) -> dict[str, Any]:
    left_out = set(VOLATILE)
    if area(exchange.operation.path) in PROVIDER_AREAS:
        left_out |= PROVIDER_STATES
    found = _one_form(found)
    if shared is RUN and found.get("status") == "running":
        shared = RUNNING
    wanted = found.keys() if shared is None else found.keys() & shared
    return {key: found[key] for key in wanted if key not in left_out}


def _one_form(found: Mapping[str, Any]) -> dict[str, Any]:
    # One view names or counts what another one shows in full.
    form = dict(found)
    if "conversation_id" in found and isinstance(found.get("agent_context"), dict):
        form |= found["agent_context"]
    if "conversation_id" in found and isinstance(found.get("agent_used"), str):
        form["active_agent"] = found["agent_used"]
    if "workflow_run_id" in found and isinstance(found.get("final_output"), str):
        form["final_output_text"] = found["final_output"]
    if "workflow_run_id" in found and isinstance(found.get("steps"), list):
        form["step_count"] = len(found["steps"])
    if "conversation_id" in found and isinstance(found.get("messages"), list):
        form["message_count"] = len(found["messages"])
    return form
