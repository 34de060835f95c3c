"""Operators decide who may found a tenant: requests for access and invitations."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from reference_service.errors import not_found
from reference_service.models.identity.sign_up import (
    SignupInviteIssueRequest,
    SignupInviteIssueResponse,
    SignupInviteListResponse,
    SignupInviteResponse,
    SignupRequestApprovalRequest,
    SignupRequestDecisionResponse,
    SignupRequestListResponse,
    SignupRequestRejectionRequest,
    SignupRequestResponse,
)
from reference_service.records.sign_up import SignupInviteStatus, SignupRequestStatus
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Caller, scoped
from reference_service.services.identity import invitations

router = APIRouter(prefix="/auth", tags=["auth"])
RequestKeeper = Annotated[Caller, Depends(scoped("auth:signup_requests", verified_email=False))]
Inviter = Annotated[Caller, Depends(scoped("auth:invites", verified_email=False))]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0)]


@router.get("/signup-requests")
async def list_signup_requests(
    runtime: RuntimeDep,
    _: RequestKeeper,
    status: SignupRequestStatus | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> SignupRequestListResponse:
    """Requests for access, newest first."""
    found = runtime.store.signup_requests.filter(lambda known: status in (None, known.status))[::-1]
    page = [SignupRequestResponse.model_validate(known) for known in found[offset : offset + limit]]
    return SignupRequestListResponse(requests=page, total=len(found))


@router.post("/signup-requests/{request_id}/approve")
async def approve_signup_request(
    runtime: RuntimeDep, _: RequestKeeper, request_id: UUID, body: SignupRequestApprovalRequest
) -> SignupRequestDecisionResponse:
    """Let somebody in: they get an invitation of their own."""
    request = invitations.decide(runtime, request_id)
    invite = invitations.issue(
        runtime,
        email=request.email,
        hours=body.invite_expires_in_hours,
        note=body.note,
        request_id=request.id,
    )
    request.status, request.decision_reason = "approved", body.note
    request.invite_token_hint = invite.token_hint
    return SignupRequestDecisionResponse(
        request=SignupRequestResponse.model_validate(request),
        invite=invitations.view_with_token(runtime, invite),
    )


@router.post("/signup-requests/{request_id}/reject")
async def reject_signup_request(
    runtime: RuntimeDep, _: RequestKeeper, request_id: UUID, body: SignupRequestRejectionRequest
) -> SignupRequestDecisionResponse:
    """Turn somebody away."""
    request = invitations.decide(runtime, request_id)
    request.status, request.decision_reason = "rejected", body.reason
    return SignupRequestDecisionResponse(request=SignupRequestResponse.model_validate(request), invite=None)


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
