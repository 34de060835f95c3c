"""The profile: who somebody is, as they want to be known."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.subjects.identity.account import AccountBefore, change_profile, profile_of
from api_service.vocabulary import one_of

FIELDS = {
    "display name": "display_name",
    "given name": "given_name",
    "family name": "family_name",
    "picture": "avatar_url",
    "time zone": "timezone",
    "language": "locale",
}
INVALID_CHANGES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "something nobody asks about": {"shoe_size": 38},
    "an empty given name": {"given_name": ""},
    "an endless display name": {"display_name": "n" * 129},
}
register_type(ProfileField=one_of(FIELDS), InvalidProfile=one_of(INVALID_CHANGES))


@given("{person:Person} has changed her {entry:ProfileField} to {value:Quoted}")
def have_changed(context: Context, person, entry, value):
    """One field of the person's profile has this value."""
    succeeded(change_profile(context.world, person, {FIELDS[entry]: value}))


@when("{person:Person} changes her {entry:ProfileField} to {value:Quoted}")
@when("{person:Person} takes her {entry:ProfileField} back")
def change(context: Context, person, entry, value=None):
    """Change one field of one's own profile, or take it back by setting it to null."""
    change_profile(context.world, person, {FIELDS[entry]: value})


@when("{person:Person} tries to change her profile to {invalid:InvalidProfile}")
def change_to_invalid(context: Context, person, invalid):
    """Send a change that a profile does not take: no field, an unknown one, one too short or too long."""
    change_profile(context.world, person, INVALID_CHANGES[invalid])


@then("the profile should be {person:Person}'s")
def be_their_profile(context: Context, person):
    """The profile has the person's ids, address, display name, role and whether the address is verified."""
    somebody = context.world.person(person)
    ids = {"user_id": somebody.user_id, "tenant_id": somebody.tenant_id, "email": somebody.email}
    shown = {"display_name": somebody.name, "role": somebody.role, "email_verified": somebody.verified}
    check(context.world.answer, field(context.world.answer, "data"), has_entries(ids | shown))


@then(
    "the profile of {person:Person} should differ from before in the {entry:ProfileField} {value:Quoted} only"
)
def differ_in(context: Context, person, entry, value):
    """The answer and a second read have the new value in this field, and every other field as it was."""
    answer, before = context.world.answer, context.world.state.find(AccountBefore, person).profile
    expected = {**before, FIELDS[entry]: value}
    check(answer, field(answer, "data"), expected)
    check(answer, profile_of(context.world, person), expected)


@then("the profile of {person:Person} should say nothing about the {entry:ProfileField}")
@then("the profile of {person:Person} should be as before")
def be_as_before(context: Context, person, entry=None):
    """A second read has every field as it was before the change, but for null in the one that is named."""
    before = context.world.state.find(AccountBefore, person).profile
    expected = {**before, FIELDS[entry]: None} if entry else before
    check(context.world.answer, profile_of(context.world, person), expected)
