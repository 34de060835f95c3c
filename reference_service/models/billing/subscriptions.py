"""Plans and subscriptions."""

from datetime import datetime
from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.billing import (
    EffectiveTiming,
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
