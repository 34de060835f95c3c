"""Subscriptions to incidents: made, confirmed, ended, and told of an incident."""

import hmac
import ipaddress
import secrets
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from starlette.requests import Request

from reference_service.clients.delivery import post_webhook, send_mail
from reference_service.clock import utc_text
from reference_service.errors import ApiError, not_found
from reference_service.limits import client_ip
from reference_service.models.platform.status import IncidentSchema, StatusSubscriptionCreateRequest
from reference_service.records.status import Channel, Severity, StatusSubscription
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller, unauthorized

MANAGE = "status:manage"
_CATEGORY = "status_subscription"


async def subscribe(
    runtime: Runtime, request: Request, body: StatusSubscriptionCreateRequest, caller: Caller | None
) -> StatusSubscription:
    """A pending subscription, after its target was asked to confirm.

    Anybody may subscribe an e-mail address; a webhook needs the managing scope. Raises 400 for a target that
    does not suit its channel, 409 for one that is subscribed already, 429 beyond the caller's quota.
    """
    if body.channel == "webhook":
        require_manager(caller)
    target = _target(body.channel, body.target.strip())
    runtime.limits.hit(f"status_subscription_{body.channel}", client_ip(request))
    subscription = _new(runtime, body, target, caller)
    if runtime.store.status_subscriptions.find(lambda known: _replaces(known, subscription)):
        raise ApiError(409, "An active subscription already exists for this target.")
    runtime.store.status_subscriptions.insert(subscription)
    try:
        await _ask_to_confirm(runtime, subscription)
    except ApiError:
        runtime.store.status_subscriptions.delete(subscription.id)
        raise
    return subscription


def require_manager(caller: Caller | None) -> Caller:
    """The caller, who must be signed in (401) and hold the managing scope (403)."""
    if caller is None:
        raise unauthorized("Not authenticated")
    if not caller.may(MANAGE):
        raise ApiError(403, "Insufficient scopes for this operation.")
    return caller


def confirm(runtime: Runtime, channel: Channel, token: str) -> StatusSubscription:
    """The subscription whose target holds this token, active from now on; the token works once.

    Raises 404 for an unknown or spent token, 410 for one that came too late.
    """
    subscription = _holding(runtime, token, lambda one: one.confirmation if one.channel == channel else None)
    now = runtime.clock.now()
    if subscription.confirm_until < now:
        raise ApiError(410, "The subscription can no longer be confirmed.")
    subscription.status, subscription.confirmation, subscription.updated_at = "active", None, now
    return subscription


def unsubscribe(runtime: Runtime, subscription_id: UUID, token: str) -> None:
    """End the subscription that the token of its mails belongs to; 404 or 400 for any other token."""
    if _holding(runtime, token, lambda one: one.unsubscribe).id != subscription_id:
        raise ApiError(400, "Token does not match subscription.")
    revoke(runtime, subscription_id)


def revoke(runtime: Runtime, subscription_id: UUID) -> None:
    """End a subscription; once more is no mistake. 404 if there never was one."""
    subscription = runtime.store.status_subscriptions.get(subscription_id)
    if subscription is None:
        not_found("Subscription")
    subscription.status, subscription.updated_at = "revoked", runtime.clock.now()
    subscription.confirmation = None


async def tell(runtime: Runtime, incident: IncidentSchema, severity: Severity, tenant_id: UUID) -> int:
    """Tell the tenant's active subscribers for whom the severity matters; returns how many were told."""
    told = runtime.store.status_subscriptions.filter(
        lambda one: (
            one.status == "active"
            and one.tenant_id == tenant_id
            and (one.severity_filter in ("all", severity) or severity == "all")
        )
    )
    for subscription in told:
        await _tell(runtime, incident, subscription)
    return len(told)


def _new(
    runtime: Runtime, body: StatusSubscriptionCreateRequest, target: str, caller: Caller | None
) -> StatusSubscription:
    now = runtime.clock.now()
    return StatusSubscription(
        channel=body.channel,
        target=target,
        severity_filter=body.severity_filter or "major",
        created_by=str(caller.user.id) if caller else "public",
        created_at=now,
        updated_at=now,
        confirmation=secrets.token_urlsafe(32),
        confirm_until=now + timedelta(minutes=runtime.config.email_token_minutes),
        unsubscribe=secrets.token_urlsafe(32),
        tenant_id=caller.tenant.id if caller else None,
        webhook_secret=secrets.token_hex(32) if body.channel == "webhook" else None,
        metadata=body.metadata or {},
    )


def _target(channel: Channel, target: str) -> str:
    if channel == "webhook":
        return _public_https(target)
    try:
        return validate_email(target, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        raise ApiError(400, "The target must be an e-mail address.") from None


def _public_https(target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        parts = urlsplit("")
    host = (parts.hostname or "").lower()
    # A URL is written in ASCII (RFC 3986, section 2), so that it can stand in a header, too.
    if parts.scheme.lower() != "https" or not host or not target.isascii():
        raise ApiError(400, "Webhook targets must be HTTPS URLs.")
    try:
        reachable = ipaddress.ip_address(host).is_global
    except ValueError:
        reachable = host != "localhost" and not host.endswith(".localhost")
    if not reachable:
        raise ApiError(400, "Webhook targets must be public.")
    return target


def _replaces(known: StatusSubscription, new: StatusSubscription) -> bool:
    def key(one: StatusSubscription) -> tuple[object, ...]:
        return (one.channel, one.target, one.severity_filter, one.tenant_id)

    return known.status == "active" and key(known) == key(new)


def _holding(
    runtime: Runtime, token: str, secret_of: Callable[[StatusSubscription], str | None]
) -> StatusSubscription:
    for subscription in runtime.store.status_subscriptions:
        secret = secret_of(subscription)
        if secret is not None and hmac.compare_digest(secret.encode(), token.encode()):
            return subscription
    raise ApiError(404, "Token invalid.")


async def _ask_to_confirm(runtime: Runtime, subscription: StatusSubscription) -> None:
    if subscription.webhook_secret:
        challenge = {"subscription_id": str(subscription.id), "challenge": subscription.confirmation}
        await _post(runtime, subscription, {**challenge, "timestamp": utc_text(runtime.clock.now())})
        return
    text = f"Confirm: {_link(runtime, subscription, f'token={subscription.confirmation}')}"
    await send_mail(
        runtime,
        subscription.target,
        "Confirm that you want to hear of incidents",
        f"{text}\n{_unsubscribe_line(runtime, subscription)}",
        _CATEGORY,
    )


async def _tell(runtime: Runtime, incident: IncidentSchema, subscription: StatusSubscription) -> None:
    if subscription.webhook_secret:
        await _post(runtime, subscription, {"incident": incident.model_dump(mode="json")})
        return
    text = f"{incident.service}: {incident.impact} ({incident.state})\nIncident: {incident.incident_id}"
    await send_mail(
        runtime,
        subscription.target,
        f"{incident.service}: {incident.state}",
        f"{text}\n{_unsubscribe_line(runtime, subscription)}",
        _CATEGORY,
    )


async def _post(runtime: Runtime, subscription: StatusSubscription, payload: dict[str, object]) -> None:
    await post_webhook(runtime, subscription.target, subscription.webhook_secret or "", payload)


def _unsubscribe_line(runtime: Runtime, subscription: StatusSubscription) -> str:
    return f"Unsubscribe: {_link(runtime, subscription, f'unsubscribe_token={subscription.unsubscribe}')}"


def _link(runtime: Runtime, subscription: StatusSubscription, query: str) -> str:
    return f"{runtime.config.public_url}/status?subscription_id={subscription.id}&{query}"
