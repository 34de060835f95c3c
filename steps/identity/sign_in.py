"""Signing in: with what, to which tenant, and what comes of it."""

from urllib.parse import urlencode

from behave import given, register_type, then, when
from hamcrest import is_in

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.accounts import TOKEN, VISITOR
from api_service.people.new_tenants import Tenant, join_new_tenant
from api_service.subjects.identity import sign_in
from api_service.subjects.identity.sessions import USER_AGENTS
from api_service.vocabulary import one_of, verbs

WRONG_PASSWORD = "Not-The-Right-One-1"  # noqa: S105 deliberately nobody's
REFUSED_GUESSES = (401, 423)
# Signed in; nobody of that name, or somebody who may not.
DOORS = {"still be able": (200,), "not be able": (401, 403)}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _with(**changes):
    return lambda person: {"json": sign_in.credentials(person, **changes)}


WAYS = {
    "sign in": _with(),
    "sign in with their address in capitals": lambda person: {
        "json": sign_in.credentials(person, email=person.email.upper())
    },
    "sign in with an address nobody has": lambda person: {
        "json": sign_in.credentials(person, email=f"nobody-{person.email}")
    },
    "sign in with something that is no address": _with(email="no-address"),
    "sign in with a wrong password": _with(password=WRONG_PASSWORD),
    "sign in with a password that is too short": _with(password="short"),  # noqa: S106 nobody's
    "sign in with no password": _with(password=None),
    "sign in with a nonsensical tenant": _with(tenant_id="nonsense"),
    "sign in through a web form": lambda person: {
        "json": None,
        "content": urlencode(sign_in.credentials(person)).encode(),
        "headers": FORM,
    },
    "sign in on the talkative browser": lambda person: {
        "json": sign_in.credentials(person),
        "headers": {"User-Agent": USER_AGENTS["talkative browser"]},
    },
}
register_type(SignsIn=verbs(WAYS), SignsInTo=verbs(["sign in to"]), Door=one_of(DOORS))


@given("{count:d} wrong passwords have been tried for {person:Person}")
def guess(context: Context, count, person):
    """Somebody tried to sign in as that person so many times, and was refused each time."""
    body = sign_in.credentials(context.world.person(person), password=WRONG_PASSWORD)
    for _ in range(count):
        exchange = context.world.look(VISITOR, "POST", TOKEN, json=body)
        check(exchange, exchange.status, is_in(REFUSED_GUESSES))


@given('{person:Person} is a {role:w} of the new tenant "{title}" too')
def belong_to_another_tenant(context: Context, person, role, title):
    """One person with memberships in two tenants of this scenario's own."""
    join_new_tenant(context.world, context.world.person(person), title, role)


@when("{person:Person} {way:SignsIn}")
def sign_in_some_way(context: Context, person, way):
    """Sign in, with the right credentials or with one thing about them being different."""
    somebody = context.world.person(person)
    sign_in.sign_in(context.world, somebody, **WAYS[way](somebody))


@when('{person:Person} {verb:SignsInTo} the tenant "{title}"')
def sign_in_to(context: Context, person, verb, title):
    """Sign in with the right password to a named tenant."""
    somebody = context.world.person(person)
    body = sign_in.credentials(somebody, tenant_id=context.world.state.find(Tenant, title).id)
    sign_in.sign_in(context.world, somebody, json=body)


@then("the session should be {person:Person}'s")
def be_their_session(context: Context, person):
    """The tokens verify, name the person, tenant, role and scopes, and open the person's account."""
    sign_in.check_session(context.world, context.world.answer, context.world.person(person))


@then('the session should be {person:Person}\'s in the tenant "{title}"')
def be_their_session_in(context: Context, person, title):
    """The same, for one of the tenants of a person who has several."""
    member = context.world.state.find(Tenant, title).people[person]
    sign_in.check_session(context.world, context.world.answer, member)


@then("{person:Person} should {door:Door} to sign in")
def find_door(context: Context, person, door):
    """A second sign-in, with the password that the person goes by, opens a session or does not."""
    exchange = sign_in.try_to_sign_in(context.world, context.world.person(person))
    check(exchange, exchange.status, is_in(DOORS[door]))
