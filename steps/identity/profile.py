"""The profile: who somebody is, as they want to be known."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.subjects.identity.account import PROFILE, AccountBefore, change_profile, profile_of
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


@when("{person:Person} opens the profile")
@when("{person:Person} tries to open the profile")
def open_profile(context: Context, person):
    """Read one's own profile."""
    context.world.act(person, "GET", PROFILE)


@when("{person:Person} changes her {entry:ProfileField} to {value:Quoted}")
def change(context: Context, person, entry, value):
    """Change one field of one's own profile."""
    change_profile(context.world, person, {FIELDS[entry]: value})


@when("{person:Person} takes her {entry:ProfileField} back")
def take_back(context: Context, person, entry):
    """Set one field of one's own profile to null."""
    change_profile(context.world, person, {FIELDS[entry]: None})


@when("{person:Person} tries to change her profile to {invalid:InvalidProfile}")
def change_to_invalid(context: Context, person, invalid):
    """Send a change that a profile does not take: no field, an unknown one, one too short or too long."""
    change_profile(context.world, person, INVALID_CHANGES[invalid])


@then("the profile should be {person:Person}'s")
def be_their_profile(context: Context, person):
    """The profile has the person's ids, address, display name, role and whether the address is verified."""
    somebody = context.world.person(person)
    expected = {
        "user_id": somebody.user_id,
        "tenant_id": somebody.tenant_id,
        "email": somebody.email,
        "display_name": somebody.name,
        "role": somebody.role,
        "email_verified": somebody.verified,
    }
    check(context.world.answer, field(context.world.answer, "data"), has_entries(expected))


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
def say_nothing(context: Context, person, entry):
    """A second read has null in this field, and every other field as it was."""
    before = context.world.state.find(AccountBefore, person).profile
    check(context.world.answer, profile_of(context.world, person), {**before, FIELDS[entry]: None})


@then("the profile of {person:Person} should be as before")
def be_as_before(context: Context, person):
    """A second read has every field as it was before the change."""
    before = context.world.state.find(AccountBefore, person).profile
    check(context.world.answer, profile_of(context.world, person), before)
