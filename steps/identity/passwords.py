"""Passwords: forgotten, changed, and reset by somebody who may."""

from behave import given, register_type, then, when

from acceptance.checks.assertions import check, succeeded
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import mailed_links, passwords
from api_service.subjects.identity.passwords import CHOICES, FORGOT
from api_service.subjects.identity.sign_up import somebody_new
from api_service.vocabulary import one_of, verbs

LINKS = {"the mailed link": mailed_links.token, "the same link": mailed_links.same_token}
GOES_BY = {"new": passwords.check_only_new, "old": passwords.check_only_old}
register_type(
    Password=one_of(CHOICES),
    MailedLink=one_of(LINKS),
    SetsPassword=verbs(["set"]),
    ChangesPassword=verbs(["exchange her password for"]),
    GivesPassword=verbs(["give"]),
    OldOrNew=one_of(GOES_BY),
)


@given("{person:Person} has set a new password through the mailed link")
def have_set(context: Context, person):
    """The link is used up; the person goes by a new password."""
    token = mailed_links.token(context.world, context.world.person(person), mailed_links.RESET)
    succeeded(passwords.set_with(context.world, person, token, "a good password"))


@when("{person:Person} says that she forgot her password")
def forget(context: Context, person):
    """Ask for a link to set a new password."""
    context.world.act(VISITOR, "POST", FORGOT, json={"email": context.world.person(person).email})


@when("somebody says that a person who does not exist forgot their password")
def forget_nobody(context: Context):
    """Ask for a link for an address that nobody has."""
    context.world.act(VISITOR, "POST", FORGOT, json={"email": somebody_new(context.world, "Nemo").email})


@when("{person:Person} {verb:SetsPassword} {choice:Password} through {link:MailedLink}")
def set_password(context: Context, person, verb, choice, link):
    """Set a password with the token of a mail, a fresh one or the one of before."""
    token = LINKS[link](context.world, context.world.person(person), mailed_links.RESET)
    passwords.set_with(context.world, person, token, choice)


@when("{person:Person} {verb:ChangesPassword} {choice:Password}")
def change_password(context: Context, person, verb, choice):
    """Exchange the password that the person goes by."""
    passwords.change(context.world, person, context.world.person(person).password, choice)


@when("{person:Person} tries to change her password without knowing it")
def change_unknown(context: Context, person):
    """Exchange the password without the right one of before."""
    passwords.change(context.world, person, "Not-The-Right-One-1", "a good password")


@when("{person:Person} {verb:GivesPassword} {other:Person} {choice:Password}")
def reset_password(context: Context, person, verb, other, choice):
    """Reset somebody's password."""
    passwords.reset(context.world, person, other, choice)


@then("the service should say the same as for {person:Person}")
def say_the_same(context: Context, person):
    """The answer for somebody who exists has the same status and message."""
    answer = context.world.answer
    body = {"email": context.world.person(person).email}
    other = context.world.look(VISITOR, "POST", FORGOT, json=body)
    check(answer, (answer.status, answer.body), (other.status, other.body))


@then("{person:Person} should sign in with the {which:OldOrNew} password only")
def go_by(context: Context, person, which):
    """That password opens a session; the other, or the one that was tried, does not."""
    GOES_BY[which](context.world, context.world.person(person))
