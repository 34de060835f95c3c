"""Signing up: founding a tenant of one's own."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, equal_to, has_entries, is_not

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import sign_up
from api_service.vocabulary import one_of

FLAWS = {
    "a password that is too short": {"password": "Short-1"},
    "a password that is easy to guess": {"password": "passwordpassword1"},
    "a password of small letters only": {"password": "walnutharbourlantern"},
    "the terms not agreed to": {"accept_terms": False},
    "a trial of more than a year": {"trial_days": 366},
    "a plan that does not exist": {"plan_code": "gold-and-diamonds"},
}
register_type(SignUpFlaw=one_of(FLAWS))


def _sign_up(world, name, title, **changes):
    person = sign_up.somebody_new(world, name)
    body = sign_up.registration(person, world.unique(title), **changes)
    exchange = world.act(VISITOR, "POST", sign_up.REGISTER, json=body)
    sign_up.take_in(world, person, title, exchange)
    return exchange


@given("sign-up is open to everybody")
def be_open(context: Context):
    """The target lets people sign up without an invitation; elsewhere the scenario is skipped."""
    sign_up.require_open_sign_up(context.world)


@given('{name:Person} has signed up for the new tenant "{title}"')
def have_signed_up(context: Context, name, title):
    """Somebody new owns a tenant of their own."""
    succeeded(_sign_up(context.world, name, title))


@when("a visitor asks who may sign up")
def ask_policy(context: Context):
    """Read the sign-up policy."""
    context.world.act(VISITOR, "GET", sign_up.POLICY)


@when('{name:Person} signs up for the new tenant "{title}"')
@when('{name:Person} tries to sign up for the new tenant "{title}"')
@when('{name:Person} signs up for a tenant of the same name as "{title}"')
def sign_up_for(context: Context, name, title):
    """Found a tenant whose name starts with this title."""
    _sign_up(context.world, name, title)


@when('{name:Person} tries to sign up for the new tenant "{title}" with {flaw:SignUpFlaw}')
def sign_up_with(context: Context, name, title, flaw):
    """Found a tenant with one thing wrong in the form."""
    _sign_up(context.world, name, title, **FLAWS[flaw])


@then("an invitation should be needed unless sign-up is open to everybody")
def need_invitation(context: Context):
    """The policy's three fields fit together."""
    answer = context.world.answer
    restricted = field(answer, "policy") != "public"
    check(answer, answer.body, has_entries(invite_required=restricted, request_access_enabled=restricted))


@then('Olga should find the active tenant "{title}"')
def find_tenant(context: Context, title):
    """Operators see exactly one tenant of that name, as the sign-up told of it, and it is active."""
    world, name = context.world, context.world.unique(title)
    told = {"id": world.recall("tenant", title), "slug": world.recall("tenant slug", title)}
    sign_up.check_tenants(world, name, contains_exactly(has_entries(name=name, status="active", **told)))


@then('Olga should find no tenant "{title}"')
def find_no_tenant(context: Context, title):
    """Operators see no tenant of that name."""
    sign_up.check_tenants(context.world, context.world.unique(title), empty())


@then("the tenants of {one:Person} and {other:Person} should have different short names")
def differ(context: Context, one, other):
    """The slugs of two tenants differ."""
    world = context.world
    check(world.answer, world.recall("slug", one), is_not(equal_to(world.recall("slug", other))))
