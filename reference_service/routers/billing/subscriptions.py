"""Plans and a tenant's subscription."""

from fastapi import APIRouter

from reference_service.errors import ApiError, not_found
from reference_service.models.billing.payments import (
    UpcomingInvoiceLineResponse,
    UpcomingInvoiceRequest,
    UpcomingInvoiceResponse,
)
from reference_service.models.billing.subscriptions import (
    BillingPlanResponse,
    CancelSubscriptionRequest,
    ChangeSubscriptionPlanRequest,
    PlanChangeResponse,
    StartSubscriptionRequest,
    TenantSubscriptionResponse,
    UpdateSubscriptionRequest,
)
from reference_service.runtime import RuntimeDep
from reference_service.services.billing import subscriptions
from reference_service.services.billing.access import Manager, Reader

router = APIRouter(prefix="/billing", tags=["billing"])


@router.get("/plans")
async def list_billing_plans(runtime: RuntimeDep) -> list[BillingPlanResponse]:
    """What a tenant can subscribe to; there is nothing while billing is off."""
    plans = list(runtime.store.plans) if runtime.config.billing else []
    return [BillingPlanResponse.model_validate(plan) for plan in plans if plan.is_active]


@router.get("/tenants/{tenant_id}/subscription")
async def read_subscription(runtime: RuntimeDep, caller: Reader) -> TenantSubscriptionResponse:
    """The tenant's subscription."""
    subscription = subscriptions.find(runtime, caller.tenant.id) or not_found("Subscription")
    return TenantSubscriptionResponse.model_validate(subscription)


@router.post("/tenants/{tenant_id}/subscription", status_code=201)
async def start_subscription(
    runtime: RuntimeDep, caller: Manager, body: StartSubscriptionRequest
) -> TenantSubscriptionResponse:
    """Start a subscription; it replaces the present one."""
    subscription = subscriptions.start(
        runtime,
        caller.tenant.id,
        subscriptions.plan_of(runtime, body.plan_code),
        email=body.billing_email,
        auto_renew=body.auto_renew,
        seats=body.seat_count,
    )
    return TenantSubscriptionResponse.model_validate(subscription)


@router.patch("/tenants/{tenant_id}/subscription")
async def update_subscription(
    runtime: RuntimeDep, caller: Manager, body: UpdateSubscriptionRequest
) -> TenantSubscriptionResponse:
    """Change seats, renewal or the billing contact."""
    changes = body.model_dump(exclude_none=True)
    if not changes:
        raise ApiError(400, "No subscription fields provided for update.")
    subscription = subscriptions.active(runtime, caller.tenant.id)
    for name, value in changes.items():
        setattr(subscription, name, value)
    return TenantSubscriptionResponse.model_validate(subscription)


@router.post("/tenants/{tenant_id}/subscription/plan")
async def change_subscription_plan(
    runtime: RuntimeDep, caller: Manager, body: ChangeSubscriptionPlanRequest
) -> PlanChangeResponse:
    """Change the plan, now or at the end of the period."""
    plan = subscriptions.plan_of(runtime, body.plan_code)
    subscription = subscriptions.active(runtime, caller.tenant.id)
    seats = body.seat_count or subscription.seat_count
    effective_at, timing = subscriptions.change_plan(runtime, subscription, plan, seats, body.timing)
    return PlanChangeResponse(
        subscription=TenantSubscriptionResponse.model_validate(subscription),
        target_plan_code=plan.code,
        effective_at=effective_at,
        seat_count=seats,
        timing=timing,
    )


@router.post("/tenants/{tenant_id}/subscription/cancel")
async def cancel_subscription(
    runtime: RuntimeDep, caller: Manager, body: CancelSubscriptionRequest
) -> TenantSubscriptionResponse:
    """End the subscription, now or at the end of the period."""
    subscription = subscriptions.active(runtime, caller.tenant.id)
    subscriptions.cancel(runtime, subscription, at_period_end=body.cancel_at_period_end)
    return TenantSubscriptionResponse.model_validate(subscription)


@router.post("/tenants/{tenant_id}/upcoming-invoice")
async def preview_upcoming_invoice(
    runtime: RuntimeDep, caller: Reader, body: UpcomingInvoiceRequest
) -> UpcomingInvoiceResponse:
    """What the next period is going to cost: the price of the plan for each seat."""
    subscription = subscriptions.active(runtime, caller.tenant.id)
    plan = subscriptions.plan_of(runtime, subscription.plan_code)
    seats = body.seat_count or subscription.seat_count or plan.seat_included
    currency = plan.currency.lower()
    line = UpcomingInvoiceLineResponse(
        description=f"{plan.name}, {seats} seats",
        amount_cents=seats * plan.price_cents,
        currency=currency,
        quantity=seats,
        unit_amount_cents=plan.price_cents,
        price_id=f"price_{plan.code}",
    )
    return UpcomingInvoiceResponse(
        plan_code=plan.code,
        plan_name=plan.name,
        seat_count=seats,
        invoice_id=f"in_upcoming_{subscription.id.hex}",
        amount_due_cents=line.amount_cents,
        currency=currency,
        period_start=subscription.current_period_end,
        period_end=subscription.current_period_end + subscriptions.PERIOD,
        lines=[line],
    )
