"""Invitations to join a tenant."""

from behave import given, register_type, then, when
from hamcrest import empty, has_entries

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.tenancy import members, team_invites
from api_service.vocabulary import one_of, verbs

register_type(
    Term=team_invites.term_word,
    TeamRole=members.role_word,
    PoorPassword=one_of(team_invites.PASSWORDS),
    InvitesToTeam=verbs(["invite"]),
    TakesUp=verbs(["take up"]),
    TakesBack=verbs(["take back"]),
)

USUAL = "for the usual time"


@given("{person:Person} has invited {name:w} to the team")
def have_invited(context: Context, person, name):
    """Somebody holds an active invitation as a member."""
    team_invites.invite(context.world, context.world.must, person, name, "member", USUAL)


@given("{person:Person} has taken back the team invitation of {name:w}")
def have_taken_back(context: Context, person, name):
    """Somebody's invitation is revoked."""
    invite_id = context.world.recall("invitation", name)["id"]
    context.world.must(person, "POST", team_invites.REVOKE, invite_id=invite_id)


@given("{name:w} has joined with the team invitation")
def have_joined(context: Context, name):
    """Somebody took up their invitation with a new account."""
    assertions.succeeded(team_invites.accept(context.world, name, name))


@given("{person:Person} has taken up the team invitation")
def have_taken_up(context: Context, person):
    """Somebody accepted their invitation with the account that they had."""
    body = {"token": context.world.recall("invitation", person)["invite_token"]}
    context.world.must(person, "POST", team_invites.ACCEPT_AS_CURRENT, json=body)


@when("{person:Person} asks how long team invitations are good for")
def ask_policy(context: Context, person):
    """Ask for the policy."""
    context.world.act(person, "GET", team_invites.POLICY)


@when("{person:Person} {does:InvitesToTeam} {name:w} to the team as {role:TeamRole} {term:Term}")
def invite(context: Context, person, does, name, role, term):
    """Invite somebody for some time; also when somebody only tries to."""
    team_invites.invite(context.world, context.world.act, person, name, role, term)


@when("{person:Person} {does:TakesBack} the team invitation of {name:w}")
def take_back(context: Context, person, does, name):
    """Revoke an invitation; also when somebody only tries to."""
    invite_id = context.world.recall("invitation", name)["id"]
    context.world.act(person, "POST", team_invites.REVOKE, invite_id=invite_id)


@when("{holder:w} joins with the team invitation of {name:w}")
@when("{holder:w} tries to join with the team invitation of {name:w}")
def join(context: Context, holder, name):
    """Take up an invitation with a new account; also when somebody only tries to."""
    team_invites.accept(context.world, name, holder)


@when("{name:w} tries to join with the team invitation and {poor:PoorPassword}")
def join_with_poor_password(context: Context, name, poor):
    """Take up an invitation with a password that is none."""
    team_invites.accept(context.world, name, name, password=team_invites.PASSWORDS[poor])


@when("{name:w} tries to join with a team invitation that nobody issued")
def join_uninvited(context: Context, name):
    """Take up an invitation that does not exist."""
    context.world.remember("invitation", name, {"invite_token": "never-issued"})
    team_invites.accept(context.world, name, name)


@when("{person:Person} {does:TakesUp} the team invitation of {name:w} with their own account")
def take_up(context: Context, person, does, name):
    """Accept an invitation as a person who is signed in; also when somebody only tries to."""
    body = {"token": context.world.recall("invitation", name)["invite_token"]}
    context.world.act(person, "POST", team_invites.ACCEPT_AS_CURRENT, json=body)


@when("{person:Person} lists the {status:w} team invitations")
def list_by_status(context: Context, person, status):
    """Ask for the tenant's invitations that are in one state."""
    context.world.act(person, "GET", team_invites.INVITES, query={"status": status})


@when("{person:Person} lists the team invitations, one a page, and turns to the second page")
def list_second_page(context: Context, person):
    """Ask for the last but one of the tenant's invitations."""
    context.world.act(person, "GET", team_invites.INVITES, query={"limit": 1, "offset": 1})


@then("they should be good for {usual:d} hours, and for {most:d} at most")
def have_policy(context: Context, usual, most):
    """The answer names both."""
    expected = has_entries(default_expires_hours=usual, max_expires_hours=most)
    assertions.check(context.world.answer, context.world.answer.body, expected)


@then("the team invitation of {name:w} as {role:TeamRole} should be good for {hours:d} hours")
@then("the team invitation of {name:w} as {role:TeamRole} should be good for {hours:d} hour")
def be_good_for(context: Context, name, role, hours):
    """The answer is a new invitation with its token, and ends when it should."""
    team_invites.should_be_issued(context.world, context.world.answer, name, role, hours)


@then("the team invitation of {name:w} as {role:TeamRole} should be good for ever")
def be_good_for_ever(context: Context, name, role):
    """The answer is a new invitation with its token, and does not end."""
    team_invites.should_be_issued(context.world, context.world.answer, name, role, None)


@then("{person:Person} should find the {status:w} team invitation of {name:w}")
def find_invitation(context: Context, person, status, name):
    """The tenant's list shows it in this state."""
    team_invites.should_be(context.world, person, name, status)


@then("{person:Person} should find no team invitation of {name:w}")
def find_no_invitation(context: Context, person, name):
    """The tenant's list shows none for that address."""
    exchange, found = team_invites.shown(context.world, person, name)
    assertions.check(exchange, found, empty())


@then("the team invitations of {name:w} should be listed")
def be_listed(context: Context, name):
    """The answer lists the invitations of this person and no other."""
    team_invites.should_be_listed(context.world, name, total=1)


@then("of {total:d} team invitations only that of {name:w} should be listed")
def be_on_page(context: Context, total, name):
    """The answer is a page with one invitation of so many."""
    team_invites.should_be_listed(context.world, name, total=total)
