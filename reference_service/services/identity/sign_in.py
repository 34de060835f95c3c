"""The rules of signing in with a password: who may, what locks, and when a second factor is asked for."""

from datetime import timedelta
from uuid import UUID, uuid4

from starlette.requests import Request

from reference_service.errors import ApiError
from reference_service.limits import client_ip
from reference_service.models.identity.sign_in import (
    MfaChallengeResponse,
    MfaMethodView,
    UserLoginRequest,
    UserSessionResponse,
)
from reference_service.records.identity import Membership, User
from reference_service.runtime import Runtime
from reference_service.security.tokens import AUDIENCE, MFA_CHALLENGE
from reference_service.services.activity.feed import record_activity
from reference_service.services.identity import passwords
from reference_service.services.identity.sessions import open_session

LOCKOUT = timedelta(hours=1)
# Verified for unknown people too, so that the answer takes as long and tells nothing.
_NOBODYS_HASH = passwords.hash_password("nobody-has-this-one")


def with_password(
    runtime: Runtime, request: Request, body: UserLoginRequest
) -> UserSessionResponse | MfaChallengeResponse:
    """A session, or the challenge for a second factor; raises the refusals of the contract."""
    user = authenticated(runtime, request, body.email, body.password)
    member = _chosen_membership(runtime, user, body.tenant_id)
    return admit(runtime, request, user, member)


def authenticated(runtime: Runtime, request: Request, email: str, password: str) -> User:
    """The person with these credentials, who is neither locked nor disabled."""
    network = client_ip(request)
    retry_after = runtime.limits.exceeded("login_failures_ip", network)
    if retry_after is not None:
        message = "Too many login attempts from this network segment."
        raise ApiError(429, message, headers={"Retry-After": str(retry_after)})
    user = find_user(runtime, email)
    if user is not None:
        _require_unlocked(runtime, user)
    if not passwords.matches(password, user.password_hash if user else _NOBODYS_HASH) or user is None:
        runtime.limits.hit("login_failures_ip", network)
        raise _failed(runtime, request, user)
    require_able(runtime, user)
    runtime.limits.clear("login_failures_user", user.id)
    return user


def admit(
    runtime: Runtime, request: Request, user: User, member: Membership
) -> UserSessionResponse | MfaChallengeResponse:
    """Open a session for a person who proved who they are, unless they enrolled a second factor."""
    methods = runtime.store.mfa_methods.filter(
        lambda m: m.user_id == user.id and m.verified_at is not None and m.revoked_at is None
    )
    if methods:
        token = _challenge(runtime, user, member)
        return MfaChallengeResponse(
            challenge_token=token, methods=[MfaMethodView.model_validate(method) for method in methods]
        )
    return complete(runtime, request, user, member)


def complete(
    runtime: Runtime, request: Request, user: User, member: Membership, session_id: UUID | None = None
) -> UserSessionResponse:
    """Open the session and record the login."""
    record_activity(
        runtime,
        request,
        tenant_id=member.tenant_id,
        action="auth.login.success",
        actor_id=user.id,
        actor_role=member.role,
        object_type="user",
        object_id=str(user.id),
    )
    return open_session(runtime, request, user, member, session_id)


def require_password(user: User, password: str) -> None:
    """Refuse a signed-in person who cannot repeat their password."""
    if not passwords.matches(password, user.password_hash):
        raise ApiError(401, "Invalid current password.")


def find_user(runtime: Runtime, email: str) -> User | None:
    """The person with this e-mail address, in any case."""
    wanted = email.lower()
    return runtime.store.users.find(lambda user: user.email.lower() == wanted)


def require_able(runtime: Runtime, user: User) -> None:
    """Refuse people who are locked, disabled or not yet active."""
    _require_unlocked(runtime, user)
    if user.status != "active":
        raise ApiError(403, f"User is {user.status}.")


def membership(runtime: Runtime, user: User, tenant_id: UUID) -> Membership:
    """The person's membership of the tenant; 401 if there is none."""
    member = runtime.store.memberships.find_of(tenant_id, lambda m: m.user_id == user.id)
    if member is None:
        raise ApiError(401, "User is not a member of the requested tenant.")
    return member


def _chosen_membership(runtime: Runtime, user: User, tenant_id: str | None) -> Membership:
    if tenant_id:
        try:
            return membership(runtime, user, UUID(tenant_id))
        except ValueError:
            raise ApiError(401, "Invalid tenant identifier supplied.") from None
    members = runtime.store.memberships.filter(lambda m: m.user_id == user.id)
    if not members:
        raise ApiError(401, "User is not a member of the requested tenant.")
    if len(members) > 1:
        raise ApiError(400, "Tenant context required for multi-tenant users.")
    return members[0]


def _require_unlocked(runtime: Runtime, user: User) -> None:
    if user.locked_until is not None and user.locked_until > runtime.clock.now():
        raise ApiError(423, "Account is locked.")


def _failed(runtime: Runtime, request: Request, user: User | None) -> ApiError:
    if user is None:
        return ApiError(401, "Invalid email or password.")
    for member in runtime.store.memberships.filter(lambda m: m.user_id == user.id):
        record_activity(
            runtime,
            request,
            tenant_id=member.tenant_id,
            action="auth.login.failure",
            actor_id=user.id,
            status="failure",
        )
    runtime.limits.hit("login_failures_user", user.id)
    if runtime.limits.exceeded("login_failures_user", user.id) is None:
        return ApiError(401, "Invalid email or password.")
    user.locked_until = runtime.clock.now() + LOCKOUT
    runtime.limits.clear("login_failures_user", user.id)
    return ApiError(423, "Account locked due to repeated failures.")


def _challenge(runtime: Runtime, user: User, member: Membership) -> str:
    claims = {
        "sub": f"user:{user.id}",
        "tenant_id": str(member.tenant_id),
        "token_use": MFA_CHALLENGE,
        "login_reason": "login",
        "sid": str(uuid4()),
        "aud": AUDIENCE,
    }
    return runtime.tokens.sign(claims, timedelta(minutes=runtime.config.mfa_challenge_minutes))[0]
