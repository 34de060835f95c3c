"""Signing in: with what, to which tenant, and what comes of it."""

from urllib.parse import urlencode

from behave import given, register_type, then, when
from hamcrest import is_in

from acceptance import sessions
from acceptance.devices import USER_AGENTS
from acceptance.newcomers import join_new_tenant
from acceptance.outcomes import check, succeeded
from acceptance.people import TOKEN, VISITOR
from acceptance.vocabulary import one_of

WRONG_PASSWORD = "Not-The-Right-One-1"  # noqa: S105 deliberately nobody's
REFUSED_GUESSES = (401, 423)
# Nobody of that name, or somebody who may not.
CLOSED_DOORS = (401, 403)


CREDENTIALS = {
    "their address in capitals": lambda person: {"email": person.email.upper()},
    "a wrong password": lambda _: {"password": WRONG_PASSWORD},
    "a password that is too short": lambda _: {"password": "short"},
    "an address nobody has": lambda person: {"email": f"nobody-{person.email}"},
    "something that is no address": lambda person: {"email": person.name},
    "no password": lambda _: {"password": None},
    "a nonsensical tenant": lambda _: {"tenant_id": "nonsense"},
}
register_type(Credentials=one_of(CREDENTIALS))


@given("{count:d} wrong passwords have been tried for {person:Person}")
def guess(context, count, person):
    """Somebody tried to sign in as that person so many times, and was refused each time."""
    body = sessions.credentials(context.world.person(person), password=WRONG_PASSWORD)
    for _ in range(count):
        exchange = context.world.look(VISITOR, "POST", TOKEN, json=body)
        check(exchange, exchange.status, is_in(REFUSED_GUESSES))


@given('{person:Person} is a {role:w} of the new tenant "{title}" too')
def belong_to_another_tenant(context, person, role, title):
    """One person with memberships in two tenants of this scenario's own."""
    join_new_tenant(context.world, context.world.person(person), title, role)


@when("{person:Person} signs in")
@when("{person:Person} tries to sign in")
def sign_in(context, person):
    """Sign in with the right password, without naming a tenant."""
    sessions.sign_in(context.world, context.world.person(person))


@when("{person:Person} signs in with {credentials:Credentials}")
@when("{person:Person} tries to sign in with {credentials:Credentials}")
def sign_in_with(context, person, credentials):
    """Sign in with one thing about the credentials being different."""
    somebody = context.world.person(person)
    body = sessions.credentials(somebody, **CREDENTIALS[credentials](somebody))
    sessions.sign_in(context.world, somebody, json=body)


@when("{person:Person} signs in on the talkative browser")
def sign_in_talkatively(context, person):
    """Sign in with a browser whose description of itself is long."""
    headers = {"User-Agent": USER_AGENTS["talkative browser"]}
    sessions.sign_in(context.world, context.world.person(person), headers=headers)


@when("{person:Person} tries to sign in through a web form")
def sign_in_through_form(context, person):
    """Send the right credentials, but not in the form that the service takes."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(sessions.credentials(context.world.person(person))).encode()
    context.world.act(VISITOR, "POST", TOKEN, content=body, headers=form)


@when('{person:Person} signs in to the tenant "{title}"')
@when('{person:Person} tries to sign in to the tenant "{title}"')
def sign_in_to(context, person, title):
    """Sign in with the right password to a named tenant."""
    somebody = context.world.person(person)
    body = sessions.credentials(somebody, tenant_id=context.world.recall("tenant", title))
    sessions.sign_in(context.world, somebody, json=body)


@then("the session should be {person:Person}'s")
def be_their_session(context, person):
    """The tokens verify, name the person, tenant, role and scopes, and open the person's account."""
    sessions.check_session(context.world, context.world.answer, context.world.person(person))


@then('the session should be {person:Person}\'s in the tenant "{title}"')
def be_their_session_in(context, person, title):
    """The same, for one of the tenants of a person who has several."""
    member = context.world.recall("member", f"{person} in {title}")
    sessions.check_session(context.world, context.world.answer, member)


@then("{person:Person} should still be able to sign in")
def can_sign_in(context, person):
    """A second sign-in, with the right password, opens a session."""
    succeeded(sessions.try_to_sign_in(context.world, context.world.person(person)))


@then("{person:Person} should not be able to sign in")
def cannot_sign_in(context, person):
    """A sign-in with the password that the person goes by is refused."""
    exchange = sessions.try_to_sign_in(context.world, context.world.person(person))
    check(exchange, exchange.status, is_in(CLOSED_DOORS))
