"""Verifying an e-mail address through the link that is mailed to it."""

import re
from dataclasses import replace

from behave import given, register_type, then, when
from hamcrest import has_item

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.doubles import MAIL
from api_service.people.accounts import VISITOR
from api_service.subjects.identity.mailed_links import VERIFICATION, new_token, same_token
from api_service.subjects.identity.sign_in import sign_in, sign_in_again
from api_service.subjects.new_tenants import found_tenant
from api_service.vocabulary import one_of, verbs

SEND = "/api/v1/auth/email/send"
FEATURES = "/api/v1/features"
MAIL_SECONDS = 5.0
LINKS = {
    "verify the address": re.compile(r"https?://\S+/verify-email\?\S*token=[\w.-]+"),
    "set a new password": re.compile(r"https?://\S+/reset-password\?\S*token=[\w.-]+"),
}
VERIFIED = {"is": True, "is not": False}


def _follow(token_of):
    def follow(world, name):
        return world.act(VISITOR, "POST", "/api/v1/auth/email/verify", json={"token": token_of(world, name)})

    return follow


def _new(world, name):
    return new_token(world, name, VERIFICATION)


def _altered(world, name):
    identifier, _, secret = _new(world, name).partition(".")
    return f"{identifier}.{secret[::-1]}"


ADDRESS_ACTIONS = {
    "look around in the tenant": lambda world, name: world.act(name, "GET", FEATURES),
    "ask for a verification mail": lambda world, name: world.act(name, "POST", SEND),
    "follow the verification link": _follow(_new),
    "follow the same verification link": _follow(same_token),
    "follow a verification link that is cut off": _follow(
        lambda world, name: _new(world, name).partition(".")[0]
    ),
    "follow a verification link that is made up": _follow(lambda *_: "made.up"),
    "follow a verification link that is altered": _follow(_altered),
}
register_type(VerifiesAddress=verbs(ADDRESS_ACTIONS), LinkPurpose=one_of(LINKS), IsVerified=one_of(VERIFIED))


@given('the unverified person {person:Person} owns the new tenant "{title}"')
def found_unverified(context: Context, person, title):
    """A tenant of this scenario's own whose owner has not verified their address."""
    found_tenant(context.world, title, [(person, "owner")], verified=False)


@given("{person:Person} has followed the verification link")
def have_followed(context: Context, person):
    """The person has verified their address with the token of a mailed link."""
    succeeded(ADDRESS_ACTIONS["follow the verification link"](context.world, person))
    context.world.introduce(replace(context.world.person(person), verified=True))


@given("{person:Person} has asked for as many verification mails as are allowed")
def have_asked(context: Context, person):
    """The service has accepted as many requests for a verification mail as one person may make in an hour."""
    for _ in range(context.world.limits.count_to("email_verification_user")):
        context.world.must(person, "POST", SEND)


@given("mails from the service can be read")
def read_mails(context: Context):
    """The service mails to a mailbox of ours; elsewhere the scenario is skipped."""
    context.world.suite.doubles.require(MAIL)


@when("{person:Person} {action:VerifiesAddress}")
def verify_address(context: Context, person, action):
    """Ask for the verification mail, follow its link, or read the features, for verified people only."""
    ADDRESS_ACTIONS[action](context.world, person)


@then("the service should say that the address {verified:IsVerified} verified")
def say_verified(context: Context, verified):
    """The answer's `data.email_verified` says whether the address is verified already."""
    check(context.world.answer, field(context.world.answer, "data.email_verified"), VERIFIED[verified])


@then("a link to {purpose:LinkPurpose} should have been mailed to {person:Person}")
def have_mailed(context: Context, purpose, person):
    """The person's mailbox has a mail with a link to the page for this purpose."""
    mails = context.world.suite.doubles.mails(context.world.person(person).email, MAIL_SECONDS)
    # Whether each mail has such a link, not the mails: a failure must not show the tokens in them.
    found = [bool(LINKS[purpose].search(f"{mail.get('text')} {mail.get('html')}")) for mail in mails]
    check(context.world.answer, found, has_item(True), f"a mail with a link to {purpose}")


@then("{person:Person} should be able to look around after signing in again")
def look_around(context: Context, person):
    """A new session has `email_verified` true, and the tenant's features can be read with it."""
    session = sign_in_again(context.world, person)
    check(context.world.answer, session["email_verified"], True)
    succeeded(context.world.look(person, "GET", FEATURES))


@then("{person:Person} should still be unverified")
def be_unverified(context: Context, person):
    """A new session has `email_verified` false."""
    world = context.world
    session = sign_in(world, world.person(person), world.must)
    check(world.answer, field(session, "email_verified"), False)
