"""What Stripe's events do: each is kept, processed once, and told to the tenant."""

from uuid import UUID

from pydantic import ValidationError
from starlette.requests import Request

from reference_service.errors import ApiError
from reference_service.models.billing.stripe_events import (
    StripeEvent,
    StripeInvoice,
    StripeMetadata,
    StripeSubscription,
)
from reference_service.records.billing import Invoice, StripeDelivery, Subscription, UsageRecord
from reference_service.runtime import Runtime
from reference_service.services.activity.feed import record_activity
from reference_service.services.billing import history, metered_usage, subscriptions

SUBSCRIPTION_EVENTS = {f"customer.subscription.{what}" for what in ("created", "updated", "deleted")}
INVOICE_EVENTS = {
    f"invoice.{what}"
    for what in ("paid", "payment_succeeded", "payment_failed", "payment_action_required", "finalized")
}
ACTIVITIES = {
    "invoice.paid": ("billing.invoice.paid", "success"),
    "invoice.payment_succeeded": ("billing.invoice.paid", "success"),
    "invoice.payment_failed": ("billing.invoice.failed", "failure"),
}


class UnprocessableEventError(ValueError):
    """An event that cannot take effect (yet)."""


def receive(runtime: Runtime, request: Request, event: StripeEvent) -> bool:
    """Keep and process an event; returns whether it had been processed before.

    Raises a 500 when it cannot be processed, so that Stripe delivers it again; only then it is tried again.
    """
    delivery = runtime.store.stripe_deliveries.find(lambda known: known.stripe_event_id == event.id)
    if delivery is not None and delivery.processing_status == "processed":
        return True
    if delivery is None:
        delivery = runtime.store.stripe_deliveries.insert(_delivery(runtime, event))
    try:
        _process(runtime, request, delivery)
    except (UnprocessableEventError, ValidationError):
        delivery.processing_status = "failed"
        raise ApiError(500, "Failed to process event.", "StripeWebhookProcessingFailed") from None
    finally:
        runtime.metrics.count(
            "stripe_webhook_events_total", event_type=event.type, result=delivery.processing_status
        )
    return False


def _delivery(runtime: Runtime, event: StripeEvent) -> StripeDelivery:
    return StripeDelivery(
        stripe_event_id=event.id,
        event_type=event.type,
        occurred_at=runtime.clock.now(),
        stripe_object=event.data.object,
        tenant_id=_tenant_id(event),
    )


def _tenant_id(event: StripeEvent) -> UUID | None:
    try:
        return StripeMetadata.model_validate(event.data.object.get("metadata") or {}).tenant_id
    except ValidationError:
        return None


def _process(runtime: Runtime, request: Request, delivery: StripeDelivery) -> None:
    if delivery.event_type in SUBSCRIPTION_EVENTS:
        _take_subscription(runtime, request, delivery)
    elif delivery.event_type in INVOICE_EVENTS:
        _take_invoice(runtime, request, delivery)
    delivery.processing_status = "processed"
    if delivery.tenant_id is not None:
        told = history.describe(delivery, delivery.tenant_id).model_dump_json()
        runtime.billing_channel.publish(delivery.tenant_id, told)


def _tenant_of(runtime: Runtime, delivery: StripeDelivery) -> UUID:
    if delivery.tenant_id is None or runtime.store.tenants.get(delivery.tenant_id) is None:
        raise UnprocessableEventError("the event names no tenant of this service")
    return delivery.tenant_id


def _take_subscription(runtime: Runtime, request: Request, delivery: StripeDelivery) -> None:
    tenant_id = _tenant_of(runtime, delivery)
    told = StripeSubscription.model_validate(delivery.stripe_object)
    plan = runtime.store.plans.find(lambda known: known.code == told.plan_code)
    if plan is None:
        raise UnprocessableEventError("the event names no plan of this service")
    subscription = subscriptions.find(runtime, tenant_id) or runtime.store.subscriptions.insert(
        Subscription(
            tenant_id, plan.code, told.start_date, told.current_period_start, told.current_period_end
        )
    )
    subscriptions.customer(runtime, tenant_id)
    _copy(told, subscription, plan.code)
    record_activity(
        runtime,
        request,
        tenant_id=tenant_id,
        action="billing.subscription.updated",
        actor_type="system",
        object_type="subscription",
        object_id=str(subscription.id),
        source="billing",
        metadata={"plan_code": subscription.plan_code, "status": subscription.status},
    )


def _copy(told: StripeSubscription, subscription: Subscription, plan_code: str) -> None:
    subscription.plan_code, subscription.status = plan_code, told.status
    subscription.metadata["plan_code"] = plan_code
    subscription.seat_count = told.item.quantity
    subscription.auto_renew = not told.cancel_at_period_end
    subscription.starts_at = told.start_date
    subscription.current_period_start = told.current_period_start
    subscription.current_period_end = told.current_period_end
    subscription.trial_ends_at, subscription.cancel_at = told.trial_end, told.cancel_at


def _take_invoice(runtime: Runtime, request: Request, delivery: StripeDelivery) -> None:
    tenant_id = _tenant_of(runtime, delivery)
    told = StripeInvoice.model_validate(delivery.stripe_object)
    if subscriptions.find(runtime, tenant_id) is None:
        raise UnprocessableEventError("the invoice comes before its subscription")
    _keep_invoice(runtime, tenant_id, told)
    for line in told.metered_lines:
        key = f"{told.id}:{line.id}"
        period = (line.period.start, line.period.end)
        used = UsageRecord(tenant_id, line.feature_key, metered_usage.UNIT, line.quantity or 0, *period, key)
        metered_usage.record(runtime, used)
    if delivery.event_type in ACTIVITIES:
        _report_invoice(runtime, request, tenant_id, told, *ACTIVITIES[delivery.event_type])


def _report_invoice(
    runtime: Runtime, request: Request, tenant_id: UUID, told: StripeInvoice, action: str, status: str
) -> None:
    record_activity(
        runtime,
        request,
        tenant_id=tenant_id,
        action=action,
        status=status,
        actor_type="system",
        object_type="invoice",
        object_id=told.id,
        source="billing",
        metadata={"invoice_id": told.id, "total": told.amount_due, "reason": told.billing_reason},
    )


def _keep_invoice(runtime: Runtime, tenant_id: UUID, told: StripeInvoice) -> None:
    invoice = Invoice(
        tenant_id=tenant_id,
        invoice_id=told.id,
        status=told.status,
        amount_cents=told.amount_due,
        currency=told.currency.upper(),
        period_start=told.period_start,
        period_end=told.period_end,
        created_at=runtime.clock.now(),
        hosted_invoice_url=told.hosted_invoice_url,
    )
    known = runtime.store.invoices.find(lambda one: (one.tenant_id, one.invoice_id) == (tenant_id, told.id))
    if known is not None:
        invoice.id, invoice.created_at = known.id, known.created_at
    runtime.store.invoices.insert(invoice)
