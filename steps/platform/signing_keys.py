"""Signing keys: fetched once, and again only when they have changed."""

from behave import given, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.platform import signing_keys
from api_service.subjects.platform.signing_keys import PATH


@given("{person:Person} has fetched the signing keys")
def have_keys(context: Context, person):
    """The published keys and their tag are known."""
    exchange = context.world.must(person, "GET", PATH)
    context.world.remember("tag", "signing keys", signing_keys.entity_tag(exchange))


@given("{person:Person} has kept outdated signing keys")
def have_outdated_keys(context: Context, person):
    """The tag that is known is one that the service never gave."""
    context.world.remember("tag", "signing keys", signing_keys.OUTDATED)


@when("{person:Person} fetches the signing keys")
def fetch(context: Context, person):
    """Fetch the public keys."""
    context.world.act(person, "GET", PATH)


@when("{person:Person} asks whether the signing keys have changed")
def ask_for_changes(context: Context, person):
    """Fetch the keys unless they are those that the person has."""
    tag = context.world.recall("tag", "signing keys")
    context.world.act(person, "GET", PATH, headers={"If-None-Match": tag})


@then("the signing keys should be unchanged")
def be_unchanged(context: Context):
    """The answer says so under the same tag and sends no keys (RFC 9110, section 15.4.5)."""
    answer = context.world.answer
    assertions.check(answer, (answer.status, answer.content, answer.findings), (304, b"", []))
    assertions.check(answer, signing_keys.entity_tag(answer), context.world.recall("tag", "signing keys"))


@then("the signing keys should be the published ones")
def be_published(context: Context):
    """A second fetch brings the same keys under the same tag."""
    answer, again = context.world.answer, context.world.must(VISITOR, "GET", PATH)
    assertions.check(answer, answer.body, again.body)
    assertions.check(answer, signing_keys.entity_tag(answer), signing_keys.entity_tag(again))


@then("{person:Person}'s access should be signed with one of them")
def verify_access(context: Context, person):
    """The person's access token verifies and speaks of them."""
    world, answer = context.world, context.world.answer
    somebody = world.person(person)
    token = world.suite.people.token(somebody)
    claims = signing_keys.verify(answer.body, token, world.suite.settings.token_audience)
    assertions.check(answer, claims["sub"], f"user:{somebody.user_id}")
