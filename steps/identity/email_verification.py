"""Verifying an e-mail address through the link that is mailed to it."""

from dataclasses import replace

from behave import given, register_type, then, when

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.doubles import MAIL
from api_service.people.new_tenants import found_tenant
from api_service.subjects.identity import mailed_links
from api_service.subjects.identity.mailed_links import DEEDS, FEATURES, LINKS, SEND
from api_service.subjects.identity.sign_in import must_sign_in
from api_service.vocabulary import one_of, verbs

VERIFIED = {"is": True, "is not": False}
register_type(Verifies=verbs(DEEDS), Purpose=one_of(LINKS), IsOrNot=one_of(VERIFIED))


@given('the unverified person {person:Person} owns the new tenant "{title}"')
def found_unverified(context: Context, person, title):
    """A tenant of this scenario's own whose owner has not verified their address."""
    found_tenant(context.world, title, [(person, "owner")], verified=False)


@given("{person:Person} has followed the verification link")
def have_followed(context: Context, person):
    """The address is verified, and the person counts as verified from now on."""
    succeeded(DEEDS["follow the verification link"](context.world, person))
    context.world.introduce(replace(context.world.person(person), verified=True))


@given("{person:Person} has asked for {count:d} verification mails")
def have_asked(context: Context, person, count):
    """So many mails are on their way."""
    for _ in range(count):
        context.world.must(person, "POST", SEND)


@given("mails from the service can be read")
def read_mails(context: Context):
    """The service mails to a mailbox of ours; elsewhere the scenario is skipped."""
    context.world.suite.doubles.require(MAIL)


@when("{person:Person} {deed:Verifies}")
def act(context: Context, person, deed):
    """Ask for the verification mail, follow its link, or look at what needs a verified address."""
    DEEDS[deed](context.world, person)


@then("the service should say that the address {verified:IsOrNot} verified")
def say_verified(context: Context, verified):
    """The answer says whether there is anything to verify."""
    check(context.world.answer, field(context.world.answer, "data.email_verified"), VERIFIED[verified])


@then("a link to {purpose:Purpose} should have been mailed to {person:Person}")
def have_mailed(context: Context, purpose, person):
    """The person's mailbox has a mail with such a link."""
    mailed_links.check_mailed(context.world, context.world.person(person), purpose)


@then("{person:Person} should be able to look around after signing in again")
def look_around(context: Context, person):
    """A fresh session says that the address is verified, and opens the tenant."""
    world = context.world
    session = must_sign_in(world, world.person(person))
    world.use_token(person, session["access_token"])
    check(world.answer, session["email_verified"], True)
    succeeded(world.look(person, "GET", FEATURES))


@then("{person:Person} should still be unverified")
def be_unverified(context: Context, person):
    """A fresh session says that the address is not verified."""
    session = must_sign_in(context.world, context.world.person(person))
    check(context.world.answer, session["email_verified"], False)
