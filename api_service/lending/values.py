"""What a tenant or a person has one of: where each is read, what changes it, and how it is put back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from acceptance.calls.exchange import Call
from api_service.people.tenants import TENANTS, Tenant

OWNER, CALLER, OPERATOR = "owner", "caller", "operator"
SETTINGS, ACCOUNT = "/api/v1/tenants/settings", "/api/v1/tenants/account"
ME, PROFILE = "/api/v1/users/me", "/api/v1/users/me/profile"
TENANT = f"{TENANTS}/{{tenant_id}}"
FEATURES, SUSPEND, REACTIVATE = f"{TENANT}/features", f"{TENANT}/suspend", f"{TENANT}/reactivate"
SUBSCRIPTION = "/api/v1/billing/tenants/{tenant_id}/subscription"
SETTINGS_FIELDS = ("billing_contacts", "billing_webhook_url", "plan_metadata", "flags")
PROFILE_FIELDS = ("display_name", "given_name", "family_name", "avatar_url", "timezone", "locale")

# Method, path and the other fields of a call.
Request = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True)
class Value:
    """Something that a tenant or a person has one of: who reads it, and the operations that change it.

    `put_back` returns the request that brings back what was `before`, given what is there `now`; without it
    nothing but a new seed does. What `ignored` names counts the changes, and is no part of the value.
    """

    path: str
    seen_by: str
    changed_by: tuple[str, ...]
    put_back: Callable[[Any, Any], Request] | None = None
    ignored: frozenset[str] = field(default_factory=frozenset)


def _settings(before: Mapping[str, Any], now: Mapping[str, Any]) -> Request:
    sent = {"json": {name: before[name] for name in SETTINGS_FIELDS}}
    return "PUT", SETTINGS, {**sent, "headers": {"If-Match": f'"{now["version"]}"'}}


def _profile(before: Mapping[str, Any], _: Any) -> Request:
    return "PATCH", PROFILE, {"json": {name: before["data"][name] for name in PROFILE_FIELDS}}


def _features(before: Mapping[str, Any], now: Mapping[str, Any]) -> Request:
    return "PUT", FEATURES, {"json": {"flags": {**dict.fromkeys(now["flags"]), **before["flags"]}}}


def _status(before: Mapping[str, Any], _: Any) -> Request:
    done = {"json": {"reason": "The acceptance scenario is over."}}
    return "POST", REACTIVATE if before["status"] == "active" else SUSPEND, done


def _subscription(before: Mapping[str, Any], _: Any) -> Request:
    # A new subscription takes the place of the old one, with whatever was scheduled for it.
    sent = {name: before[name] for name in ("plan_code", "seat_count", "auto_renew", "billing_email")}
    return "POST", SUBSCRIPTION, {"json": sent}


def _account(before: Mapping[str, Any], _: Any) -> Request:
    return "PATCH", ACCOUNT, {"json": {"name": before["name"]}}


_STAMPS = frozenset({"updated_at", "version"})
_STANDING = frozenset(
    {"updated_at", "status_updated_at", "suspended_at", "status_reason", "status_updated_by"}
)
VALUES = (
    Value(SETTINGS, OWNER, (f"PUT {SETTINGS}",), _settings, _STAMPS),
    Value(ACCOUNT, OWNER, (f"PATCH {ACCOUNT}",), _account, _STAMPS),
    Value(ME, CALLER, (f"PATCH {PROFILE}",), _profile),
    Value(FEATURES, OPERATOR, (f"PUT {FEATURES}",), _features),
    Value(
        f"{TENANTS}/{{tenant_id}}", OPERATOR, (f"POST {SUSPEND}", f"POST {REACTIVATE}"), _status, _STANDING
    ),
    Value(
        SUBSCRIPTION,
        OWNER,
        (
            "POST /webhooks/stripe",
            *(f"{method} {SUBSCRIPTION}" for method in ("POST", "PATCH")),
            *(f"POST {SUBSCRIPTION}/{part}" for part in ("plan", "cancel")),
        ),
        _subscription,
        frozenset({"starts_at", "current_period_start", "current_period_end"}),
    ),
)


def compared(value: Value, body: Any) -> Any:
    """Return the part of an answer that is the value, without what only counts its changes."""
    if not isinstance(body, dict):
        return body
    return {name: part for name, part in body.items() if name not in value.ignored}


def request(value: Value, tenant: Tenant, before: Any, now: Any) -> Call | None:
    """Return the call, without its caller's token, that puts a value back; None where there is none."""
    if value.put_back is None:
        return None
    method, path, sent = value.put_back(before, now)
    return Call("the suite", method, path, {"tenant_id": tenant.id}, **sent)
