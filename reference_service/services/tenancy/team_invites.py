"""Invitations to join a tenant: issued by its administrators, accepted once by the invited person."""

import secrets
from datetime import timedelta

from reference_service.clients.delivery import send_mail
from reference_service.errors import ApiError
from reference_service.models.tenancy.team_invites import TeamInviteIssueRequest, TeamInviteResponse
from reference_service.records.identity import Membership, User
from reference_service.records.tenancy import TeamInvite
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.services.identity import accounts, passwords
from reference_service.services.identity.sign_in import find_user
from reference_service.services.tenancy import members

_UNUSABLE = {
    "accepted": (409, "Invite has already been accepted."),
    "revoked": (409, "Invite has been revoked."),
    "expired": (410, "Invite has expired."),
}


async def issue(runtime: Runtime, caller: Caller, wanted: TeamInviteIssueRequest) -> TeamInvite:
    """A new invitation, mailed to its person; raises a 409 for a member."""
    invited = find_user(runtime, wanted.invited_email)
    if invited is not None:
        members.require_outsider(runtime, caller.tenant.id, invited.id)
    now, hours = runtime.clock.now(), wanted.expires_in_hours
    invite = TeamInvite(
        caller.tenant.id,
        secrets.token_urlsafe(32),
        wanted.invited_email.lower(),
        wanted.role,
        caller.user.id,
        now,
        now + timedelta(hours=hours) if hours else None,
    )
    link = f"{runtime.config.public_url}/accept-invite?token={invite.token}"
    await send_mail(runtime, invite.invited_email, f"Join {caller.tenant.name}", link, "tenant_invite")
    return runtime.store.team_invites.insert(invite)


def usable(runtime: Runtime, token: str) -> TeamInvite:
    """The active invitation with this token; raises a 404, or what became of it."""
    invite = runtime.store.team_invites.find(
        lambda known: secrets.compare_digest(known.token.encode(), token.encode())
    )
    if invite is None:
        raise ApiError(404, "Invite token is invalid.")
    status = invite.status(runtime.clock.now())
    if status in _UNUSABLE:
        raise ApiError(*_UNUSABLE[status])
    return invite


def newcomer(runtime: Runtime, invite: TeamInvite, password: str, display_name: str | None) -> User:
    """The account made for an invitation; who holds the token has proven the reach of the mailbox.

    Raises a 409 if there is an account already, and a 400 for a weak password.
    """
    if find_user(runtime, invite.invited_email) is not None:
        raise ApiError(409, "Account already exists for this invite. Please log in to accept.")
    weak = passwords.weakness(password)
    if weak:
        raise ApiError(400, weak)
    return accounts.create_user(
        runtime, invite.invited_email, password, verified=True, display_name=display_name
    )


def accept(runtime: Runtime, invite: TeamInvite, user: User) -> Membership:
    """Spend the invitation: its person joins the tenant."""
    tenant = runtime.store.tenants.get(invite.tenant_id)
    assert tenant is not None  # tenants are never deleted
    invite.accepted_at, invite.accepted_by_user_id = runtime.clock.now(), user.id
    return accounts.join(runtime, user, tenant, invite.role)


def view(runtime: Runtime, invite: TeamInvite) -> TeamInviteResponse:
    """The invitation without its token."""
    return TeamInviteResponse(
        **{name: getattr(invite, name) for name in TeamInviteResponse.model_fields if name != "status"},
        status=invite.status(runtime.clock.now()),
    )
