"""Founding a tenant."""

from datetime import timedelta

from fastapi import APIRouter, Request

from reference_service.errors import ApiError
from reference_service.models.identity.sign_up import (
    SignupAccessPolicyResponse,
    UserRegisterRequest,
    UserRegisterResponse,
)
from reference_service.records.billing import Plan, Subscription
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.activity.feed import record_activity
from reference_service.services.identity import accounts, invitations, sign_up
from reference_service.services.identity.mail import send_verification
from reference_service.services.identity.sessions import open_session
from reference_service.services.identity.sign_in import find_user

router = APIRouter(prefix="/auth", tags=["auth"])
DEFAULT_PLAN = "starter"
PERIOD = timedelta(days=30)


@router.get("/signup-policy")
async def signup_policy(runtime: RuntimeDep) -> SignupAccessPolicyResponse:
    """Who may found a tenant."""
    return sign_up.access_policy(runtime)


@router.post("/register", status_code=201)
async def register(runtime: RuntimeDep, request: Request, body: UserRegisterRequest) -> UserRegisterResponse:
    """Found a tenant, own it and be signed in."""
    sign_up.count_attempt(runtime, request, "register", body.email)
    if find_user(runtime, body.email) is not None:
        raise ApiError(409, "Email already registered.")
    plan = _plan(runtime, body)
    invitations.redeem(runtime, body.invite_token, body.email)
    user = accounts.create_user(runtime, body.email, body.password, display_name=body.display_name)
    tenant = accounts.create_tenant(runtime, body.tenant_name)
    member = accounts.join(runtime, user, tenant, "owner")
    if plan:
        _subscribe(runtime, tenant, plan, body)
    runtime.metrics.count("signup_attempts_total", result="success")
    facts = {"actor_id": user.id, "actor_role": "owner", "object_type": "tenant", "object_id": str(tenant.id)}
    record_activity(runtime, request, tenant_id=tenant.id, action="auth.signup.success", **facts)
    await send_verification(runtime, user)
    session = open_session(runtime, request, user, member)
    return UserRegisterResponse(**session.model_dump(), tenant_slug=tenant.slug)


def _plan(runtime: Runtime, body: UserRegisterRequest) -> Plan | None:
    if not runtime.config.billing:
        return None
    code = body.plan_code or DEFAULT_PLAN
    plan = runtime.store.plans.find(lambda known: known.code == code)
    if plan is None:
        raise ApiError(404, f"Plan '{code}' not found.")
    return plan


def _subscribe(runtime: Runtime, tenant: Tenant, plan: Plan, body: UserRegisterRequest) -> None:
    now = runtime.clock.now()
    trial = now + timedelta(days=body.trial_days) if body.trial_days else None
    runtime.store.subscriptions.insert(
        Subscription(
            tenant.id,
            plan.code,
            now,
            now,
            now + PERIOD,
            status="trialing" if trial else "active",
            billing_email=body.email,
            trial_ends_at=trial,
        )
    )
