"""A subscription's life: started, changed now or at the end of its period, renewed, cancelled."""

from datetime import datetime, timedelta
from uuid import UUID

from reference_service.errors import ApiError, not_found
from reference_service.records.billing import Customer, EffectiveTiming, Plan, PlanChangeTiming, Subscription
from reference_service.runtime import Runtime

PERIOD = timedelta(days=30)


def plan_of(runtime: Runtime, code: str) -> Plan:
    """The plan with this code; raises a 404 when there is none."""
    plan = runtime.store.plans.find(lambda known: known.code == code)
    return plan or not_found(f"Plan '{code}'")


def find(runtime: Runtime, tenant_id: UUID) -> Subscription | None:
    """The tenant's subscription, in the state in which time has left it, or None."""
    subscription = runtime.store.subscriptions.find(lambda known: known.tenant_id == tenant_id)
    if subscription is not None:
        _live(subscription, subscription.test_clock or runtime.clock.now())
    return subscription


def active(runtime: Runtime, tenant_id: UUID) -> Subscription:
    """The tenant's subscription; raises a 404 when it never had one."""
    subscription = find(runtime, tenant_id)
    if subscription is None:
        raise ApiError(404, f"Tenant '{tenant_id}' does not have an active subscription.")
    return subscription


def customer(runtime: Runtime, tenant_id: UUID, email: str | None = None) -> Customer:
    """The tenant as the payment provider's customer, made on first use; a given address is kept."""
    known = runtime.store.customers.find(lambda one: one.tenant_id == tenant_id)
    known = known or runtime.store.customers.insert(Customer(tenant_id))
    known.email = email or known.email
    return known


def start(
    runtime: Runtime, tenant_id: UUID, plan: Plan, *, email: str | None, auto_renew: bool, seats: int | None
) -> Subscription:
    """A new subscription from now on; it replaces the one that the tenant has.

    Without an address of its own it keeps the one that the payment provider knows.
    """
    now = runtime.clock.now()
    runtime.store.subscriptions.delete_where(lambda known: known.tenant_id == tenant_id)
    subscription = Subscription(tenant_id, plan.code, now, now, now + PERIOD)
    subscription.billing_email = customer(runtime, tenant_id, email).email
    subscription.auto_renew = auto_renew
    subscription.seat_count = seats or plan.seat_included
    subscription.metadata = {"plan_code": plan.code}
    return runtime.store.subscriptions.insert(subscription)


def change_plan(
    runtime: Runtime, subscription: Subscription, plan: Plan, seats: int | None, timing: PlanChangeTiming
) -> tuple[datetime, EffectiveTiming]:
    """Change the plan now or at the period's end; returns when it takes effect and how that was decided.

    `auto` means now for a dearer plan and at the period's end for a cheaper one. Raises a 409 when the
    subscription is on the plan or is to change to it already.
    """
    if subscription.plan_code == plan.code:
        raise ApiError(409, "Subscription is already on the requested plan.")
    if subscription.pending_plan_code == plan.code:
        raise ApiError(409, "A plan change is already scheduled for this plan.")
    if timing == "auto":
        dearer = plan.price_cents > plan_of(runtime, subscription.plan_code).price_cents
        timing = "immediate" if dearer else "period_end"
    subscription.pending_plan_code = plan.code
    subscription.pending_seat_count = seats or subscription.seat_count
    if timing == "immediate":
        now = subscription.test_clock or runtime.clock.now()
        _take_pending_plan(subscription)
        subscription.current_period_start, subscription.current_period_end = now, now + PERIOD
        return now, timing
    subscription.pending_plan_effective_at = subscription.current_period_end
    return subscription.current_period_end, timing


def cancel(runtime: Runtime, subscription: Subscription, *, at_period_end: bool) -> None:
    """End the subscription now or at the end of its period."""
    if at_period_end:
        subscription.cancel_at = subscription.current_period_end
        return
    subscription.cancel_at = subscription.test_clock or runtime.clock.now()
    subscription.status = "canceled"


def _live(subscription: Subscription, now: datetime) -> None:
    while subscription.status != "canceled" and subscription.current_period_end <= now:
        _end_period(subscription)


def _end_period(subscription: Subscription) -> None:
    end = subscription.current_period_end
    if not subscription.auto_renew or (subscription.cancel_at and subscription.cancel_at <= end):
        subscription.status, subscription.cancel_at = "canceled", end
        return
    if subscription.pending_plan_code:
        _take_pending_plan(subscription)
    subscription.current_period_start, subscription.current_period_end = end, end + PERIOD


def _take_pending_plan(subscription: Subscription) -> None:
    assert subscription.pending_plan_code is not None
    subscription.plan_code, subscription.seat_count = (
        subscription.pending_plan_code,
        subscription.pending_seat_count,
    )
    subscription.metadata["plan_code"] = subscription.plan_code
    subscription.pending_plan_code = subscription.pending_seat_count = None
    subscription.pending_plan_effective_at = None
