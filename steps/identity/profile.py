"""The profile: who somebody is, as they want to be known."""

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.identity.account import (
    MISFITS,
    PROFILE_FIELDS,
    READ_PROFILE,
    UPDATE_PROFILE,
    profile_of,
)
from api_service.vocabulary import one_of

register_type(ProfileField=one_of(PROFILE_FIELDS), Misfit=one_of(MISFITS))


def _change(world, person, body):
    world.remember("profile", person, profile_of(world, person))
    return world.act(person, "PATCH", UPDATE_PROFILE, json=body)


@given("{person:Person} has changed her {entry:ProfileField} to {value:Quoted}")
def have_changed(context: Context, person, entry, value):
    """The profile says so."""
    context.world.must(person, "PATCH", UPDATE_PROFILE, json={PROFILE_FIELDS[entry]: value})


@when("{person:Person} opens the profile")
@when("{person:Person} tries to open the profile")
def open_profile(context: Context, person):
    """Look at one's own profile."""
    context.world.act(person, "GET", READ_PROFILE)


@when("{person:Person} changes her {entry:ProfileField} to {value:Quoted}")
def change(context: Context, person, entry, value):
    """Change one field of one's own profile."""
    _change(context.world, person, {PROFILE_FIELDS[entry]: value})


@when("{person:Person} takes her {entry:ProfileField} back")
def take_back(context: Context, person, entry):
    """Clear one field of one's own profile."""
    _change(context.world, person, {PROFILE_FIELDS[entry]: None})


@when("{person:Person} tries to change her profile to {misfit:Misfit}")
def change_to_misfit(context: Context, person, misfit):
    """Change one's own profile to what it does not take."""
    _change(context.world, person, MISFITS[misfit])


@then("the profile should be {person:Person}'s")
def be_their_profile(context: Context, person):
    """The profile names the person, their address, tenant and role."""
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
    """The answer and a second look show the changed field, and everything else as it was."""
    world = context.world
    expected = world.recall("profile", person) | {PROFILE_FIELDS[entry]: value}
    check(world.answer, field(world.answer, "data"), expected)
    check(world.answer, profile_of(world, person), expected)


@then("the profile of {person:Person} should say nothing about the {entry:ProfileField}")
def say_nothing(context: Context, person, entry):
    """A second look shows the field empty, and everything else as it was."""
    expected = context.world.recall("profile", person) | {PROFILE_FIELDS[entry]: None}
    check(context.world.answer, profile_of(context.world, person), expected)


@then("the profile of {person:Person} should be as before")
def be_as_before(context: Context, person):
    """A second look shows everything as it was."""
    before = context.world.recall("profile", person)
    check(context.world.answer, profile_of(context.world, person), before)
