"""What a tenant is told about a delivered event."""

from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from reference_service.models.billing.history import (
    BillingEventInvoiceResponse,
    BillingEventResponse,
    BillingEventSubscriptionResponse,
    BillingEventUsageResponse,
)
from reference_service.models.billing.stripe_events import StripeInvoice, StripeSubscription
from reference_service.records.billing import StripeDelivery

M = TypeVar("M", bound=BaseModel)


def describe(delivery: StripeDelivery, tenant_id: UUID) -> BillingEventResponse:
    """The event in the words of this service; of other objects than the two known ones only that it came."""
    subscription = _read(StripeSubscription, delivery, "customer.subscription.")
    invoice = _read(StripeInvoice, delivery, "invoice.")
    told = subscription or invoice
    return BillingEventResponse(
        tenant_id=tenant_id,
        event_type=delivery.event_type,
        stripe_event_id=delivery.stripe_event_id,
        occurred_at=delivery.occurred_at,
        summary=f"{delivery.event_type.split('.')[-2].capitalize()} {told.status}" if told else None,
        status=told.status if told else delivery.processing_status,
        subscription=_subscription(subscription) if subscription else None,
        invoice=_invoice(invoice) if invoice else None,
        usage=_usage(invoice) if invoice else [],
    )


def _read(model: type[M], delivery: StripeDelivery, prefix: str) -> M | None:
    if not delivery.event_type.startswith(prefix):
        return None
    try:
        return model.model_validate(delivery.stripe_object)
    except ValidationError:
        return None


def _subscription(told: StripeSubscription) -> BillingEventSubscriptionResponse:
    return BillingEventSubscriptionResponse(
        plan_code=told.plan_code or told.item.price.id,
        status=told.status,
        seat_count=told.item.quantity,
        auto_renew=not told.cancel_at_period_end,
        current_period_start=told.current_period_start,
        current_period_end=told.current_period_end,
        trial_ends_at=told.trial_end,
        cancel_at=told.cancel_at,
    )


def _invoice(told: StripeInvoice) -> BillingEventInvoiceResponse:
    return BillingEventInvoiceResponse(
        invoice_id=told.id,
        status=told.status,
        amount_due_cents=told.amount_due,
        currency=told.currency,
        billing_reason=told.billing_reason,
        hosted_invoice_url=told.hosted_invoice_url,
        collection_method=told.collection_method,
        period_start=told.period_start,
        period_end=told.period_end,
    )


def _usage(told: StripeInvoice) -> list[BillingEventUsageResponse]:
    return [
        BillingEventUsageResponse(
            feature_key=line.feature_key,
            quantity=line.quantity or 0,
            period_start=line.period.start,
            period_end=line.period.end,
            amount_cents=line.amount,
        )
        for line in told.metered_lines
    ]
