"""Signing keys: published for everybody, and sent again only when they have changed."""

from behave import given, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.platform.signing_keys import PATH, SigningKeys, entity_tag, verified_claims


@given("{person:Person} has fetched the signing keys")
def have_keys(context: Context, person):
    """The published keys were fetched, with their `ETag`."""
    exchange = context.world.must(person, "GET", PATH)
    context.world.state.keep("fetched", SigningKeys(entity_tag(exchange)))


@given("{person:Person} has kept outdated signing keys")
def have_outdated_keys(context: Context, person):
    """The person holds keys with an `ETag` that the service never gave."""
    context.world.state.keep("fetched", SigningKeys('"outdated"'))


@when("{person:Person} asks whether the signing keys have changed")
def ask_for_changes(context: Context, person):
    """Fetch the public keys with the known `ETag` in `If-None-Match`."""
    known = context.world.state.find(SigningKeys, "fetched").entity_tag
    context.world.act(person, "GET", PATH, headers={"If-None-Match": known})


@then("the signing keys should be unchanged")
def be_unchanged(context: Context):
    """The answer has status 304, the known `ETag` and no content (RFC 9110, section 15.4.5)."""
    answer, known = context.world.answer, context.world.state.find(SigningKeys, "fetched")
    check(answer, (answer.status, answer.content, answer.findings), (304, b"", []))
    check(answer, entity_tag(answer), known.entity_tag)


@then("the signing keys should be the published ones")
def be_published(context: Context):
    """The answer has the same keys and the same `ETag` as a second fetch."""
    answer, again = context.world.answer, context.world.must(VISITOR, "GET", PATH)
    check(answer, answer.body, again.body)
    check(answer, entity_tag(answer), entity_tag(again))


@then("{person:Person}'s access should be signed with one of them")
def verify_access(context: Context, person):
    """The person's access token verifies with a key of the answer and has the person as its `sub`."""
    world, answer = context.world, context.world.answer
    somebody = world.person(person)
    token = world.suite.people.token(somebody)
    claims = verified_claims(answer.body, token, world.suite.settings.token_audience)
    check(answer, claims, has_entries(sub=f"user:{somebody.user_id}"))
