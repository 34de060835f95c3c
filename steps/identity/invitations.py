"""Invitations to the platform: issued and taken back by operators."""

from behave import given, register_type, then, when
from hamcrest import empty

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.subjects.identity import access_requests
from api_service.subjects.identity.sign_up import somebody_new
from api_service.vocabulary import one_of

HOW = {
    "for more than two weeks": {"expires_in_hours": 337},
    "for no time at all": {"expires_in_hours": 0},
    "for a crowd": {"max_redemptions": 11},
    "with a very long note": {"note": "n" * 513},
    "for a request that nobody made": {"signup_request_id": "5f0c2b8e-8a57-4c0e-9d0a-1d6cbe2f7a11"},
}
REVOKE = f"{access_requests.INVITES}/{{invite_id}}/revoke"
STATUSES = ("active", "revoked")
register_type(HowInvited=one_of(HOW), InvitationStatus=one_of(STATUSES))


def _invite(world, person, name, **changes):
    invited = somebody_new(world, name)
    body = access_requests.invitation(invited, **changes)
    exchange = world.act(person, "POST", access_requests.INVITES, json=body)
    access_requests.keep_invitation(world, invited, exchange)
    return exchange


@given("{person:Person} has invited {name:Person} to the platform")
def have_invited(context: Context, person, name):
    """An invitation in force, known by who is invited."""
    succeeded(_invite(context.world, person, name))


@when("{person:Person} invites {name:Person} to the platform")
@when("{person:Person} tries to invite {name:Person} to the platform")
def invite(context: Context, person, name):
    """Invite somebody for a day."""
    _invite(context.world, person, name)


@when("{person:Person} tries to invite {name:Person} to the platform {how:HowInvited}")
def invite_somehow(context: Context, person, name, how):
    """Invite somebody with one thing that does not fit."""
    _invite(context.world, person, name, **HOW[how])


@when("{person:Person} takes the invitation of {name:w} back")
@when("{person:Person} tries to take the invitation of {name:w} back")
def take_back(context: Context, person, name):
    """Revoke an invitation."""
    invite_id = access_requests.id_of(context.world, "invitation", name)
    context.world.act(person, "POST", REVOKE, invite_id=invite_id)


@then("the invitation should show its token and be good for {name:Person}")
def show_token(context: Context, name):
    """The answer has the token and says whom it is for, how often and how long it is good."""
    access_requests.check_issued(context.world, context.world.answer, context.world.person(name))


@then("Olga should find the {status:InvitationStatus} invitation of {name:Person}")
def find_invitation(context: Context, status, name):
    """Operators find the invitation under this status only, without its token."""
    access_requests.check_invitation(context.world, context.world.person(name), status)


@then("Olga should find no invitation of {name:Person}")
def find_no_invitation(context: Context, name):
    """Operators find no invitation of the person."""
    query = {"email": context.world.person(name).email}
    listed = context.world.must("Olga", "GET", access_requests.INVITES, query=query)
    check(listed, field(listed, "invites"), empty())
