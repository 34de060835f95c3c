"""Signing in: with what, to which tenant, and what comes of it."""

from urllib.parse import urlencode

from behave import given, register_type, then, when
from hamcrest import contains_inanyorder, has_entries, has_items, is_in

from acceptance.checks.assertions import check, field, succeeded
from api_service.context import Context
from api_service.people.accounts import TOKEN, VISITOR, tokens_of
from api_service.people.tenants import Tenant
from api_service.subjects.identity.second_factor import keep_challenge
from api_service.subjects.identity.sessions import USER_AGENTS
from api_service.subjects.identity.sign_in import SCOPES, WRONG_PASSWORD, credentials, sign_in, whose_token
from api_service.subjects.new_tenants import join_new_tenant
from api_service.vocabulary import one_of, verbs

# The fields of the body that differ from the right credentials.
CREDENTIALS = {
    "sign in": lambda _: {},
    "sign in with their address in capitals": lambda person: {"email": person.email.upper()},
    "sign in with an address nobody has": lambda person: {"email": f"nobody-{person.email}"},
    "sign in with something that is no address": lambda _: {"email": "no-address"},
    "sign in with a wrong password": lambda _: {"password": WRONG_PASSWORD},
    "sign in with a password that is too short": lambda _: {"password": "short"},
    "sign in with no password": lambda _: {"password": None},
    "sign in with a nonsensical tenant": lambda _: {"tenant_id": "nonsense"},
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOT_SIGNED_IN, LOCKED = 401, 423
# Whether the last one is the one that locks the account.
GUESSES = {"as many wrong passwords as an account allows": False, "too many wrong passwords": True}
# 401 for an address that nobody has, 403 for a person who may not sign in.
STATUS_OF_SIGN_INS = {"still be able": (200,), "not be able": (401, 403)}
register_type(SignsIn=verbs(CREDENTIALS), SignsInTo=verbs(["sign in to"]))
register_type(SignInAbility=one_of(STATUS_OF_SIGN_INS), Guesses=one_of(GUESSES))


def _check_session(world, person):
    answer = world.answer
    expected = {"user_id": person.user_id, "tenant_id": person.tenant_id, "email_verified": person.verified}
    check(answer, answer.body, has_entries({name: value for name, value in expected.items() if value != ""}))
    access_token = tokens_of(answer.body).access
    claims = world.suite.people.claims(access_token)
    check(answer, claims["roles"], [person.role], "the role")
    scopes = SCOPES[person.role]
    granted = has_items(*scopes) if person.platform_role else contains_inanyorder(*scopes)
    check(answer, field(answer, "scopes"), granted, "the scopes of the role")
    opened = whose_token(world, access_token)
    succeeded(opened)
    user_id = claims["sub"].removeprefix("user:")
    check(opened, field(opened, "data"), {"user_id": user_id, "token_payload": dict(claims)})


@given("{guesses:Guesses} have been tried for {person:Person}")
def guess(context: Context, guesses, person):
    """So many sign-ins with a wrong password were refused with 401, the one that is too many with 423."""
    world, too_many = context.world, GUESSES[guesses]
    locked_at = world.limits.count_to("login_failures_user", 2)
    body = credentials(world.person(person), password=WRONG_PASSWORD)
    for number in range(1, locked_at + too_many):
        exchange = world.look(VISITOR, "POST", TOKEN, json=body)
        check(exchange, exchange.status, LOCKED if number == locked_at else NOT_SIGNED_IN)


@given("as much has been guessed from one place as is allowed")
def guess_from_one_place(context: Context):
    """From the scenario's address so many sign-ins of nobody were refused with 401 as it may try."""
    world = context.world
    for number in range(world.limits.count_to("login_failures_ip")):
        body = {"email": f"{world.unique('nobody')}-{number}@example.com", "password": WRONG_PASSWORD}
        exchange = world.look(VISITOR, "POST", TOKEN, json=body)
        check(exchange, exchange.status, NOT_SIGNED_IN)


@given('{person:Person} is a {role:w} of the new tenant "{title}" too')
def belong_to_another_tenant(context: Context, person, role, title):
    """The person has this role in a second tenant of this scenario's own."""
    join_new_tenant(context.world, context.world.person(person), title, role)


@when("{person:Person} {credential:SignsIn}")
def sign_in_with(context: Context, person, credential):
    """Sign in with the right credentials, or with one field of them changed; a challenge is kept."""
    somebody = context.world.person(person)
    body = credentials(somebody, **CREDENTIALS[credential](somebody))
    keep_challenge(context.world, sign_in(context.world, somebody, context.world.act, json=body))


@when("{person:Person} tries to sign in through a web form")
def sign_in_through_form(context: Context, person):
    """Send the right credentials as a form in place of JSON."""
    somebody = context.world.person(person)
    content = urlencode(credentials(somebody)).encode()
    sign_in(context.world, somebody, context.world.act, json=None, content=content, headers=FORM)


@when("{person:Person} signs in on the talkative browser")
def sign_in_on_talkative_browser(context: Context, person):
    """Sign in with a User-Agent header of 155 characters."""
    headers = {"User-Agent": USER_AGENTS["talkative browser"]}
    sign_in(context.world, context.world.person(person), context.world.act, headers=headers)


@when('{person:Person} {verb:SignsInTo} the tenant "{title}"')
def sign_in_to(context: Context, person, verb, title):
    """Sign in with the right password and the `tenant_id` of this tenant."""
    somebody = context.world.person(person)
    tenant_id = context.world.state.find(Tenant, title).id
    sign_in(context.world, somebody, context.world.act, json=credentials(somebody, tenant_id=tenant_id))


@then("the session should be {person:Person}'s")
@then("the session should be {person:Person}'s in the tenant {title:Quoted}")
def be_their_session(context: Context, person, title=None):
    """User, scopes and role of the session are the person's in that tenant (theirs); it opens /auth/me."""
    world = context.world
    _check_session(world, world.state.find(Tenant, title).people[person] if title else world.person(person))


@then("{person:Person} should {ability:SignInAbility} to sign in")
def be_able_to_sign_in(context: Context, person, ability):
    """A further sign-in with the person's password is answered with 200, or refused with 401 or 403."""
    exchange = sign_in(context.world, context.world.person(person), context.world.look)
    check(exchange, exchange.status, is_in(STATUS_OF_SIGN_INS[ability]))
