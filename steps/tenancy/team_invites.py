"""Invitations to join a tenant."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, has_item, is_not, none, not_none, starts_with

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.tenancy import team_invites
from api_service.subjects.tenancy.team_invites import INVITES, USUAL_TERM, InvitationPolicy, TeamInvitation
from api_service.vocabulary import one_of, verbs

INVALID_PASSWORDS = {"a short password": "Too-Short-123", "an easy password": "passwordpassword1"}
STATUS_DATES = {
    "active": {"accepted_at": none(), "revoked_at": none()},
    "accepted": {"accepted_at": not_none(), "revoked_at": none()},
    "revoked": {"accepted_at": none(), "revoked_at": not_none(), "revoked_reason": not_none()},
}
UNUSED = {"status": "active", "accepted_by_user_id": None, "revoked_reason": None, **STATUS_DATES["active"]}
AS_ISSUED = ("id", "tenant_id", "token_hint", "invited_email", "role", "created_by_user_id")
register_type(
    InvitationTerm=one_of(team_invites.TERMS),
    InvalidPassword=one_of(INVALID_PASSWORDS),
    InvitesToTeam=verbs(["invite"]),
    AcceptsInvitation=verbs(["take up"]),
    RevokesInvitation=verbs(["take back"]),
    JoinsTeam=verbs(["join"]),
)


@given("{person:Person} knows how long team invitations are good for")
def know_policy(context: Context, person):
    """The person has asked for the policy for team invitations."""
    said = context.world.must(person, "GET", team_invites.POLICY).body
    policy = InvitationPolicy(said["default_expires_hours"], said["max_expires_hours"])
    context.world.state.keep("invitations", policy)


@given("{person:Person} has invited {name:w} to the team")
@when("{person:Person} {does:InvitesToTeam} {name:w} to the team as {role:ARole} {term:InvitationTerm}")
def invite(context: Context, person, name, does=None, role="member", term=USUAL_TERM):
    """Invite a person with a role (member) for some time (`expires_in_hours`, the usual one), or try to."""
    team_invites.invite(context.world, context.world.asking(does), person, name, role, term)


@given("{person:Person} has taken back the team invitation of {name:w}")
@when("{person:Person} {does:RevokesInvitation} the team invitation of {name:w}")
def revoke(context: Context, person, name, does=None):
    """Revoke an invitation, or try to."""
    ask = context.world.asking(does)
    ask(person, "POST", team_invites.REVOKE, invite_id=context.world.state.find(TeamInvitation, name).id)


@given("{name:w} has joined with the team invitation")
@when("{holder:w} {does:JoinsTeam} with the team invitation of {name:w}")
def join(context: Context, name, holder=None, does=None):
    """Accept an invitation with a new account, or try to."""
    token = context.world.state.find(TeamInvitation, name).token
    team_invites.accept(context.world, context.world.asking(does), holder or name, token)


@when("{name:w} tries to join with the team invitation and {invalid:InvalidPassword}")
def join_with_invalid_password(context: Context, name, invalid):
    """Try to accept an invitation with a new account whose password is too short or too common."""
    token, password = context.world.state.find(TeamInvitation, name).token, INVALID_PASSWORDS[invalid]
    team_invites.accept(context.world, context.world.act, name, token, password=password)


@when("{name:w} tries to join with a team invitation that nobody issued")
def join_uninvited(context: Context, name):
    """Try to accept an invitation with a token that the service never issued."""
    team_invites.accept(context.world, context.world.act, name, "never-issued")


@given("{person:Person} has taken up the team invitation")
@when("{person:Person} {does:AcceptsInvitation} the team invitation of {name:w} with their own account")
def accept(context: Context, person, name=None, does=None):
    """Accept an invitation, one's own or another's, as a person who is signed in, or try to."""
    token = context.world.state.find(TeamInvitation, name or person).token
    context.world.asking(does)(person, "POST", team_invites.ACCEPT_AS_CURRENT, json={"token": token})


@when("{person:Person} lists the {status:w} team invitations")
def list_by_status(context: Context, person, status):
    """List the tenant's invitations that have this status."""
    context.world.act(person, "GET", INVITES, query={"status": status})


@then("they should be good for a usual time, and for a longest one")
def have_policy(context: Context):
    """The answer has hours as `default_expires_hours`, and at least as many as `max_expires_hours`."""
    answer = context.world.answer
    check(answer, 0 < field(answer, "default_expires_hours") <= field(answer, "max_expires_hours"), True)


@then("the team invitation of {name:w} as {role:ARole} should be good {term:InvitationTerm}")
def be_good_for(context: Context, name, role, term):
    """A new active invitation with its token; `expires_at` is so long after `created_at`, or null."""
    answer, issuer = context.world.answer, context.world.person(context.world.answer.person)
    expected = {"tenant_id": issuer.tenant_id, "created_by_user_id": issuer.user_id, **UNUSED}
    expected |= {"invited_email": context.world.person(name).email, "role": role}
    check(answer, answer.body, has_entries(expected))
    check(answer, field(answer, "invite_token"), starts_with(field(answer, "token_hint")))
    check(answer, team_invites.validity(answer.body), team_invites.hours(context.world, term))


@then("{person:Person} should find no active team invitation of {name:w}")
def find_no_active(context: Context, person, name):
    """No invitation of the tenant that is listed for the person's address is active."""
    listed = team_invites.listed(context.world, person, name)
    check(listed, [one["status"] for one in field(listed, "invites")], is_not(has_item("active")))


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
@then("of {total:d} team invitations only that of {name:w} should be listed")
def be_listed(context: Context, name, total=1):
    """The answer, or its page, lists the invitation of this person, by id, alone; its `total` is this (1)."""
    answer, invitation = context.world.answer, context.world.state.find(TeamInvitation, name)
    check(answer, [one["id"] for one in field(answer, "invites")], [invitation.id])
    check(answer, field(answer, "total"), total)
