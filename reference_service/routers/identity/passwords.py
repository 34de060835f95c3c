"""Forgotten, changed and reset passwords."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from reference_service.errors import ApiError, not_found
from reference_service.limits import client_ip
from reference_service.models.base import SuccessNoData
from reference_service.models.identity.credentials import (
    PasswordChangeRequest,
    PasswordForgotRequest,
    PasswordResetConfirmRequest,
    PasswordResetRequest,
)
from reference_service.records.identity import User
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, SignedIn, scoped
from reference_service.security.roles import RANK
from reference_service.services.activity.feed import record_deed
from reference_service.services.identity import one_time_tokens, passwords
from reference_service.services.identity.mail import send_password_reset
from reference_service.services.identity.sessions import revoke_sessions
from reference_service.services.identity.sign_in import find_user, require_password

router = APIRouter(prefix="/auth/password", tags=["auth"])
Supporter = Annotated[Caller, Depends(scoped("support:read"))]


@router.post("/forgot", status_code=202)
async def forgot_password(
    runtime: RuntimeDep, request: Request, body: PasswordForgotRequest
) -> SuccessNoData:
    """Mail a reset token; the answer does not tell whether the person exists."""
    runtime.limits.hit("password_forgot_email", body.email.lower())
    runtime.limits.hit("password_forgot_ip", client_ip(request))
    user = find_user(runtime, body.email)
    if user is not None:
        await send_password_reset(runtime, user)
    return SuccessNoData(message="If the account exists, password reset instructions have been sent.")


@router.post("/confirm")
async def confirm_password_reset(runtime: RuntimeDep, body: PasswordResetConfirmRequest) -> SuccessNoData:
    """Redeem the mailed token for a new password."""
    token = one_time_tokens.valid(runtime, body.token, "password_reset")
    user = runtime.store.users.get(token.user_id)
    assert user is not None
    _give(runtime, user, body.new_password)
    token.used_at = runtime.clock.now()
    return SuccessNoData(message="The password is set.")


@router.post("/change")
async def change_password(
    runtime: RuntimeDep, request: Request, caller: SignedIn, body: PasswordChangeRequest
) -> SuccessNoData:
    """Exchange the caller's password; every session ends."""
    require_password(caller.user, body.current_password)
    _give(runtime, caller.user, body.new_password)
    record_deed(
        runtime, request, caller, "auth.password.changed", object_type="user", object_id=str(caller.user.id)
    )
    return SuccessNoData(message="The password is changed.")


@router.post("/reset")
async def reset_password(runtime: RuntimeDep, caller: Supporter, body: PasswordResetRequest) -> SuccessNoData:
    """Give a member of the caller's tenant a new password; nobody does so to someone above them."""
    user = runtime.store.users.get(body.user_id)
    member = runtime.store.memberships.find_of(caller.tenant.id, lambda m: m.user_id == body.user_id)
    if user is None or member is None:
        not_found("User")
    if RANK[member.role] > RANK[caller.role or "viewer"]:
        raise ApiError(403, "Only an owner may reset an owner's password.")
    _give(runtime, user, body.new_password)
    return SuccessNoData(message="The password is reset.")


def _give(runtime: Runtime, user: User, password: str) -> None:
    passwords.require_acceptable(user, password, runtime.config.limit_password_history)
    passwords.set_password(user, password)
    user.locked_until = None
    runtime.limits.clear("login_failures_user", user.id)
    revoke_sessions(runtime, lambda session: session.user_id == user.id, "password changed")
