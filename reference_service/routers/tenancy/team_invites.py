"""Invitations to join a tenant, from both ends."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from reference_service.errors import ApiError, not_found
from reference_service.models.identity.sign_in import UserSessionResponse
from reference_service.models.tenancy.team_invites import (
    DEFAULT_HOURS,
    MAXIMUM_HOURS,
    TeamInviteAcceptExistingRequest,
    TeamInviteAcceptRequest,
    TeamInviteIssueRequest,
    TeamInviteIssueResponse,
    TeamInviteListResponse,
    TeamInvitePolicyResponse,
    TeamInviteResponse,
)
from reference_service.records.tenancy import TeamInviteStatus
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Admin, SignedIn, Viewer
from reference_service.services.identity.sessions import open_session
from reference_service.services.tenancy import members, team_invites

router = APIRouter(prefix="/tenants/invites", tags=["tenants"])


@router.get("/policy")
async def invite_policy(_: Viewer) -> TeamInvitePolicyResponse:
    """How long invitations are good for."""
    return TeamInvitePolicyResponse(default_expires_hours=DEFAULT_HOURS, max_expires_hours=MAXIMUM_HOURS)


@router.get("")
async def list_team_invites(
    runtime: RuntimeDep,
    caller: Admin,
    status: TeamInviteStatus | None = None,
    email: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TeamInviteListResponse:
    """The tenant's invitations, newest first."""
    found = [
        invite
        for invite in reversed(runtime.store.team_invites.of(caller.tenant.id))
        if status in (None, invite.status(runtime.clock.now()))
        and (email is None or invite.invited_email == email.lower())
    ]
    page = [team_invites.view(runtime, invite) for invite in found[offset : offset + limit]]
    return TeamInviteListResponse(invites=page, total=len(found))


@router.post("", status_code=201)
async def issue_team_invite(
    runtime: RuntimeDep, caller: Admin, body: TeamInviteIssueRequest
) -> TeamInviteIssueResponse:
    """Invite somebody; the token is shown this once."""
    members.require_power_over(caller, body.role)
    invite = await team_invites.issue(runtime, caller, body)
    shown = team_invites.view(runtime, invite).model_dump()
    return TeamInviteIssueResponse(**shown, invite_token=invite.token)


@router.post("/{invite_id}/revoke")
async def revoke_team_invite(runtime: RuntimeDep, caller: Admin, invite_id: UUID) -> TeamInviteResponse:
    """Take back an invitation that nobody has accepted yet."""
    invite = runtime.store.team_invites.owned(caller.tenant.id, invite_id)
    if invite is None:
        not_found("Invite")
    now = runtime.clock.now()
    if invite.status(now) != "active":
        raise ApiError(409, "Invite is no longer active.")
    invite.revoked_at, invite.revoked_reason = now, "tenant_admin_action"
    return team_invites.view(runtime, invite)


@router.post("/accept", status_code=201)
async def accept_invite(
    runtime: RuntimeDep, request: Request, body: TeamInviteAcceptRequest
) -> UserSessionResponse:
    """Join a tenant with a new account and be signed in."""
    invite = team_invites.usable(runtime, body.token)
    user = team_invites.newcomer(runtime, invite, body.password, body.display_name)
    member = team_invites.accept(runtime, invite, user)
    return open_session(runtime, request, user, member)


@router.post("/accept/current")
async def accept_invite_as_current_user(
    runtime: RuntimeDep, caller: SignedIn, body: TeamInviteAcceptExistingRequest
) -> TeamInviteResponse:
    """Join a tenant with the caller's own account."""
    invite = team_invites.usable(runtime, body.token)
    if invite.invited_email != caller.user.email.lower():
        raise ApiError(403, "Invite email does not match current user.")
    members.require_outsider(runtime, invite.tenant_id, caller.user.id)
    team_invites.accept(runtime, invite, caller.user)
    return team_invites.view(runtime, invite)
