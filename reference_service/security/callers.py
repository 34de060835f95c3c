"""Who calls and what they may do: the dependencies that guard operations.

They refuse in the contract's order: token, scope, verified e-mail address, tenant header, role header,
operator override, tenant status, role. The body is checked after them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar
from uuid import UUID

import jwt
from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from reference_service.errors import ApiError
from reference_service.records.identity import User
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.roles import RANK, TenantRole, granted_scopes, satisfies
from reference_service.security.tokens import ACCESS

bearer = HTTPBearer(auto_error=False, scheme_name="Bearer", bearerFormat="JWT")
_TRUE = {"1", "true", "yes", "on"}
_READS = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Requirement:
    """What a guard asks of the caller besides a token, for the contract to say."""

    role: TenantRole = "viewer"
    scope: str | None = None


G = TypeVar("G", bound=Callable[..., Any])
_REQUIREMENT = "requirement"


def requires(role: TenantRole = "viewer", scope: str | None = None) -> Callable[[G], G]:
    """Decorate a guard with what it asks for; the guard itself does the refusing."""

    def mark(guard: G) -> G:
        setattr(guard, _REQUIREMENT, Requirement(role, scope))
        return guard

    return mark


def requirement_of(guard: Callable[..., Any] | None) -> Requirement | None:
    """What a dependency asks for, or None if it says nothing of the kind."""
    return getattr(guard, _REQUIREMENT, None)


@dataclass(frozen=True)
class Caller:
    """The signed-in person, in the tenant of their token; `role` is None once they are no longer a member."""

    user: User
    tenant: Tenant
    role: TenantRole | None
    scopes: frozenset[str]
    claims: dict[str, Any]

    @property
    def session_id(self) -> UUID:
        """The session that the token belongs to."""
        return UUID(self.claims["sid"])

    def may(self, scope: str) -> bool:
        """Whether the caller holds the scope."""
        return satisfies(self.scopes, scope)


def unauthorized(message: str) -> ApiError:
    """A 401 with its challenge header."""
    return ApiError(401, message, headers={"WWW-Authenticate": "Bearer"})


async def signed_in(
    runtime: RuntimeDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Caller:
    """The person behind the access token, e-mail verified or not."""
    if credentials is None:
        raise unauthorized("Not authenticated")
    return caller_of(runtime, credentials.credentials)


def caller_of(runtime: Runtime, token: str) -> Caller:
    """The person behind this access token; raises the 401 for one that is not valid (any more)."""
    try:
        claims = runtime.tokens.verify(token)
    except jwt.PyJWTError:
        raise unauthorized("Could not validate credentials") from None
    if claims["token_use"] != ACCESS:
        raise unauthorized("Access token required.")
    if not claims["sub"].startswith("user:"):
        raise unauthorized("Token subject must reference a user account.")
    user = runtime.store.users.get(UUID(claims["sub"].removeprefix("user:")))
    tenant = runtime.store.tenants.get(UUID(claims["tenant_id"]))
    session = runtime.store.sessions.get(UUID(claims["sid"]))
    if not user or not tenant or not session or session.revoked_at or user.status == "disabled":
        raise unauthorized("Could not validate credentials")
    return _caller(runtime, user, tenant, claims)


def _caller(runtime: Runtime, user: User, tenant: Tenant, claims: dict[str, Any]) -> Caller:
    member = runtime.store.memberships.find_of(tenant.id, lambda m: m.user_id == user.id)
    if member is None:
        return Caller(user, tenant, None, frozenset(), claims)
    # A change of role takes effect at once downwards, and with the next token upwards.
    role = min((member.role, claims["roles"][0]), key=RANK.__getitem__)
    scopes = frozenset(claims["scope"].split()) & frozenset(granted_scopes(role, user.platform_role))
    return Caller(user, tenant, role, scopes, claims)


def _require_scope(caller: Caller, scope: str | None) -> None:
    if scope is not None and not caller.may(scope):
        raise ApiError(403, "Insufficient scopes for this operation.")


async def verified(caller: Annotated[Caller, Depends(signed_in)]) -> Caller:
    """The signed-in person, whose e-mail address must be verified."""
    if not caller.claims["email_verified"]:
        raise ApiError(403, "Email verification required.")
    return caller


def scoped(scope: str, *, verified_email: bool = True) -> Callable[..., Awaitable[Caller]]:
    """A dependency for operations outside any tenant: a token with the scope, by default e-mail verified."""

    @requires(scope=scope)
    async def dependency(caller: Annotated[Caller, Depends(signed_in)]) -> Caller:
        _require_scope(caller, scope)
        return await verified(caller) if verified_email else caller

    return dependency


def tenant_caller(role: TenantRole = "viewer", scope: str | None = None) -> Callable[..., Awaitable[Caller]]:
    """A dependency for tenant operations: a verified member of an active tenant with at least this role.

    An operator may read a suspended tenant with `X-Operator-Override` and a reason.
    """

    @requires(role, scope)
    async def dependency(
        request: Request,
        caller: Annotated[Caller, Depends(signed_in)],
        x_tenant_id: Annotated[str | None, Header()] = None,
        x_tenant_role: Annotated[str | None, Header()] = None,
        x_operator_override: Annotated[str | None, Header()] = None,
        x_operator_reason: Annotated[str | None, Header()] = None,
    ) -> Caller:
        _require_scope(caller, scope)
        await verified(caller)
        if x_tenant_id is not None and x_tenant_id != str(caller.tenant.id):
            raise ApiError(403, "Tenant mismatch between token and X-Tenant-Id header.")
        effective = _confirmed_role(caller, x_tenant_role)
        override = (x_operator_override or "").lower() in _TRUE
        if override:
            _require_override(caller, x_operator_reason)
        _require_tenant_status(caller.tenant, override, request.method)
        if RANK[effective] < RANK[role]:
            raise ApiError(403, "Insufficient tenant privileges for this operation.")
        return replace(caller, role=effective)

    return dependency


def _confirmed_role(caller: Caller, header: str | None) -> TenantRole:
    if caller.role is None:
        raise ApiError(403, "User is not a member of this tenant.")
    wanted = next((known for known in RANK if known == header), caller.role)
    if RANK[wanted] > RANK[caller.role]:
        raise ApiError(403, "Requested tenant role exceeds privileges granted by token.")
    return wanted


def _require_override(caller: Caller, reason: str | None) -> None:
    if not caller.may("platform:operator"):
        raise ApiError(403, "Operator override requires platform operator privileges.")
    if not (reason or "").strip():
        raise ApiError(400, "Operator override requires a reason.")


def _require_tenant_status(tenant: Tenant, override: bool, method: str) -> None:
    if tenant.status == "active":
        return
    if tenant.status != "suspended" or not override:
        raise ApiError(403, f"Tenant account is {tenant.status}.")
    if method not in _READS:
        raise ApiError(403, "Operator override is read-only for suspended tenants.")


SignedIn = Annotated[Caller, Depends(signed_in)]
Verified = Annotated[Caller, Depends(verified)]
Viewer = Annotated[Caller, Depends(tenant_caller("viewer"))]
Member = Annotated[Caller, Depends(tenant_caller("member"))]
Admin = Annotated[Caller, Depends(tenant_caller("admin"))]
