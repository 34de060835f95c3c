"""Plans, subscriptions and metered usage."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

SubscriptionStatus = Literal["active", "trialing", "past_due", "canceled"]


@dataclass
class Plan:
    """What a tenant can subscribe to; prices in the smallest unit of the currency."""

    code: str
    name: str
    price_cents: int
    seat_included: int
    interval: Literal["monthly", "yearly"] = "monthly"
    interval_count: int = 1
    currency: str = "USD"
    trial_days: int | None = 14
    feature_toggles: dict[str, bool] = field(default_factory=dict)
    is_active: bool = True
    id: UUID = field(default_factory=uuid4)


def default_plans() -> list[Plan]:
    """The plans of a fresh service."""
    return [
        Plan(code="starter", name="Starter", price_cents=0, seat_included=1),
        Plan(code="pro", name="Pro", price_cents=9900, seat_included=5),
    ]


@dataclass
class Subscription:
    """A tenant's subscription to a plan; there is at most one per tenant."""

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
    metadata: dict[str, Any] = field(default_factory=dict)
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
