"""Who belongs to a tenant: owners are made by owners, and the last one stays."""

from uuid import UUID

from reference_service.errors import ApiError, not_found
from reference_service.models.tenancy.members import TeamMemberResponse
from reference_service.records.identity import Membership
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.security.roles import TenantRole


def owners(runtime: Runtime, tenant_id: UUID) -> list[Membership]:
    """The memberships of the tenant's owners."""
    return [member for member in runtime.store.memberships.of(tenant_id) if member.role == "owner"]


def is_last_owner(runtime: Runtime, member: Membership) -> bool:
    """Whether the tenant would be without an owner if this one went."""
    return owners(runtime, member.tenant_id) == [member]


def is_member(runtime: Runtime, tenant_id: UUID, user_id: UUID) -> bool:
    """Whether the person belongs to the tenant."""
    return any(member.user_id == user_id for member in runtime.store.memberships.of(tenant_id))


def require_member(runtime: Runtime, caller: Caller, user_id: UUID) -> Membership:
    """The membership of a person in the caller's tenant; raises a 404 if there is none."""
    own = runtime.store.memberships.of(caller.tenant.id)
    return next((member for member in own if member.user_id == user_id), None) or not_found("Member")


def require_outsider(runtime: Runtime, tenant_id: UUID, user_id: UUID) -> None:
    """Refuse somebody who belongs to the tenant already with a 409."""
    if is_member(runtime, tenant_id, user_id):
        raise ApiError(409, "User is already a member of this tenant.")


def require_power_over(caller: Caller, *roles: TenantRole) -> None:
    """Refuse an administrator who grants or takes the owner's role with a 403."""
    if "owner" in roles and caller.role != "owner":
        raise ApiError(403, "Only tenant owners can grant or revoke the owner role.")


def require_another_owner(runtime: Runtime, member: Membership) -> None:
    """Refuse to leave a tenant without an owner with a 409."""
    if is_last_owner(runtime, member):
        raise ApiError(409, "Cannot remove or demote the last owner of a tenant.")


def view(runtime: Runtime, member: Membership) -> TeamMemberResponse:
    """The member as the others see them."""
    user = runtime.store.users.get(member.user_id)
    assert user is not None  # nobody is ever deleted, only disabled
    return TeamMemberResponse(
        user_id=user.id,
        tenant_id=member.tenant_id,
        email=user.email,
        display_name=user.display_name,
        role=member.role,
        status=user.status,
        email_verified=user.email_verified,
        joined_at=member.joined_at,
    )
