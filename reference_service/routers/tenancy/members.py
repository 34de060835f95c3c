"""The people of a tenant in the hands of its administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from reference_service.errors import not_found
from reference_service.models.base import SuccessNoData
from reference_service.models.tenancy.members import (
    TeamMemberAddRequest,
    TeamMemberListResponse,
    TeamMemberResponse,
    TeamMemberRoleUpdateRequest,
)
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Admin
from reference_service.services.identity import accounts
from reference_service.services.identity.sign_in import find_user
from reference_service.services.tenancy import members

router = APIRouter(prefix="/tenants/members", tags=["tenants"])


@router.get("")
async def list_members(
    runtime: RuntimeDep,
    caller: Admin,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TeamMemberListResponse:
    """Members, by address."""
    every = [members.view(runtime, member) for member in runtime.store.memberships.of(caller.tenant.id)]
    every.sort(key=lambda member: member.email)
    return TeamMemberListResponse(
        members=every[offset : offset + limit],
        total=len(every),
        owner_count=len(members.owners(runtime, caller.tenant.id)),
    )


@router.post("", status_code=201)
async def add_member(runtime: RuntimeDep, caller: Admin, body: TeamMemberAddRequest) -> TeamMemberResponse:
    """Make a person who has an account a member."""
    members.require_power_over(caller, body.role)
    user = find_user(runtime, body.email)
    if user is None:
        not_found("User")
    members.require_outsider(runtime, caller.tenant.id, user.id)
    return members.view(runtime, accounts.join(runtime, user, caller.tenant, body.role))


@router.patch("/{user_id}/role")
async def update_member_role(
    runtime: RuntimeDep, caller: Admin, user_id: UUID, body: TeamMemberRoleUpdateRequest
) -> TeamMemberResponse:
    """Give a member another role."""
    member = members.require_member(runtime, caller, user_id)
    members.require_power_over(caller, member.role, body.role)
    if body.role != "owner":
        members.require_another_owner(runtime, member)
    member.role = body.role
    return members.view(runtime, member)


@router.delete("/{user_id}")
async def remove_member(runtime: RuntimeDep, caller: Admin, user_id: UUID) -> SuccessNoData:
    """Take a person out of the tenant; their account stays."""
    member = members.require_member(runtime, caller, user_id)
    members.require_power_over(caller, member.role)
    members.require_another_owner(runtime, member)
    runtime.store.memberships.delete(member.id)
    return SuccessNoData(message="The member is removed.")
