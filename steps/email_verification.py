"""Verifying an e-mail address through the link that is mailed to it."""

from dataclasses import replace

from behave import given, register_type, then, when

from acceptance import mailed_links
from acceptance.doubles import MAIL
from acceptance.newcomers import found_tenant
from acceptance.outcomes import check, field, succeeded
from acceptance.people import VISITOR
from acceptance.sessions import must_sign_in
from acceptance.vocabulary import one_of

SEND = "/api/v1/auth/email/send"
FEATURES = "/api/v1/features"
LINK_FLAWS = ("cut off", "made up", "altered")
VERIFIED = {"is": True, "is not": False}
register_type(LinkFlaw=one_of(LINK_FLAWS), Purpose=one_of(mailed_links.LINKS), IsOrNot=one_of(VERIFIED))


@given('the unverified person {person:Person} owns the new tenant "{title}"')
def found_unverified_alone(context, person, title):
    """A tenant of this scenario's own whose owner has not verified their address."""
    found_tenant(context.world, title, [(person, "owner")], verified=False)


@given("{person:Person} has followed the verification link")
def have_followed(context, person):
    """The address is verified, and the person counts as verified from now on."""
    somebody = context.world.person(person)
    token = mailed_links.token(context.world, somebody, mailed_links.VERIFICATION)
    context.world.must(VISITOR, "POST", mailed_links.VERIFY, json={"token": token})
    context.world.introduce(replace(somebody, verified=True))


@given("{person:Person} has asked for {count:d} verification mails")
def have_asked(context, person, count):
    """So many mails are on their way."""
    for _ in range(count):
        context.world.must(person, "POST", SEND)


@given("mails from the service can be read")
def read_mails(context):
    """The service mails to a mailbox of ours; elsewhere the scenario is skipped."""
    context.world.suite.doubles.require(MAIL)


@when("{person:Person} asks for a verification mail")
@when("{person:Person} tries to ask for a verification mail")
def ask_for_mail(context, person):
    """Have the verification mail sent again."""
    context.world.act(person, "POST", SEND)


@when("{person:Person} tries to look at the features")
def look_at_features(context, person):
    """Read something that only verified people may."""
    context.world.act(person, "GET", FEATURES)


@when("{person:Person} follows the verification link")
def follow(context, person):
    """Follow the link that was mailed."""
    world = context.world
    mailed_links.follow_verification(
        world, mailed_links.token(world, world.person(person), mailed_links.VERIFICATION)
    )


@when("{person:Person} tries to follow the same verification link")
def follow_again(context, person):
    """Follow the link that was followed before."""
    token = context.world.recall(mailed_links.VERIFICATION, person)
    mailed_links.follow_verification(context.world, token)


@when("{person:Person} tries to follow a verification link that is {flaw:LinkFlaw}")
def follow_flawed(context, person, flaw):
    """Follow a link that is not quite the mailed one."""
    good = mailed_links.token(context.world, context.world.person(person), mailed_links.VERIFICATION)
    mailed_links.follow_verification(context.world, mailed_links.flawed(good, flaw))


@then("the service should say that the address {verified:IsOrNot} verified")
def say_verified(context, verified):
    """The answer says whether there is anything to verify."""
    check(context.world.answer, field(context.world.answer, "data.email_verified"), VERIFIED[verified])


@then("a link to {purpose:Purpose} should have been mailed to {person:Person}")
def have_mailed(context, purpose, person):
    """The person's mailbox has a mail with such a link."""
    world = context.world
    mailed_links.check_mailed(world, world.person(person), purpose, world.answer)


@then("{person:Person} should see the features after signing in again")
def see_features(context, person):
    """A fresh session says that the address is verified, and opens the tenant."""
    world = context.world
    session = must_sign_in(world, world.person(person))
    world.use_token(person, session["access_token"])
    check(world.answer, session["email_verified"], True)
    succeeded(world.look(person, "GET", FEATURES))


@then("{person:Person} should still be unverified")
def be_unverified(context, person):
    """A fresh session says that the address is not verified."""
    session = must_sign_in(context.world, context.world.person(person))
    check(context.world.answer, session["email_verified"], False)
