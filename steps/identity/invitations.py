"""Invitations to the platform: issued and taken back by operators."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, starts_with

from acceptance.checks.assertions import check, field, succeeded
from acceptance.timestamps import instant
from api_service.context import Context
from api_service.subjects.identity import invitations
from api_service.subjects.identity.invitations import Invitation, invite
from api_service.vocabulary import one_of

INVALID_FIELDS: dict[str, dict[str, Any]] = {
    "for more than two weeks": {"expires_in_hours": 337},
    "for no time at all": {"expires_in_hours": 0},
    "for a crowd": {"max_redemptions": 11},
    "with a very long note": {"note": "n" * 513},
    "for a request that nobody made": {"signup_request_id": "5f0c2b8e-8a57-4c0e-9d0a-1d6cbe2f7a11"},
}
ONCE = {"status": "active", "max_redemptions": 1, "redeemed_count": 0, "signup_request_id": None}
STATUSES = ("active", "revoked")
register_type(InvalidInvitation=one_of(INVALID_FIELDS), InvitationStatus=one_of(STATUSES))


@given("{person:Person} has invited {name:Person} to the platform")
def have_invited(context: Context, person, name):
    """The operator has issued an invitation for the person's address."""
    succeeded(invite(context.world, person, name))


@when("{person:Person} invites {name:Person} to the platform")
@when("{person:Person} tries to invite {name:Person} to the platform")
@when("{person:Person} tries to invite {name:Person} to the platform {invalid:InvalidInvitation}")
def invite_person(context: Context, person, name, invalid=""):
    """Issue an invitation for 24 hours to the person's address, or one with an invalid field."""
    invite(context.world, person, name, **INVALID_FIELDS.get(invalid, {}))


@given("{person:Person} has issued an invitation that anybody may use once, and keeps it for {name:Person}")
def have_invited_anybody(context: Context, person, name):
    """The operator has issued an invitation for no address in particular."""
    succeeded(invite(context.world, person, name, invited_email=None))


@given("{person:Person} has taken the invitation of {name:w} back")
@when("{person:Person} takes the invitation of {name:w} back")
@when("{person:Person} tries to take the invitation of {name:w} back")
def take_back(context: Context, person, name):
    """Revoke the invitation of the person; that of nobody is a random id."""
    invite_id = str(uuid4()) if name == "nobody" else context.world.state.find(Invitation, name).id
    context.world.act(person, "POST", invitations.REVOKE, invite_id=invite_id)


@then("the invitation should show its token and be good for {name:Person}")
def show_token(context: Context, name):
    """The answer has `invite_token` and is good for this address once, for 24 hours; lists hide the token."""
    answer, issued = context.world.answer, context.world.answer.body
    expected = {"invited_email": context.world.person(name).email, "note": invitations.NOTE, **ONCE}
    check(answer, issued, has_entries(expected))
    check(answer, field(answer, "invite_token"), starts_with(issued["token_hint"]))
    listed = invitations.found(context.world, name)
    check(answer, field(listed, "invites"), contains_exactly(has_entries(invitations.without_token(issued))))
    lifetime = instant(issued["expires_at"]) - instant(issued["created_at"])
    check(answer, abs(lifetime - timedelta(hours=invitations.HOURS)) < timedelta(minutes=1), True, "a day")


@then("Olga should find the {status:InvitationStatus} invitation of {name:Person}")
def find_invitation(context: Context, status, name):
    """Operators find the invitation under this status and not under the other, without `invite_token`."""
    for asked in STATUSES:
        listed = invitations.found(context.world, name, status=asked)
        shown = [(one["id"], "invite_token" in one) for one in listed.body["invites"]]
        expected = [(context.world.state.find(Invitation, name).id, False)] if asked == status else []
        check(listed, shown, expected, "the invitations found, and whether they show their token")


@then("Olga should find no invitation of {name:Person}")
def find_no_invitation(context: Context, name):
    """Operators find no invitation for the person's address."""
    listed = invitations.found(context.world, name)
    check(listed, field(listed, "invites"), empty())
