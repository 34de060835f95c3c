"""Invitations to join a tenant."""

from datetime import timedelta

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, none, not_none, starts_with

from acceptance.checks.assertions import check, field
from acceptance.timestamps import instant
from api_service.context import Context
from api_service.subjects.tenancy import team_invites
from api_service.subjects.tenancy.team_invites import INVITES, TeamInvitation
from api_service.vocabulary import one_of, verbs
from api_service.world import World

INVALID_PASSWORDS = {"a short password": "Short-9", "an easy password": "passwordpassword1"}
STATUS_DATES = {
    "active": {"accepted_at": none(), "revoked_at": none()},
    "accepted": {"accepted_at": not_none(), "revoked_at": none()},
    "revoked": {"accepted_at": none(), "revoked_at": not_none(), "revoked_reason": not_none()},
}
AS_ISSUED = ("id", "tenant_id", "token_hint", "invited_email", "role", "created_by_user_id")
register_type(
    InvitationTerm=one_of(team_invites.TERMS),
    InvalidPassword=one_of(INVALID_PASSWORDS),
    InvitesToTeam=verbs(["invite"]),
    AcceptsInvitation=verbs(["take up"]),
    RevokesInvitation=verbs(["take back"]),
)


@given("{person:Person} has invited {name:w} to the team")
def have_invited(context: Context, person, name):
    """The person issued an active invitation with the role member for the usual time."""
    term = team_invites.USUAL_TERM
    team_invites.invite(context.world, context.world.must, person, name, "member", term)


@given("{person:Person} has taken back the team invitation of {name:w}")
def have_revoked(context: Context, person, name):
    """The person revoked the invitation."""
    team_invites.revoke(context.world, context.world.must, person, name)


@given("{name:w} has joined with the team invitation")
def have_joined(context: Context, name):
    """The invited person accepted the invitation with a new account."""
    token = context.world.state.find(TeamInvitation, name).token
    team_invites.accept(context.world, context.world.must, name, token)


@given("{person:Person} has taken up the team invitation")
def have_accepted(context: Context, person):
    """The invited person accepted the invitation with the account that they had."""
    team_invites.accept_as_current(context.world, context.world.must, person, person)


@when("{person:Person} asks how long team invitations are good for")
def ask_policy(context: Context, person):
    """Read the policy for invitations."""
    context.world.act(person, "GET", team_invites.POLICY)


@when("{person:Person} {does:InvitesToTeam} {name:w} to the team as {role:ARole} {term:InvitationTerm}")
def invite(context: Context, person, does, name, role, term):
    """Invite a person with a role for some time (`expires_in_hours`), or try to."""
    team_invites.invite(context.world, context.world.act, person, name, role, term)


@when("{person:Person} {does:RevokesInvitation} the team invitation of {name:w}")
def revoke(context: Context, person, does, name):
    """Revoke an invitation, or try to."""
    team_invites.revoke(context.world, context.world.act, person, name)


@when("{holder:w} joins with the team invitation of {name:w}")
@when("{holder:w} tries to join with the team invitation of {name:w}")
def join(context: Context, holder, name):
    """Accept an invitation with a new account, or try to."""
    token = context.world.state.find(TeamInvitation, name).token
    team_invites.accept(context.world, context.world.act, holder, token)


@when("{name:w} tries to join with the team invitation and {invalid:InvalidPassword}")
def join_with_invalid_password(context: Context, name, invalid):
    """Try to accept an invitation with a new account whose password is too short or too common."""
    token, password = context.world.state.find(TeamInvitation, name).token, INVALID_PASSWORDS[invalid]
    team_invites.accept(context.world, context.world.act, name, token, password=password)


@when("{name:w} tries to join with a team invitation that nobody issued")
def join_uninvited(context: Context, name):
    """Try to accept an invitation with a token that the service never issued."""
    team_invites.accept(context.world, context.world.act, name, "never-issued")


@when("{person:Person} {does:AcceptsInvitation} the team invitation of {name:w} with their own account")
def accept(context: Context, person, does, name):
    """Accept an invitation as a person who is signed in, or try to."""
    team_invites.accept_as_current(context.world, context.world.act, person, name)


@when("{person:Person} lists the {status:w} team invitations")
def list_by_status(context: Context, person, status):
    """List the tenant's invitations that have this status."""
    context.world.act(person, "GET", INVITES, query={"status": status})


@when("{person:Person} lists the team invitations, one a page, and turns to the second page")
def list_second_page(context: Context, person):
    """Read the second of the pages that show the tenant's invitations with a `limit` of 1."""
    context.world.act(person, "GET", INVITES, query={"limit": 1, "offset": 1})


@then("they should be good for {usual:d} hours, and for {most:d} at most")
def have_policy(context: Context, usual, most):
    """The answer has these hours as `default_expires_hours` and `max_expires_hours`."""
    expected = has_entries(default_expires_hours=usual, max_expires_hours=most)
    check(context.world.answer, context.world.answer.body, expected)


@then("the team invitation of {name:w} as {role:ARole} should be good for {hours:d} hours")
@then("the team invitation of {name:w} as {role:ARole} should be good for {hours:d} hour")
def be_good_for(context: Context, name, role, hours):
    """The answer is a new active invitation with its token; it expires so many hours after `created_at`."""
    _check_issued(context.world, name, role)
    answer = context.world.answer
    validity = instant(field(answer, "expires_at")) - instant(field(answer, "created_at"))
    check(answer, round(validity / timedelta(hours=1)), hours)


@then("the team invitation of {name:w} as {role:ARole} should be good for ever")
def be_good_for_ever(context: Context, name, role):
    """The answer is a new active invitation with its token, without `expires_at`."""
    _check_issued(context.world, name, role)
    check(context.world.answer, field(context.world.answer, "expires_at"), none())


@then("{person:Person} should find the {status:w} team invitation of {name:w}")
def find_invitation(context: Context, person, status, name):
    """The tenant's list shows one invitation for the person, as issued, with this status and its dates."""
    world, issued = context.world, context.world.state.find(TeamInvitation, name).issued
    expected = {**{key: issued[key] for key in AS_ISSUED}, "status": status, **STATUS_DATES[status]}
    if status == "accepted":
        expected["accepted_by_user_id"] = world.person(name).user_id or not_none()
    listed = team_invites.listed(world, person, name)
    check(listed, field(listed, "invites"), contains_exactly(has_entries(expected)))
    check(listed, field(listed, "total"), 1)


@then("{person:Person} should find no team invitation of {name:w}")
def find_no_invitation(context: Context, person, name):
    """The tenant's list shows no invitation for the person's e-mail address."""
    listed = team_invites.listed(context.world, person, name)
    check(listed, field(listed, "invites"), empty())


@then("the team invitations of {name:w} should be listed")
def be_listed(context: Context, name):
    """The answer lists the invitation of this person, by id, and no other; its `total` is 1."""
    _check_listed(context.world, name, total=1)


@then("of {total:d} team invitations only that of {name:w} should be listed")
def be_on_page(context: Context, total, name):
    """The answer is a page with the invitation of this person alone; its `total` is this number."""
    _check_listed(context.world, name, total)


def _check_issued(world: World, name: str, role: str) -> None:
    answer = world.answer
    expected = {
        "tenant_id": answer.call.tenant_id,
        "invited_email": world.person(name).email,
        "role": role,
        "status": "active",
        "created_by_user_id": world.person(answer.person).user_id,
        **dict.fromkeys(("accepted_by_user_id", "accepted_at", "revoked_at", "revoked_reason"), none()),
    }
    check(answer, answer.body, has_entries(expected))
    check(answer, field(answer, "invite_token"), starts_with(field(answer, "token_hint")))


def _check_listed(world: World, name: str, total: int) -> None:
    answer, invitation = world.answer, world.state.find(TeamInvitation, name)
    check(answer, [one["id"] for one in field(answer, "invites")], [invitation.id])
    check(answer, field(answer, "total"), total)
