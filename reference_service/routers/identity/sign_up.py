"""Founding a tenant."""

from datetime import timedelta

from fastapi import APIRouter, Request

from reference_service.errors import ApiError
from reference_service.models.identity.sign_up import (
    SignupAccessPolicyResponse,
    UserRegisterRequest,
    UserRegisterResponse,
)
from reference_service.records.billing import Plan
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.activity.feed import record_activity
from reference_service.services.billing import subscriptions
from reference_service.services.identity import accounts, invitations, sign_up
from reference_service.services.identity.mail import send_verification
from reference_service.services.identity.sessions import open_session
from reference_service.services.identity.sign_in import find_user

router = APIRouter(prefix="/auth", tags=["auth"])
DEFAULT_PLAN = "starter"


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
    return subscriptions.plan_of(runtime, body.plan_code or DEFAULT_PLAN) if runtime.config.billing else None


def _subscribe(runtime: Runtime, tenant: Tenant, plan: Plan, body: UserRegisterRequest) -> None:
    subscription = subscriptions.start(
        runtime, tenant.id, plan, email=body.email, auto_renew=True, seats=None
    )
    days = plan.trial_days if body.trial_days is None else body.trial_days
    if days:
        subscription.trial_ends_at = subscription.starts_at + timedelta(days=days)
