"""Requests for access: made by anybody, decided by operators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from reference_service.errors import ApiError
from reference_service.limits import client_ip
from reference_service.models.identity.access_requests import (
    SignupRequestApprovalRequest,
    SignupRequestDecisionResponse,
    SignupRequestListResponse,
    SignupRequestPublicRequest,
    SignupRequestRejectionRequest,
    SignupRequestResponse,
)
from reference_service.models.identity.sign_up import SignupAccessPolicyResponse
from reference_service.records.sign_up import SignupRequest, SignupRequestStatus
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, scoped
from reference_service.services.identity import invitations, sign_up

router = APIRouter(prefix="/auth", tags=["auth"])
RequestKeeper = Annotated[Caller, Depends(scoped("auth:signup_requests", verified_email=False))]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0)]


@router.post("/request-access", status_code=202)
async def request_access(
    runtime: RuntimeDep, request: Request, body: SignupRequestPublicRequest
) -> SignupAccessPolicyResponse:
    """Ask an operator to be let in; who fills in the honeypot is thanked and forgotten."""
    sign_up.count_attempt(runtime, request, "request_access", body.email)
    if not body.honeypot:
        _keep(runtime, body, client_ip(request))
    return sign_up.access_policy(runtime)


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


def _keep(runtime: Runtime, body: SignupRequestPublicRequest, network: str) -> None:
    pending = runtime.store.signup_requests.filter(
        lambda known: known.status == "pending" and known.ip_address == network
    )
    limit = runtime.config.quotas["pending_access_requests_ip"].limit
    if limit and len(pending) >= limit:
        raise ApiError(429, "Too many pending requests from this IP address; wait for a decision.")
    runtime.store.signup_requests.insert(
        SignupRequest(
            body.email, body.organization, body.full_name, network, runtime.clock.now(), message=body.message
        )
    )
