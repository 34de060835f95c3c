"""Plans, subscriptions, payment methods, invoices and usage."""

from datetime import datetime
from uuid import UUID

from pydantic import EmailStr, Field, HttpUrl

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.billing import (
    EffectiveTiming,
    InvoiceStatus,
    PlanChangeTiming,
    PlanInterval,
    SubscriptionStatus,
)

Seats = Field(None, gt=0)


class PlanFeatureResponse(ResponseModel):
    """What a plan allows of one feature."""

    key: str
    display_name: str
    description: str | None
    hard_limit: int | None
    soft_limit: int | None
    is_metered: bool


class BillingPlanResponse(ResponseModel):
    """A plan; its price in the smallest unit of the currency."""

    code: str
    name: str
    interval: PlanInterval
    interval_count: int = Field(ge=1)
    price_cents: int = Field(ge=0)
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    trial_days: int | None
    seat_included: int | None
    feature_toggles: dict[str, bool]
    is_active: bool
    features: list[PlanFeatureResponse]


class TenantSubscriptionResponse(ResponseModel):
    """A tenant's subscription and what is about to change in it."""

    tenant_id: UUID
    plan_code: str
    status: SubscriptionStatus
    auto_renew: bool
    billing_email: EmailStr | None
    starts_at: datetime
    current_period_start: datetime
    current_period_end: datetime
    trial_ends_at: datetime | None
    cancel_at: datetime | None
    seat_count: int | None
    pending_plan_code: str | None
    pending_plan_effective_at: datetime | None
    pending_seat_count: int | None
    metadata: dict[str, str]


class StartSubscriptionRequest(RequestModel):
    """Which plan to start, for how many seats."""

    plan_code: str
    billing_email: EmailStr | None = None
    auto_renew: bool = True
    seat_count: int | None = Seats


class UpdateSubscriptionRequest(RequestModel):
    """What to change; a field that is left out stays."""

    auto_renew: bool | None = None
    billing_email: EmailStr | None = None
    seat_count: int | None = Seats


class ChangeSubscriptionPlanRequest(RequestModel):
    """Which plan to change to, and when."""

    plan_code: str
    seat_count: int | None = Seats
    timing: PlanChangeTiming = "auto"


class PlanChangeResponse(ResponseModel):
    """The subscription after a change of plan, and when the change takes effect."""

    subscription: TenantSubscriptionResponse
    target_plan_code: str
    effective_at: datetime
    seat_count: int | None
    timing: EffectiveTiming


class CancelSubscriptionRequest(RequestModel):
    """Whether the subscription lasts until the end of its period."""

    cancel_at_period_end: bool = True


class CustomerRequest(RequestModel):
    """The address that the payment provider should write to."""

    billing_email: EmailStr | None = None


class PortalSessionResponse(ResponseModel):
    """Where the tenant manages its billing with the payment provider."""

    url: HttpUrl


class SetupIntentResponse(ResponseModel):
    """What a browser needs to enter a card with the payment provider."""

    id: str
    client_secret: str | None


class PaymentMethodResponse(ResponseModel):
    """A card."""

    id: str = Field(validation_alias="provider_id")
    brand: str | None
    last4: str | None = Field(pattern="^[0-9]{4}$")
    exp_month: int | None = Field(ge=1, le=12)
    exp_year: int | None
    is_default: bool


class UpcomingInvoiceRequest(RequestModel):
    """For how many seats to preview, if not for the present number."""

    seat_count: int | None = Seats


class UpcomingInvoiceLineResponse(ResponseModel):
    """One position of the next invoice."""

    description: str | None
    amount_cents: int
    currency: str | None
    quantity: int | None
    unit_amount_cents: int | None
    price_id: str | None


class UpcomingInvoiceResponse(ResponseModel):
    """What the next period is going to cost."""

    plan_code: str
    plan_name: str
    seat_count: int | None
    invoice_id: str | None
    amount_due_cents: int
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    period_start: datetime | None
    period_end: datetime | None
    lines: list[UpcomingInvoiceLineResponse]


class UsageRecordRequest(RequestModel):
    """How much of a feature was used; the same idempotency key counts once."""

    feature_key: str
    quantity: int = Field(gt=0)
    idempotency_key: str | None = None
    period_start: datetime | None = None
    period_end: datetime | None = None


class UsageTotalResponse(ResponseModel):
    """How much of a feature was used in a window of time."""

    feature_key: str
    unit: str
    quantity: int = Field(ge=0)
    window_start: datetime
    window_end: datetime


class InvoiceResponse(ResponseModel):
    """An invoice; its amount in the smallest unit of the currency."""

    invoice_id: str | None
    status: InvoiceStatus
    amount_cents: int
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    period_start: datetime
    period_end: datetime
    hosted_invoice_url: HttpUrl | None
    created_at: datetime | None


class InvoiceListResponse(ResponseModel):
    """One page of invoices, the latest period first."""

    items: list[InvoiceResponse]
    next_offset: int | None
