"""Passwords: forgotten, changed, and reset by somebody who may."""

from dataclasses import dataclass, replace

from behave import given, register_type, then, when

from acceptance.checks.assertions import check, refused, succeeded
from acceptance.redaction import learn
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity.mailed_links import PASSWORD_RESET, new_token, same_token
from api_service.subjects.identity.sign_in import WRONG_PASSWORD, credentials, sign_in
from api_service.subjects.identity.sign_up import person_without_account
from api_service.vocabulary import OUTCOMES, one_of, verbs

PASSWORD = "/api/v1/auth/password"  # noqa: S105 a path
FORGOT = f"{PASSWORD}/forgot"
USED_BEFORE = "the password of before"
NEW_PASSWORDS = {
    # As long as a new password has to be, and one letter shorter.
    "a good password": lambda _: "Mq7-Zephyr-Tw9",
    "another good password": lambda _: "Copper-Lagoon-Thistle-2",
    "a password that is too short": lambda _: "Too-Short-123",
    "a password that is easy to guess": lambda _: "passwordpassword1",
    "a password of small letters only": lambda _: "walnutharbourlantern",
    USED_BEFORE: lambda person: person.password,
}
TOKENS = {
    "the mailed link": lambda world, name: new_token(world, name, PASSWORD_RESET),
    "the same link": same_token,
}
register_type(
    Password=one_of(NEW_PASSWORDS),
    MailedLink=one_of(TOKENS),
    SetsPassword=verbs(["set"]),
    ChangesPassword=verbs(["exchange her password for"]),
    GivesPassword=verbs(["give"]),
    OldOrNew=one_of(["old", "new"]),
)


@dataclass(frozen=True)
class Passwords:
    """A person's passwords in a scenario, kept under their name: the first, and all that were sent as new."""

    first: str
    tried: frozenset[str]


def _send_password(world, actor, action, name, choice, **proof):
    """Set, change or reset somebody's password; if the service agrees, they have it from now on."""
    person = world.person(name)
    if choice == USED_BEFORE:
        world.limits.require("password_history")
    password = NEW_PASSWORDS[choice](person)
    learn(password)
    known = world.state.all_of(Passwords).get(name, Passwords(person.password, frozenset()))
    world.state.keep(name, replace(known, tried=known.tried | {password}))
    exchange = world.act(actor, "POST", f"{PASSWORD}/{action}", json={**proof, "new_password": password})
    if exchange.succeeded:
        world.introduce(replace(person, password=password))
    return exchange


@given("{person:Person} has set a new password through the mailed link")
def have_set(context: Context, person):
    """The person has set a password with the token of a mailed link, which is used up by that."""
    token = new_token(context.world, person, PASSWORD_RESET)
    succeeded(_send_password(context.world, VISITOR, "confirm", person, "a good password", token=token))


@when("{person:Person} says that she forgot her password")
@when("somebody says that a person who does not exist forgot their password")
def forget(context: Context, person="Nemo"):
    """Ask for a link to set a new password, for the person's address or one that no account has."""
    email = person_without_account(context.world, person).email
    context.world.act(VISITOR, "POST", FORGOT, json={"email": email})


@when("{person:Person} {verb:SetsPassword} {choice:Password} through {link:MailedLink}")
def set_password(context: Context, person, verb, choice, link):
    """Set a password with the token of a mailed link: of a fresh one, or of the one before."""
    token = TOKENS[link](context.world, person)
    _send_password(context.world, VISITOR, "confirm", person, choice, token=token)


@when("{person:Person} {verb:ChangesPassword} {choice:Password}")
@when("{person:Person} tries to change her password without knowing it")
def change_password(context: Context, person, verb=None, choice="a good password"):
    """Change one's own password, proving it with the current one, or with a wrong one."""
    current = context.world.person(person).password if verb else WRONG_PASSWORD
    _send_password(context.world, person, "change", person, choice, current_password=current)


@when("{person:Person} {verb:GivesPassword} {other:Person} {choice:Password}")
def reset_password(context: Context, person, verb, other, choice):
    """Reset the password of another user."""
    user_id = context.world.person(other).user_id
    _send_password(context.world, person, "reset", other, choice, user_id=user_id)


@then("the service should say the same as for {person:Person}")
def say_the_same(context: Context, person):
    """The same request for this person, who has an account, is answered with the same status and body."""
    answer = context.world.answer
    body = {"email": context.world.person(person).email}
    other = context.world.look(VISITOR, "POST", FORGOT, json=body)
    check(answer, (answer.status, answer.body), (other.status, other.body))


@then("{person:Person} should sign in with the {which:OldOrNew} password only")
def go_by(context: Context, person, which):
    """That password opens a session; every other one of the person in this scenario is refused with 401.

    It is used before each wrong one, since few wrong ones in a row may lock the account.
    """
    world, somebody = context.world, context.world.person(person)
    known = world.state.find(Passwords, person)
    password = known.first if which == "old" else somebody.password
    check(world.answer, password == known.first, which == "old", "the first password is the one to go by")
    others = (known.tried | {known.first}) - {password}
    for other in others or {None}:
        succeeded(sign_in(world, replace(somebody, password=password), world.look))
        if other:
            exchange = sign_in(world, somebody, world.look, json=credentials(somebody, password=other))
            refused(exchange, *OUTCOMES["not signed in"])
