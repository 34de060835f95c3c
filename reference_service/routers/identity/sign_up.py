"""Founding a tenant, or asking to be let in."""

from datetime import timedelta

from fastapi import APIRouter, Request

from reference_service.errors import ApiError
from reference_service.limits import client_ip
from reference_service.models.identity.sign_up import (
    SignupAccessPolicyResponse,
    SignupRequestPublicRequest,
    UserRegisterRequest,
    UserRegisterResponse,
)
from reference_service.records.billing import Plan, Subscription
from reference_service.records.sign_up import SignupRequest
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.activity.feed import record_activity
from reference_service.services.identity import accounts, invitations
from reference_service.services.identity.mail import send_verification
from reference_service.services.identity.sessions import open_session
from reference_service.services.identity.sign_in import find_user

router = APIRouter(prefix="/auth", tags=["auth"])
DEFAULT_PLAN = "starter"
PERIOD = timedelta(days=30)


@router.get("/signup-policy")
async def signup_policy(runtime: RuntimeDep) -> SignupAccessPolicyResponse:
    """Who may found a tenant."""
    return _policy(runtime)


@router.post("/register", status_code=201)
async def register(runtime: RuntimeDep, request: Request, body: UserRegisterRequest) -> UserRegisterResponse:
    """Found a tenant, own it and be signed in."""
    _count(runtime, request, "register", body.email)
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


@router.post("/request-access", status_code=202)
async def request_access(
    runtime: RuntimeDep, request: Request, body: SignupRequestPublicRequest
) -> SignupAccessPolicyResponse:
    """Ask an operator to be let in; who fills in the honeypot is thanked and forgotten."""
    _count(runtime, request, "request_access", body.email)
    if not body.honeypot:
        _keep(runtime, body, client_ip(request))
    return _policy(runtime)


def _keep(runtime: Runtime, body: SignupRequestPublicRequest, network: str) -> None:
    pending = runtime.store.signup_requests.filter(
        lambda known: known.status == "pending" and known.ip_address == network
    )
    limit = runtime.config.quotas["pending_access_requests_ip"].limit
    if limit and len(pending) >= limit:
        raise ApiError(429, "Too many pending requests from this IP address; wait for a decision.")
    runtime.store.signup_requests.insert(
        SignupRequest(
            body.email, body.organization, body.full_name, network, runtime.clock.now(), message=body.message
        )
    )


def _policy(runtime: Runtime) -> SignupAccessPolicyResponse:
    policy = runtime.config.sign_up_policy
    restricted = policy != "public"
    return SignupAccessPolicyResponse(
        policy=policy, invite_required=restricted, request_access_enabled=restricted
    )


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


def _count(runtime: Runtime, request: Request, what: str, email: str) -> None:
    network, domain = client_ip(request), email.rpartition("@")[2].lower()
    runtime.limits.hit(f"{what}_ip_hour", network)
    runtime.limits.hit(f"{what}_ip_day", network)
    runtime.limits.hit(f"{what}_email_day", email.lower())
    runtime.limits.hit(f"{what}_domain_day", domain)
