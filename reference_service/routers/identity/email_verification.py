"""Proving the reach of one's mailbox."""

from fastapi import APIRouter, Request

from reference_service.limits import client_ip
from reference_service.models.base import ActionResponse, SuccessNoData
from reference_service.models.identity.credentials import (
    EmailVerificationConfirmRequest,
    EmailVerificationStatusData,
)
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import SignedIn
from reference_service.services.identity import one_time_tokens
from reference_service.services.identity.mail import send_verification
from reference_service.services.identity.sessions import revoke_sessions

router = APIRouter(prefix="/auth/email", tags=["auth"])


@router.post("/send", status_code=202)
async def send_verification_email(
    runtime: RuntimeDep, request: Request, caller: SignedIn
) -> ActionResponse[EmailVerificationStatusData]:
    """Send the caller a verification mail, unless there is nothing to verify."""
    if caller.user.email_verified:
        data = EmailVerificationStatusData(email_verified=True)
        return ActionResponse(message="Email already verified.", data=data)
    runtime.limits.hit("email_verification_user", caller.user.id)
    runtime.limits.hit("email_verification_ip", client_ip(request))
    await send_verification(runtime, caller.user)
    data = EmailVerificationStatusData(email_verified=False)
    return ActionResponse(message="Verification email sent.", data=data)


@router.post("/verify")
async def verify_email(runtime: RuntimeDep, body: EmailVerificationConfirmRequest) -> SuccessNoData:
    """Redeem the mailed token; sessions that do not know of it yet end."""
    token = one_time_tokens.valid(runtime, body.token, "email_verification")
    user = runtime.store.users.get(token.user_id)
    assert user is not None
    token.used_at, user.email_verified = runtime.clock.now(), True
    revoke_sessions(runtime, lambda session: session.user_id == user.id, "email verified")
    return SuccessNoData(message="The email address is verified.")
