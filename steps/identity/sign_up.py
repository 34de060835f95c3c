"""Signing up: founding a tenant of one's own."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, equal_to, has_entries, is_not

from acceptance.checks.assertions import check, field, refused, succeeded
from acceptance.errors import NotOfferedError
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.people.tenants import OPERATOR, Tenant
from api_service.subjects.identity.invitations import Invitation
from api_service.subjects.identity.sign_up import POLICY, sign_up
from api_service.vocabulary import OUTCOMES, one_of, verbs

INVALID_FIELDS: dict[str, dict[str, Any]] = {
    "a password that is too short": {"password": "Too-Short-123"},
    "a password that is easy to guess": {"password": "passwordpassword1"},
    "a password of small letters only": {"password": "walnutharbourlantern"},
    "the terms not agreed to": {"accept_terms": False},
    "a trial of more than a year": {"trial_days": 366},
    "a plan that does not exist": {"plan_code": "gold-and-diamonds"},
}
WISHES: dict[str, dict[str, Any]] = {
    "nothing but the terms": {},
    "the dearer plan": {"plan_code": "pro"},
    "a trial of ten days": {"trial_days": 10},
}
register_type(Wish=one_of(WISHES), InvalidSignUp=one_of(INVALID_FIELDS), SignsUp=verbs(["sign up"]))


def _check_tenants(world, title, expected):
    """Operators find these tenants under the name that was signed up for."""
    query = {"q": world.unique(title)}
    found = world.must(OPERATOR, "GET", "/api/v1/platform/tenants", query=query)
    check(found, field(found, "accounts"), expected)


@given("sign-up is open to everybody")
def be_open(context: Context):
    """The target lets people sign up without an invitation; elsewhere the scenario is skipped."""
    policy = context.world.must(VISITOR, "GET", POLICY).body["policy"]
    if policy != "public":
        raise NotOfferedError(f"sign-up is not open to everybody here, its policy is {policy}")


@given("only who is invited may sign up")
def be_by_invitation(context: Context):
    """From now on the scenario goes on where sign-up needs an invitation; skipped where there is no such."""
    world = context.session.by_invitation(context.world)
    if world is not context.world:
        context.world = world
        context.add_cleanup(world.clean_up)


@given('{name:Person} has signed up for the new tenant "{title}" with the invitation of {invited:Person}')
def have_signed_up_invited(context: Context, name, title, invited):
    """A person who had no account has signed up with the token of an invitation."""
    token = context.world.state.find(Invitation, invited).token
    succeeded(sign_up(context.world, name, title, invite_token=token))


@when('{name:Person} {does:SignsUp} for the new tenant "{title}" with the invitation of {invited:Person}')
@when('{name:Person} {does:SignsUp} for the new tenant "{title}" with an invitation that nobody issued')
def sign_up_invited(context: Context, name, title, does, invited=""):
    """Sign up with the token of an invitation, one's own or another's, or with a made-up one."""
    token = context.world.state.find(Invitation, invited).token if invited else "nobody-issued-this"
    sign_up(context.world, name, title, invite_token=token)


@given('{name:Person} has signed up for the new tenant "{title}"')
@given('{name:Person} has signed up for the new tenant "{title}" with {wish:Wish}')
def have_signed_up(context: Context, name, title, wish=""):
    """A person who had no account has signed up and owns this tenant; the form may name plan and trial."""
    succeeded(sign_up(context.world, name, title, **WISHES.get(wish, {})))


@given("{name:Person} has tried in vain to sign up again, as often as is allowed")
def have_tried_again(context: Context, name):
    """With the sign-up of before, the address has tried as often as it may in a day; 409 every time."""
    world, call = context.world, context.world.answer.call
    check(world.answer, call.json["email"], world.person(name).email, "whose sign-up is repeated")
    for _ in range(world.limits.count_to("register_email_day") - 1):
        refused(world.look(VISITOR, call.method, call.path, json=call.json), *OUTCOMES["conflicting"])


@when('{name:Person} signs up for the new tenant "{title}"')
@when('{name:Person} tries to sign up for the new tenant "{title}"')
@when('{name:Person} signs up for a tenant of the same name as "{title}"')
@when('{name:Person} tries to sign up for the new tenant "{title}" with {flaw:InvalidSignUp}')
def sign_up_for(context: Context, name, title, flaw=""):
    """Sign up for a tenant whose name starts with this title, or try to with an invalid field in the form."""
    sign_up(context.world, name, title, **INVALID_FIELDS.get(flaw, {}))


@then("an invitation should be needed unless sign-up is open to everybody")
def need_invitation(context: Context):
    """`invite_required` and `request_access_enabled` are false if `policy` is "public", and else true."""
    answer = context.world.answer
    restricted = field(answer, "policy") != "public"
    check(answer, answer.body, has_entries(invite_required=restricted, request_access_enabled=restricted))


@then('Olga should find the active tenant "{title}"')
def find_tenant(context: Context, title):
    """Operators find one tenant of that name, active, with the id and slug of the sign-up's answer."""
    tenant = context.world.state.find(Tenant, title)
    expected = {"name": context.world.unique(title), "id": tenant.id, "slug": tenant.slug}
    _check_tenants(context.world, title, contains_exactly(has_entries(status="active", **expected)))


@then('Olga should find no tenant "{title}"')
def find_no_tenant(context: Context, title):
    """Operators find no tenant of that name."""
    _check_tenants(context.world, title, empty())


@then("the tenants of {one:Person} and {other:Person} should have different short names")
def differ(context: Context, one, other):
    """The two persons' tenants have different slugs."""
    slug = context.world.person(one).tenant_slug
    check(context.world.answer, slug, is_not(equal_to(context.world.person(other).tenant_slug)))
