"""What a tenant is told about the events that the payment provider delivered."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from reference_service.models.base import ResponseModel
from reference_service.records.billing import InvoiceStatus, SubscriptionStatus


class BillingEventSubscriptionResponse(ResponseModel):
    """The subscription as the event reports it."""

    plan_code: str
    status: SubscriptionStatus
    seat_count: int | None
    auto_renew: bool
    current_period_start: datetime | None
    current_period_end: datetime | None
    trial_ends_at: datetime | None
    cancel_at: datetime | None


class BillingEventInvoiceResponse(ResponseModel):
    """The invoice as the event reports it."""

    invoice_id: str
    status: InvoiceStatus
    amount_due_cents: int
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    billing_reason: str | None
    hosted_invoice_url: str | None
    collection_method: str | None
    period_start: datetime | None
    period_end: datetime | None


class BillingEventUsageResponse(ResponseModel):
    """A metered line of the event's invoice."""

    feature_key: str
    quantity: int
    period_start: datetime | None
    period_end: datetime | None
    amount_cents: int | None


class BillingEventResponse(ResponseModel):
    """One event, in the history and on the stream."""

    tenant_id: UUID
    event_type: str
    stripe_event_id: str
    occurred_at: datetime
    summary: str | None
    status: str
    subscription: BillingEventSubscriptionResponse | None
    invoice: BillingEventInvoiceResponse | None
    usage: list[BillingEventUsageResponse]


class BillingEventHistoryResponse(ResponseModel):
    """One page of the history, newest first."""

    items: list[BillingEventResponse]
    next_cursor: str | None


class WebhookResponse(ResponseModel):
    """An accepted delivery; a duplicate was processed before."""

    success: bool
    duplicate: bool
