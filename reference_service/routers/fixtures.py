"""Test data: mounted only where the configuration allows it; anyone may call it."""

from fastapi import APIRouter

from reference_service.errors import ApiError
from reference_service.models.fixtures import (
    FixtureApplyResult,
    FixtureSpec,
    OneTimeTokenRequest,
    OneTimeTokenResponse,
)
from reference_service.records.identity import TokenPurpose, User
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.fixtures.tenants import apply_tenant
from reference_service.services.identity import one_time_tokens
from reference_service.services.identity.sign_in import find_user

router = APIRouter(prefix="/test-fixtures", tags=["test-fixtures"])


@router.post("/apply", status_code=201)
async def apply_fixtures(runtime: RuntimeDep, spec: FixtureSpec) -> FixtureApplyResult:
    """Seed tenants one after the other; those before a broken one stay seeded."""
    if not spec.tenants:
        raise ApiError(400, "The specification names no tenants.")
    tenants = {tenant.slug: apply_tenant(runtime, tenant) for tenant in spec.tenants}
    return FixtureApplyResult(tenants=tenants, generated_at=runtime.clock.now())


@router.post("/email-verification-token", status_code=201)
async def create_email_verification_token(
    runtime: RuntimeDep, body: OneTimeTokenRequest
) -> OneTimeTokenResponse:
    """The token that verifies the person's e-mail address."""
    user = _user(runtime, body)
    if user.email_verified:
        raise ApiError(400, "Email is already verified.")
    return _token(runtime, user, "email_verification")


@router.post("/password-reset-token", status_code=201)
async def create_password_reset_token(runtime: RuntimeDep, body: OneTimeTokenRequest) -> OneTimeTokenResponse:
    """The token that resets the person's password."""
    return _token(runtime, _user(runtime, body), "password_reset")


def _user(runtime: Runtime, body: OneTimeTokenRequest) -> User:
    user = find_user(runtime, body.email)
    if user is None:
        raise ApiError(400, "Unknown user.")
    return user


def _token(runtime: Runtime, user: User, purpose: TokenPurpose) -> OneTimeTokenResponse:
    token = one_time_tokens.create(runtime, user, purpose)
    return OneTimeTokenResponse(token=token.text, user_id=user.id, expires_at=token.expires_at)
