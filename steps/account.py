"""One's own account: moving to another address, and closing it."""

from behave import given, register_type, then, when

from acceptance import account
from acceptance.outcomes import check, field, succeeded
from acceptance.vocabulary import one_of

WRONG = "Not-The-Right-One-1"
ADDRESSES = {
    "another address": lambda world, person: f"moved-{person.email}",
    "the same address in capitals": lambda world, person: person.email.upper(),
    "the address of Nina": lambda world, person: world.person("Nina").email,
    "something that is no address": lambda world, person: "no-address",
}
register_type(Address=one_of(ADDRESSES))


@given("{person:Person} has closed the account")
def have_closed(context, person):
    """The account is closed for good."""
    somebody = context.world.person(person)
    succeeded(account.close(context.world, somebody, somebody.password))


@when("{person:Person} moves to {address:Address}")
@when("{person:Person} tries to move to {address:Address}")
def move(context, person, address):
    """Move to an address with the right password."""
    world, somebody = context.world, context.world.person(person)
    account.move(world, somebody, ADDRESSES[address](world, somebody), somebody.password)


@when("{person:Person} tries to move to another address without the password")
def move_without_password(context, person):
    """Move to an address with a wrong password."""
    somebody = context.world.person(person)
    account.move(context.world, somebody, f"moved-{somebody.email}", WRONG)


@when("{person:Person} closes the account")
@when("{person:Person} tries to close the account")
def close(context, person):
    """Close one's own account with the right password."""
    somebody = context.world.person(person)
    account.close(context.world, somebody, somebody.password)


@when("{person:Person} tries to close the account without the password")
def close_without_password(context, person):
    """Close one's own account with a wrong password."""
    account.close(context.world, context.world.person(person), WRONG)


@then("{person:Person} should sign in with the new address only")
def go_by_new_address(context, person):
    """The new address opens a session, the old one does not."""
    account.check_moved(context.world, context.world.person(person))


@then("the new address of {person:Person} should have to be verified")
def have_to_verify(context, person):
    """Answer and profile say that the address is new and not verified, and that a mail is under way."""
    world, email = context.world, context.world.person(person).email
    expected = {"email": email, "email_verified": False}
    said = field(world.answer, "data")
    check(world.answer, {name: said[name] for name in expected}, expected)
    check(world.answer, said["verification_sent"], True)
    profile = account.profile_of(world, person)
    check(world.answer, {name: profile[name] for name in expected}, expected)


@then("the account of {person:Person} should be closed")
def be_closed(context, person):
    """The answer says so, and the right password is refused because the account is closed."""
    check(context.world.answer, field(context.world.answer, "data.disabled"), True)
    account.check_closed(context.world, context.world.person(person))
