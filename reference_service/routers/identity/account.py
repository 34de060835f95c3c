"""The caller's own account: profile, e-mail address, and the end of it."""

from fastapi import APIRouter

from reference_service.errors import ApiError
from reference_service.models.base import ActionResponse
from reference_service.models.identity.account import (
    CurrentUserProfileData,
    UserAccountDisableData,
    UserAccountDisableRequest,
    UserEmailChangeData,
    UserEmailChangeRequest,
    UserProfileUpdateRequest,
)
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Caller, SignedIn
from reference_service.services.identity.mail import send_verification
from reference_service.services.identity.sessions import revoke_sessions
from reference_service.services.identity.sign_in import find_user, require_password
from reference_service.services.tenancy import members

router = APIRouter(prefix="/users/me", tags=["users"])


@router.get("")
async def current_user_profile(caller: SignedIn) -> ActionResponse[CurrentUserProfileData]:
    """The caller's profile in the tenant of their session."""
    return ActionResponse(message="Your profile.", data=_profile(caller))


@router.patch("/profile")
async def update_profile(
    caller: SignedIn, body: UserProfileUpdateRequest
) -> ActionResponse[CurrentUserProfileData]:
    """Change what is given; null clears a field."""
    changes = body.model_dump(exclude_unset=True)
    if not changes:
        raise ApiError(400, "At least one profile field must be provided.")
    for name, value in changes.items():
        setattr(caller.user, name, value)
    return ActionResponse(message="The profile is changed.", data=_profile(caller))


@router.patch("/email")
async def change_email(
    runtime: RuntimeDep, caller: SignedIn, body: UserEmailChangeRequest
) -> ActionResponse[UserEmailChangeData]:
    """Move to another address, which then has to be verified; every session ends."""
    require_password(caller.user, body.current_password)
    wanted = body.new_email.lower()
    if wanted == caller.user.email.lower():
        return ActionResponse(message="Email already up to date.", data=_address(caller, sent=False))
    if find_user(runtime, wanted) is not None:
        raise ApiError(409, "Email already registered.")
    caller.user.email, caller.user.email_verified = wanted, False
    await send_verification(runtime, caller.user)
    revoke_sessions(runtime, lambda session: session.user_id == caller.user.id, "email changed")
    return ActionResponse(message="The email address is changed.", data=_address(caller, sent=True))


@router.post("/disable")
async def disable_account(
    runtime: RuntimeDep, caller: SignedIn, body: UserAccountDisableRequest
) -> ActionResponse[UserAccountDisableData]:
    """Close the caller's account; a tenant keeps at least one owner."""
    require_password(caller.user, body.current_password)
    own = runtime.store.memberships.filter(lambda member: member.user_id == caller.user.id)
    if any(members.is_last_owner(runtime, member) for member in own):
        raise ApiError(409, "Cannot disable the last owner of a tenant.")
    caller.user.status = "disabled"
    count = revoke_sessions(runtime, lambda session: session.user_id == caller.user.id, "disabled")
    data = UserAccountDisableData(user_id=caller.user.id, disabled=True, revoked_sessions=count)
    return ActionResponse(message="The account is closed.", data=data)


def _profile(caller: Caller) -> CurrentUserProfileData:
    if caller.role is None:
        raise ApiError(403, "User is not a member of this tenant.")
    shared = CurrentUserProfileData.model_fields.keys() - {"user_id", "tenant_id", "role"}
    return CurrentUserProfileData(
        user_id=caller.user.id,
        tenant_id=caller.tenant.id,
        role=caller.role,
        **{name: getattr(caller.user, name) for name in shared},
    )


def _address(caller: Caller, *, sent: bool) -> UserEmailChangeData:
    user = caller.user
    return UserEmailChangeData(
        user_id=user.id, email=user.email, email_verified=user.email_verified, verification_sent=sent
    )
