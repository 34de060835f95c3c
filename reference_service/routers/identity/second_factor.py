"""Second factors: enrolling an authenticator app, and signing in with it."""

from typing import Annotated
from uuid import UUID

import jwt
import pyotp
from fastapi import APIRouter, Query, Request

from reference_service.errors import ApiError, not_found
from reference_service.limits import client_ip
from reference_service.models.base import SuccessNoData
from reference_service.models.identity.credentials import (
    MfaChallengeCompleteRequest,
    RecoveryCodesResponse,
    TotpEnrollResponse,
    TotpVerifyRequest,
)
from reference_service.models.identity.sign_in import MfaMethodView, UserSessionResponse
from reference_service.records.identity import MfaMethod
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, SignedIn
from reference_service.security.tokens import MFA_CHALLENGE
from reference_service.services.identity import second_factor, sign_in

router = APIRouter(prefix="/auth/mfa", tags=["auth"])


@router.get("")
async def list_mfa_methods(runtime: RuntimeDep, caller: SignedIn) -> list[MfaMethodView]:
    """The caller's methods: confirmed or not, and those that were removed."""
    methods = runtime.store.mfa_methods.filter(lambda method: method.user_id == caller.user.id)
    return [MfaMethodView.model_validate(method) for method in methods]


@router.post("/totp/enroll", status_code=201)
async def enroll_totp(
    runtime: RuntimeDep, caller: SignedIn, label: Annotated[str | None, Query(max_length=64)] = None
) -> TotpEnrollResponse:
    """Begin to set up an authenticator app; it counts once a code of it was verified."""
    secret = pyotp.random_base32()
    method = MfaMethod(caller.user.id, secret, label, runtime.clock.now())
    runtime.store.mfa_methods.insert(method)
    url = pyotp.TOTP(secret).provisioning_uri(name=caller.user.email, issuer_name="api-service")
    return TotpEnrollResponse(secret=secret, method_id=method.id, otpauth_url=url)


@router.post("/totp/verify")
async def verify_totp(
    runtime: RuntimeDep, request: Request, caller: SignedIn, body: TotpVerifyRequest
) -> SuccessNoData:
    """Confirm the app with a code; from now on it is asked for at every sign-in."""
    _count(runtime, request, caller.user.id)
    method = _method(runtime, caller, body.method_id)
    if not second_factor.accepts(runtime, method, body.code):
        raise ApiError(400, "Invalid MFA code.")
    method.verified_at = method.last_used_at = runtime.clock.now()
    return SuccessNoData(message="The authenticator app is confirmed.")


@router.post("/complete")
async def complete_challenge(
    runtime: RuntimeDep, request: Request, body: MfaChallengeCompleteRequest
) -> UserSessionResponse:
    """The second half of a sign-in."""
    claims = _challenge(runtime, body.challenge_token)
    user_id, session_id = UUID(claims["sub"].removeprefix("user:")), UUID(claims["sid"])
    _count(runtime, request, user_id)
    user = runtime.store.users.get(user_id)
    method = second_factor.own_method(runtime, user_id, body.method_id)
    if user is None or method is None or method.verified_at is None or method.revoked_at is not None:
        raise ApiError(401, "MFA method not found.")
    if runtime.store.sessions.get(session_id) is not None:
        raise ApiError(401, "MFA challenge was used already.")
    if not second_factor.spend(runtime, user, method, body.code):
        raise ApiError(401, "Invalid MFA code.")
    sign_in.require_able(runtime, user)
    member = sign_in.membership(runtime, user, UUID(claims["tenant_id"]))
    return sign_in.complete(runtime, request, user, member, session_id)


@router.post("/recovery/regenerate")
async def regenerate_recovery_codes(runtime: RuntimeDep, caller: SignedIn) -> RecoveryCodesResponse:
    """Fresh recovery codes instead of those of before."""
    return RecoveryCodesResponse(codes=second_factor.recovery_codes(runtime, caller.user))


@router.delete("/{method_id}")
async def remove_mfa_method(runtime: RuntimeDep, caller: SignedIn, method_id: UUID) -> SuccessNoData:
    """Stop asking for this method; once more changes nothing."""
    method = second_factor.own_method(runtime, caller.user.id, method_id)
    if method is None:
        not_found("MFA method")
    method.revoked_at = method.revoked_at or runtime.clock.now()
    return SuccessNoData(message="The method is removed.")


def _method(runtime: Runtime, caller: Caller, method_id: UUID) -> MfaMethod:
    method = second_factor.own_method(runtime, caller.user.id, method_id)
    if method is None:
        raise ApiError(400, "MFA method not found.")
    if method.revoked_at is not None:
        raise ApiError(400, "MFA method has been revoked.")
    return method


def _challenge(runtime: Runtime, token: str) -> dict[str, str]:
    try:
        claims = runtime.tokens.verify(token)
    except jwt.PyJWTError:
        raise ApiError(401, "MFA challenge token verification failed.") from None
    if claims["token_use"] != MFA_CHALLENGE:
        raise ApiError(401, "Invalid MFA challenge token.")
    return claims


def _count(runtime: Runtime, request: Request, user_id: UUID) -> None:
    runtime.limits.hit("mfa_verify_user", user_id)
    runtime.limits.hit("mfa_verify_ip", client_ip(request))
