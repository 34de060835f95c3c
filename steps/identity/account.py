"""One's own account: moving to another address, and closing it."""

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check, field, refused, says, succeeded
from api_service.context import Context
from api_service.subjects.identity.account import AccountBefore, change_email, close, profile_of
from api_service.subjects.identity.sign_in import WRONG_PASSWORD, credentials, sign_in, sign_in_again
from api_service.vocabulary import OUTCOMES, verbs

ACCOUNT_CHANGES = {
    "move to another address": lambda world, person: change_email(world, person, f"moved-{person.email}"),
    "move to another address without the password": lambda world, person: change_email(
        world, person, f"moved-{person.email}", WRONG_PASSWORD
    ),
    "move to the same address in capitals": lambda world, person: change_email(
        world, person, person.email.upper()
    ),
    "move to the address of Nina": lambda world, person: change_email(
        world, person, world.person("Nina").email
    ),
    "move to something that is no address": lambda world, person: change_email(world, person, "no-address"),
    "close the account": close,
    "close the account without the password": lambda world, person: close(world, person, WRONG_PASSWORD),
}
register_type(ChangesAccount=verbs(ACCOUNT_CHANGES))


@given("{person:Person} has closed the account")
def have_closed(context: Context, person):
    """The person has closed their account with the right password."""
    succeeded(close(context.world, context.world.person(person)))


@when("{person:Person} {change:ChangesAccount}")
def change_account(context: Context, person, change):
    """Change the address of one's own account or close it, with the right password or a wrong one."""
    ACCOUNT_CHANGES[change](context.world, context.world.person(person))


@then("{person:Person} should sign in with the new address only")
def go_by_new_address(context: Context, person):
    """The new address opens a session, in which the person acts on; the old one is refused with 401."""
    world, somebody = context.world, context.world.person(person)
    sign_in_again(world, person)
    old = world.state.find(AccountBefore, person).profile["email"]
    exchange = sign_in(world, somebody, world.look, json=credentials(somebody, email=old))
    refused(exchange, *OUTCOMES["not signed in"])


@then("the new address of {person:Person} should have to be verified")
def have_to_verify(context: Context, person):
    """Answer and profile have the new address as not verified; the answer says that a mail was sent."""
    answer, email = context.world.answer, context.world.person(person).email
    unverified = {"email": email, "email_verified": False}
    check(answer, field(answer, "data"), has_entries(verification_sent=True, **unverified))
    check(answer, profile_of(context.world, person), has_entries(unverified))


@then("no verification mail should have been announced")
def announce_no_mail(context: Context):
    """The answer says that no mail was sent (`verification_sent` false)."""
    check(context.world.answer, field(context.world.answer, "data.verification_sent"), False)


@then("the account of {person:Person} should be closed")
def be_closed(context: Context, person):
    """The answer counts every session as revoked; from now on the right password is refused with 403."""
    world, somebody = context.world, context.world.person(person)
    ended = world.state.find(AccountBefore, person).open_sessions
    expected = {"user_id": somebody.user_id, "disabled": True, "revoked_sessions": ended}
    check(world.answer, field(world.answer, "data"), expected)
    exchange = sign_in(world, somebody, world.look)
    refused(exchange, *OUTCOMES["not allowed"])
    says(exchange, "User is disabled.")
