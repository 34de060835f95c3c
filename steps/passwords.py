"""Passwords: forgotten, changed, and reset by somebody who may."""

from behave import given, register_type, then, when

from acceptance import mailed_links, passwords
from acceptance.outcomes import check
from acceptance.passwords import ANOTHER_GOOD, GOOD, POOR
from acceptance.people import VISITOR
from acceptance.sign_up import somebody_new
from acceptance.vocabulary import one_of

FORGOT = "/api/v1/auth/password/forgot"
CHANGE = "/api/v1/auth/password/change"
RESET = "/api/v1/auth/password/reset"
WRONG = "Not-The-Right-One-1"
register_type(Poor=one_of(POOR))


def _set(world, name, token, password):
    body = {"token": token, "new_password": password}
    exchange = world.act(VISITOR, "POST", mailed_links.CONFIRM, json=body)
    passwords.took(world, world.person(name), password, exchange)


def _change(world, name, current, password):
    body = {"current_password": current, "new_password": password}
    passwords.took(world, world.person(name), password, world.act(name, "POST", CHANGE, json=body))


def _reset(world, name, other, password):
    somebody = world.person(other)
    body = {"user_id": somebody.user_id, "new_password": password}
    passwords.took(world, somebody, password, world.act(name, "POST", RESET, json=body))


@given("{person:Person} has set a new password through the mailed link")
def have_set(context, person):
    """The link is used up; the person goes by a new password."""
    world, somebody = context.world, context.world.person(person)
    body = {"token": mailed_links.token(world, somebody, mailed_links.RESET), "new_password": GOOD}
    exchange = world.must(VISITOR, "POST", mailed_links.CONFIRM, json=body)
    passwords.took(world, somebody, GOOD, exchange)


@when("{person:Person} says that she forgot her password")
def forget(context, person):
    """Ask for a link to set a new password."""
    context.world.act(VISITOR, "POST", FORGOT, json={"email": context.world.person(person).email})


@when("somebody says that a person who does not exist forgot their password")
def forget_nobody(context):
    """Ask for a link for an address that nobody has."""
    context.world.act(VISITOR, "POST", FORGOT, json={"email": somebody_new(context.world, "Nemo").email})


@when("{person:Person} sets a good password through the mailed link")
def set_good(context, person):
    """Set a password with the token of the mail."""
    token = mailed_links.token(context.world, context.world.person(person), mailed_links.RESET)
    _set(context.world, person, token, GOOD)


@when("{person:Person} tries to set another good password through the same link")
def set_again(context, person):
    """Set a password with the token that was used before."""
    _set(context.world, person, context.world.recall(mailed_links.RESET, person), ANOTHER_GOOD)


@when("{person:Person} tries to set a password that is {poor:Poor} through the mailed link")
def set_poor(context, person, poor):
    """Set a password that the policy refuses."""
    somebody = context.world.person(person)
    token = mailed_links.token(context.world, somebody, mailed_links.RESET)
    _set(context.world, person, token, POOR[poor](somebody))


@when("{person:Person} changes her password to a good one")
def change_to_good(context, person):
    """Exchange the password that the person goes by."""
    _change(context.world, person, context.world.person(person).password, GOOD)


@when("{person:Person} tries to change her password without knowing it")
def change_unknown(context, person):
    """Exchange the password without the right one of before."""
    _change(context.world, person, WRONG, GOOD)


@when("{person:Person} tries to change her password to one that is {poor:Poor}")
def change_to_poor(context, person, poor):
    """Exchange the password for one that the policy refuses."""
    somebody = context.world.person(person)
    _change(context.world, person, somebody.password, POOR[poor](somebody))


@when("{person:Person} gives {other:Person} a good password")
@when("{person:Person} tries to give {other:Person} a good password")
def reset_to_good(context, person, other):
    """Reset somebody's password."""
    _reset(context.world, person, other, GOOD)


@when("{person:Person} tries to give {other:Person} a password that is {poor:Poor}")
def reset_to_poor(context, person, other, poor):
    """Reset somebody's password to one that the policy refuses."""
    _reset(context.world, person, other, POOR[poor](context.world.person(other)))


@then("the service should say the same as for {person:Person}")
def say_the_same(context, person):
    """The answer for somebody who exists has the same status and message."""
    answer = context.world.answer
    body = {"email": context.world.person(person).email}
    other = context.world.look(VISITOR, "POST", FORGOT, json=body)
    check(answer, (answer.status, answer.body), (other.status, other.body))


@then("{person:Person} should sign in with the new password only")
def go_by_new(context, person):
    """The new password opens a session, the old one does not."""
    passwords.check_only_new(context.world, context.world.person(person))


@then("{person:Person} should sign in with the old password only")
def go_by_old(context, person):
    """The old password opens a session, the one that was tried does not."""
    passwords.check_only_old(context.world, context.world.person(person))
