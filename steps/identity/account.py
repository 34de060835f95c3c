"""One's own account: moving to another address, and closing it."""

from behave import given, register_type, then, when

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.subjects.identity import account
from api_service.subjects.identity.account import DEEDS
from api_service.vocabulary import verbs

register_type(AccountDeed=verbs(DEEDS))


@given("{person:Person} has closed the account")
def have_closed(context: Context, person):
    """The account is closed for good."""
    succeeded(DEEDS["close the account"](context.world, context.world.person(person)))


@when("{person:Person} {deed:AccountDeed}")
def act(context: Context, person, deed):
    """Move to an address or close one's own account, with the right password or without."""
    DEEDS[deed](context.world, context.world.person(person))


@then("{person:Person} should sign in with the new address only")
def go_by_new_address(context: Context, person):
    """The new address opens a session, the old one does not."""
    account.check_moved(context.world, context.world.person(person))


@then("the new address of {person:Person} should have to be verified")
def have_to_verify(context: Context, person):
    """Answer and profile say that the address is new and not verified, and that a mail is under way."""
    world, email = context.world, context.world.person(person).email
    expected = {"email": email, "email_verified": False}
    said = field(world.answer, "data")
    check(world.answer, {name: said[name] for name in expected}, expected)
    check(world.answer, said["verification_sent"], True)
    profile = account.profile_of(world, person)
    check(world.answer, {name: profile[name] for name in expected}, expected)


@then("the account of {person:Person} should be closed")
def be_closed(context: Context, person):
    """The answer says so and ends every session, and the right password is refused from now on."""
    account.check_closed(context.world, context.world.person(person))
