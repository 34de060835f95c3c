"""What single operations promise: the parts of their answers fit each other and the question."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from acceptance.calls.exchange import Exchange
from acceptance.json_values import objects
from api_service.rules.answers.values import heads

FIXED: Mapping[str, Mapping[str, Any]] = {
    "GET /health": {"status": "healthy"},
    "GET /health/ready": {"status": "ready"},
    "POST /api/v1/activity/mark-all-read": {"unread_count": 0},
    "POST /api/v1/logs": {"accepted": True},
    "DELETE /api/v1/auth/sessions/{session_id}": {"revoked": True},
    "POST /api/v1/users/me/disable": {"disabled": True},
    "POST /api/v1/vector-stores": {"usage_bytes": 0},
    "POST /api/v1/vector-stores/{vector_store_id}/search": {"object": "vector_store.search_results.page"},
}
SIGNING_KEY = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"}
KEY_LENGTH = 43  # 32 bytes in base64url without padding (RFC 8037, section 2)
RECOVERY_CODES = 10
LINKS = {"upload_url": "PUT", "download_url": "GET"}
SIGNED_HEADERS = {"content-type": "mime_type", "content-length": "size_bytes", "x-memory-size": "size_bytes"}
LINK_LIFETIMES = ("X-Amz-Expires", "X-Memory-Expires-In")


def fixed_value(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Some fields have one value whenever the operation succeeds."""
    expected = FIXED.get(exchange.operation.name, {}) if exchange.succeeded else {}
    for where, found in heads(exchange.body):
        for key in expected.keys() & found.keys():
            if found[key] != expected[key] or isinstance(found[key], bool) != isinstance(expected[key], bool):
                yield f"{where}.{key}", f"{found[key]!r} instead of {expected[key]!r}"


def signing_keys(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The published keys are Ed25519 keys for signatures, each with an id of its own."""
    if exchange.operation.path != "/.well-known/jwks.json" or exchange.status != 200:
        return
    keys = [found for _, found in objects(exchange.body) if "kid" in found]
    if not keys or len({key["kid"] for key in keys}) != len(keys):
        yield "$.keys", "no keys, or two with one id"
    for key in keys:
        broken = [name for name, value in SIGNING_KEY.items() if key.get(name) != value]
        if broken or len(str(key.get("x"))) != KEY_LENGTH:
            yield "$.keys", f"{key!r} is no Ed25519 key for signatures"


def signed_link(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A signed link leads to the object it was asked for, with the method and for the time it says."""
    for where, found in objects(exchange.body):
        for key, method in LINKS.items():
            if not isinstance(found.get(key), str):
                continue
            if found.get("method") != method:
                yield f"{where}.method", f"{found.get('method')!r} for a link of {method}"
            if _names_its_bucket(found, key) and str(found.get("object_key")) not in unquote(found[key]):
                yield f"{where}.{key}", "does not lead to object_key"
            yield from _lifetime(where, key, found)
    yield from _upload_headers(exchange)


def thumbnails_account_for_every_asset(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every asset that was asked for has a thumbnail, is missing, or cannot have one: one of the three."""
    body = exchange.body
    if exchange.operation.path != "/api/v1/assets/thumbnail-urls" or exchange.status != 200:
        return
    items = [item.get("asset_id") for item in body.get("items", ())]
    named = [*items, *body.get("missing_asset_ids", ()), *body.get("unsupported_asset_ids", ())]
    if sorted(map(str, named)) != sorted(set(map(str, exchange.sent["asset_ids"]))):
        yield "$", f"{named} were asked for as {exchange.sent['asset_ids']}"


def invoice_adds_up(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The lines of a coming invoice make its amount, in one currency."""
    body = exchange.body
    if not exchange.operation.path.endswith("/upcoming-invoice") or exchange.status != 200:
        return
    lines = [line for line in body.get("lines") or () if isinstance(line, dict)]
    if lines and sum(line["amount_cents"] for line in lines) != body["amount_due_cents"]:
        yield "$.amount_due_cents", f"{body['amount_due_cents']} is not the sum of the lines"
    for number, line in enumerate(lines):
        if line.get("currency") != body.get("currency"):
            yield (
                f"$.lines[{number}].currency",
                f"{line.get('currency')!r} on an invoice in {body['currency']!r}",
            )
        unit, quantity = line.get("unit_amount_cents"), line.get("quantity")
        if unit is not None and quantity is not None and unit * quantity != line["amount_cents"]:
            yield f"$.lines[{number}].amount_cents", f"{line['amount_cents']} is not {quantity} times {unit}"


def sign_up_policy(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Whether an invitation is needed, and can be asked for, follows from the policy."""
    for where, found in heads(exchange.body):
        if {"policy", "invite_required", "request_access_enabled"} <= found.keys():
            closed = found["policy"] != "public"
            for key in ("invite_required", "request_access_enabled"):
                if found[key] is not closed:
                    yield f"{where}.{key}", f"{found[key]!r} under the policy {found['policy']!r}"


def features_build_on_each_other(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """There is no billing stream without billing."""
    for where, found in heads(exchange.body):
        if found.get("billing_stream_enabled") is True and found.get("billing_enabled") is False:
            yield f"{where}.billing_stream_enabled", "true without billing"


def authenticator(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The link for an authenticator carries the secret that stands beside it."""
    for where, found in heads(exchange.body):
        if isinstance(found.get("otpauth_url"), str) and exchange.status < 300:
            link = urlsplit(found["otpauth_url"])
            if (link.scheme, link.netloc) != ("otpauth", "totp"):
                yield f"{where}.otpauth_url", "is no link for an authenticator"
            if parse_qs(link.query).get("issuer") != [unquote(link.path).strip("/").partition(":")[0]]:
                yield f"{where}.otpauth_url", "names two issuers"
            if parse_qs(link.query).get("secret") != [found.get("secret")]:
                yield f"{where}.secret", "differs from the one in otpauth_url"


def recovery_codes(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """There are ten recovery codes, no two of them the same."""
    codes = exchange.body.get("codes") if isinstance(exchange.body, dict) else None
    if isinstance(codes, list) and not len(codes) == len(set(map(str, codes))) == RECOVERY_CODES:
        yield "$.codes", f"{len(codes)} codes, {len(set(map(str, codes)))} different ones"


def contact(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A message is delivered under the id of a mail, unless it fell into the trap for robots."""
    if exchange.operation.path != "/api/v1/contact" or exchange.status >= 300:
        return
    trapped = bool(exchange.sent.get("honeypot"))
    for where, found in list(heads(exchange.body))[1:]:
        if found.get("suppressed") is not trapped:
            yield f"{where}.suppressed", f"{found.get('suppressed')!r}"
        if found.get("delivered") and (trapped or found.get("message_id") is None):
            yield f"{where}.delivered", "true without a mail"


def tools_of_agents_are_tools(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An agent has no tool that is not among the tools."""
    for where, found in heads(exchange.body):
        if {"tool_names", "per_agent"} <= found.keys():
            for agent, tools in found["per_agent"].items():
                if not set(tools) <= set(found["tool_names"]):
                    yield f"{where}.per_agent.{agent}", f"{tools} are not all among {found['tool_names']}"


def _names_its_bucket(found: Mapping[str, Any], key: str) -> bool:
    # Other links are opaque: where they lead is known to the store alone.
    return isinstance(found.get("bucket"), str) and found["bucket"] in found[key]


def _lifetime(where: str, key: str, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    headers = found.get("headers") if isinstance(found.get("headers"), dict) else {}
    query = parse_qs(urlsplit(found[key]).query)
    for name in LINK_LIFETIMES:
        said = (headers or {}).get(name) or (query.get(name) or [None])[0]
        if said is not None and str(said) != str(found.get("expires_in_seconds")):
            yield f"{where}.expires_in_seconds", f"{found.get('expires_in_seconds')!r}, the link says {said}"


def _upload_headers(exchange: Exchange) -> Iterator[tuple[str, str]]:
    body, sent = exchange.body, exchange.sent
    if not isinstance(body, dict) or "upload_url" not in body or not isinstance(sent, dict):
        return
    headers = {str(name).lower(): value for name, value in (body.get("headers") or {}).items()}
    for name, key in SIGNED_HEADERS.items():
        if name in headers and str(headers[name]) != str(sent.get(key)):
            yield f"$.headers.{name}", f"{headers[name]!r} for {key} {sent.get(key)!r}"


RULES = (
    fixed_value,
    signing_keys,
    signed_link,
    thumbnails_account_for_every_asset,
    invoice_adds_up,
    sign_up_policy,
    features_build_on_each_other,
    authenticator,
    recovery_codes,
    contact,
    tools_of_agents_are_tools,
)
