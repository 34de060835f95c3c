"""Operators invite people to found a tenant."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from reference_service.errors import not_found
from reference_service.models.identity.invitations import (
    SignupInviteIssueRequest,
    SignupInviteIssueResponse,
    SignupInviteListResponse,
    SignupInviteResponse,
)
from reference_service.records.sign_up import SignupInviteStatus
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Caller, scoped
from reference_service.services.identity import invitations

router = APIRouter(prefix="/auth", tags=["auth"])
Inviter = Annotated[Caller, Depends(scoped("auth:invites", verified_email=False))]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0)]


@router.get("/invites")
async def list_invites(
    runtime: RuntimeDep,
    _: Inviter,
    status: SignupInviteStatus | None = None,
    email: str | None = None,
    request_id: UUID | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> SignupInviteListResponse:
    """Invitations, newest first."""
    found = [
        invite
        for invite in reversed(list(runtime.store.signup_invites))
        if status in (None, invite.status(runtime.clock.now()))
        and (email is None or (invite.invited_email or "").lower() == email.lower())
        and request_id in (None, invite.signup_request_id)
    ]
    page = [invitations.view(runtime, invite) for invite in found[offset : offset + limit]]
    return SignupInviteListResponse(invites=page, total=len(found))


@router.post("/invites", status_code=201)
async def issue_invite(
    runtime: RuntimeDep, _: Inviter, body: SignupInviteIssueRequest
) -> SignupInviteIssueResponse:
    """Invite somebody; the token is shown this once."""
    invite = invitations.issue(
        runtime,
        email=body.invited_email,
        hours=body.expires_in_hours,
        redemptions=body.max_redemptions,
        note=body.note,
        request_id=body.signup_request_id,
    )
    return invitations.view_with_token(runtime, invite)


@router.post("/invites/{invite_id}/revoke")
async def revoke_invite(runtime: RuntimeDep, _: Inviter, invite_id: UUID) -> SignupInviteResponse:
    """Take an invitation back; once more changes nothing."""
    invite = runtime.store.signup_invites.get(invite_id)
    if invite is None:
        not_found("Invite")
    invite.revoked = True
    return invitations.view(runtime, invite)
