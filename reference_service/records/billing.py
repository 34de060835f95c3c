"""Plans, subscriptions, payment methods, invoices, metered usage and the history of billing events."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

# The words of Stripe: docs.stripe.com/api/subscriptions/object and docs.stripe.com/api/invoices/object.
SubscriptionStatus = Literal[
    "active", "trialing", "past_due", "canceled", "unpaid", "incomplete", "incomplete_expired", "paused"
]
InvoiceStatus = Literal["draft", "open", "paid", "uncollectible", "void"]
PlanInterval = Literal["monthly", "yearly"]
EffectiveTiming = Literal["immediate", "period_end"]
PlanChangeTiming = Literal["auto"] | EffectiveTiming
ProcessingStatus = Literal["received", "processed", "failed"]


@dataclass
class PlanFeature:
    """What a plan allows of one feature."""

    key: str
    display_name: str
    description: str | None = None
    hard_limit: int | None = None
    soft_limit: int | None = None
    is_metered: bool = False


@dataclass
class Plan:
    """What a tenant can subscribe to; prices in the smallest unit of the currency."""

    code: str
    name: str
    price_cents: int
    seat_included: int
    interval: PlanInterval = "monthly"
    interval_count: int = 1
    currency: str = "USD"
    trial_days: int | None = 14
    feature_toggles: dict[str, bool] = field(default_factory=dict)
    is_active: bool = True
    features: list[PlanFeature] = field(default_factory=list)
    id: UUID = field(default_factory=uuid4)


def default_plans() -> list[Plan]:
    """The plans of a fresh service."""
    return [
        Plan("starter", "Starter", 0, 1, feature_toggles={"enable_web_search": False}),
        Plan("pro", "Pro", 9900, 5, feature_toggles={"enable_web_search": True}),
    ]


@dataclass
class Subscription:
    """A tenant's subscription to a plan; there is at most one per tenant.

    With a `test_clock` it lives at that moment; otherwise at the service's own time.
    """

    tenant_id: UUID
    plan_code: str
    starts_at: datetime
    current_period_start: datetime
    current_period_end: datetime
    status: SubscriptionStatus = "active"
    auto_renew: bool = True
    billing_email: str | None = None
    trial_ends_at: datetime | None = None
    cancel_at: datetime | None = None
    seat_count: int | None = None
    pending_plan_code: str | None = None
    pending_plan_effective_at: datetime | None = None
    pending_seat_count: int | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    test_clock: datetime | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class Customer:
    """A tenant as the payment provider knows it."""

    tenant_id: UUID
    email: str | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class PaymentMethod:
    """A card of a tenant; only the payment provider knows its number."""

    tenant_id: UUID
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    is_default: bool = False
    id: UUID = field(default_factory=uuid4)

    @property
    def provider_id(self) -> str:
        """The identifier that the payment provider gave it."""
        return f"pm_{self.id.hex}"


@dataclass
class Invoice:
    """What a tenant was billed for one period; amounts in the smallest unit of the currency."""

    tenant_id: UUID
    invoice_id: str
    status: InvoiceStatus
    amount_cents: int
    currency: str
    period_start: datetime
    period_end: datetime
    created_at: datetime
    hosted_invoice_url: str | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class StripeDelivery:
    """One event that Stripe delivered: what it is about and whether it could be processed."""

    stripe_event_id: str
    event_type: str
    occurred_at: datetime
    stripe_object: dict[str, Any]
    tenant_id: UUID | None
    processing_status: ProcessingStatus = "received"
    id: UUID = field(default_factory=uuid4)


@dataclass
class UsageRecord:
    """A metered quantity of one feature in one period."""

    tenant_id: UUID
    feature_key: str
    unit: str
    quantity: int
    period_start: datetime
    period_end: datetime
    idempotency_key: str | None = None
    id: UUID = field(default_factory=uuid4)
