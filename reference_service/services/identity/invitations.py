"""Invitations to found a tenant: issued by operators, redeemed at registration."""

import secrets
from datetime import timedelta
from uuid import UUID

from reference_service.errors import ApiError, not_found
from reference_service.models.identity.invitations import SignupInviteIssueResponse, SignupInviteResponse
from reference_service.records.sign_up import SignupInvite, SignupRequest
from reference_service.runtime import Runtime

DEFAULT_HOURS = 72


def issue(
    runtime: Runtime,
    *,
    email: str | None = None,
    hours: int | None = None,
    redemptions: int = 1,
    note: str | None = None,
    request_id: UUID | None = None,
) -> SignupInvite:
    """A new invitation; raises a 404 if it is to answer a request that does not exist."""
    if request_id is not None and runtime.store.signup_requests.get(request_id) is None:
        not_found("Sign-up request")
    now = runtime.clock.now()
    return runtime.store.signup_invites.insert(
        SignupInvite(
            secrets.token_urlsafe(32),
            now,
            now + timedelta(hours=hours or DEFAULT_HOURS),
            invited_email=email,
            max_redemptions=redemptions,
            note=note,
            signup_request_id=request_id,
        )
    )


def redeem(runtime: Runtime, token: str | None, email: str) -> None:
    """Count a redemption where the policy wants an invitation; raises a 403 if this one does not do."""
    if runtime.config.sign_up_policy == "public":
        return
    if not token:
        raise ApiError(403, "Invite token is required for signup.")
    invite = runtime.store.signup_invites.find(
        lambda known: secrets.compare_digest(known.token.encode(), token.encode())
    )
    if invite is None:
        raise ApiError(403, "Invite token is invalid.")
    if invite.invited_email and invite.invited_email.lower() != email.lower():
        raise ApiError(403, "Invite token is restricted to a different email.")
    if invite.status(runtime.clock.now()) != "active":
        raise ApiError(403, "Invite token is no longer active.")
    if runtime.config.sign_up_policy == "approval" and not _answers_a_request(runtime, invite):
        raise ApiError(403, "Approval-required signup must use an approved invite.")
    invite.redeemed_count += 1


def decide(runtime: Runtime, request_id: UUID) -> SignupRequest:
    """The pending request of this identifier; raises a 404, or a 409 if it was decided already."""
    request = runtime.store.signup_requests.get(request_id)
    if request is None:
        not_found("Sign-up request")
    if request.status != "pending":
        raise ApiError(409, "Sign-up request was decided already.")
    return request


def view(runtime: Runtime, invite: SignupInvite) -> SignupInviteResponse:
    """The invitation without its token."""
    return SignupInviteResponse(
        **{name: getattr(invite, name) for name in SignupInviteResponse.model_fields if name != "status"},
        status=invite.status(runtime.clock.now()),
    )


def view_with_token(runtime: Runtime, invite: SignupInvite) -> SignupInviteIssueResponse:
    """The invitation with its token, for the one moment after it was issued."""
    return SignupInviteIssueResponse(**view(runtime, invite).model_dump(), invite_token=invite.token)


def _answers_a_request(runtime: Runtime, invite: SignupInvite) -> bool:
    return bool(invite.signup_request_id and runtime.store.signup_requests.get(invite.signup_request_id))
