"""Passwords: forgotten, changed, and reset by somebody who may."""

from behave import given, register_type, then, when

from acceptance.checks.assertions import check, refused, succeeded
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import passwords
from api_service.subjects.identity.mailed_links import PASSWORD_RESET, new_token, same_token
from api_service.subjects.identity.sign_in import WRONG_PASSWORD, credentials, try_to_sign_in
from api_service.subjects.identity.sign_up import person_without_account
from api_service.vocabulary import OUTCOMES, one_of, verbs

FORGOT = f"{passwords.PASSWORD}/forgot"
TOKENS = {
    "the mailed link": lambda world, name: new_token(world, name, PASSWORD_RESET),
    "the same link": same_token,
}
register_type(
    Password=one_of(passwords.CHOICES),
    MailedLink=one_of(TOKENS),
    SetsPassword=verbs(["set"]),
    ChangesPassword=verbs(["exchange her password for"]),
    GivesPassword=verbs(["give"]),
    OldOrNew=one_of(["old", "new"]),
)


@given("{person:Person} has set a new password through the mailed link")
def have_set(context: Context, person):
    """The person has set a password with the token of a mailed link, which is used up by that."""
    token = new_token(context.world, person, PASSWORD_RESET)
    succeeded(passwords.set_with(context.world, person, token, "a good password"))


@when("{person:Person} says that she forgot her password")
def forget(context: Context, person):
    """Ask for a link to set a new password."""
    context.world.act(VISITOR, "POST", FORGOT, json={"email": context.world.person(person).email})


@when("somebody says that a person who does not exist forgot their password")
def forget_nobody(context: Context):
    """Ask for such a link for an address that no account has."""
    nobody = person_without_account(context.world, "Nemo")
    context.world.act(VISITOR, "POST", FORGOT, json={"email": nobody.email})


@when("{person:Person} {verb:SetsPassword} {choice:Password} through {link:MailedLink}")
def set_password(context: Context, person, verb, choice, link):
    """Set a password with the token of a mailed link: of a fresh one, or of the one before."""
    token = TOKENS[link](context.world, person)
    passwords.set_with(context.world, person, token, choice)


@when("{person:Person} {verb:ChangesPassword} {choice:Password}")
def change_password(context: Context, person, verb, choice):
    """Change one's own password, proving it with the current one."""
    passwords.change(context.world, person, context.world.person(person).password, choice)


@when("{person:Person} tries to change her password without knowing it")
def change_unknown(context: Context, person):
    """Change one's own password with a wrong current one."""
    passwords.change(context.world, person, WRONG_PASSWORD, "a good password")


@when("{person:Person} {verb:GivesPassword} {other:Person} {choice:Password}")
def reset_password(context: Context, person, verb, other, choice):
    """Reset the password of another user."""
    passwords.reset(context.world, person, other, choice)


@then("the service should say the same as for {person:Person}")
def say_the_same(context: Context, person):
    """The same request for this person, who has an account, is answered with the same status and body."""
    answer = context.world.answer
    body = {"email": context.world.person(person).email}
    other = context.world.look(VISITOR, "POST", FORGOT, json=body)
    check(answer, (answer.status, answer.body), (other.status, other.body))


@then("{person:Person} should sign in with the {which:OldOrNew} password only")
def go_by(context: Context, person, which):
    """That password opens a session; every other one of the person in this scenario is refused with 401."""
    world, somebody = context.world, context.world.person(person)
    known = world.state.find(passwords.Passwords, person)
    check(world.answer, somebody.password == known.first, which == "old", "the first password is in force")
    succeeded(try_to_sign_in(world, somebody))
    for other in (known.tried | {known.first}) - {somebody.password}:
        exchange = try_to_sign_in(world, somebody, json=credentials(somebody, password=other))
        refused(exchange, *OUTCOMES["not signed in"])
