"""The people of a tenant in the hands of its administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from reference_service import accounts, team
from reference_service.errors import not_found
from reference_service.models.base import SuccessNoData
from reference_service.models.team import (
    TeamMemberAddRequest,
    TeamMemberListResponse,
    TeamMemberResponse,
    TeamMemberRoleUpdateRequest,
)
from reference_service.runtime import RuntimeDep
from reference_service.security import Admin
from reference_service.sign_in import find_user

router = APIRouter(prefix="/tenants/members", tags=["tenants"])


@router.get("")
async def list_members(
    runtime: RuntimeDep,
    caller: Admin,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TeamMemberListResponse:
    """Members, by address."""
    every = [team.view(runtime, member) for member in runtime.store.memberships.of(caller.tenant.id)]
    every.sort(key=lambda member: member.email)
    return TeamMemberListResponse(
        members=every[offset : offset + limit],
        total=len(every),
        owner_count=len(team.owners(runtime, caller.tenant.id)),
    )


@router.post("", status_code=201)
async def add_member(runtime: RuntimeDep, caller: Admin, body: TeamMemberAddRequest) -> TeamMemberResponse:
    """Make a person who has an account a member."""
    team.require_power_over(caller, body.role)
    user = find_user(runtime, body.email)
    if user is None:
        not_found("User")
    team.require_outsider(runtime, caller.tenant.id, user.id)
    return team.view(runtime, accounts.join(runtime, user, caller.tenant, body.role))


@router.patch("/{user_id}/role")
async def update_member_role(
    runtime: RuntimeDep, caller: Admin, user_id: UUID, body: TeamMemberRoleUpdateRequest
) -> TeamMemberResponse:
    """Give a member another role."""
    member = team.require_member(runtime, caller, user_id)
    team.require_power_over(caller, member.role, body.role)
    if body.role != "owner":
        team.require_another_owner(runtime, member)
    member.role = body.role
    return team.view(runtime, member)


@router.delete("/{user_id}")
async def remove_member(runtime: RuntimeDep, caller: Admin, user_id: UUID) -> SuccessNoData:
    """Take a person out of the tenant; their account stays."""
    member = team.require_member(runtime, caller, user_id)
    team.require_power_over(caller, member.role)
    team.require_another_owner(runtime, member)
    runtime.store.memberships.delete(member.id)
    return SuccessNoData(message="The member is removed.")
