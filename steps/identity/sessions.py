"""Sessions: where somebody is signed in, renewing a session and ending it."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, has_entries, has_item, is_not

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.people.accounts import LOGOUT, REFRESH, SESSION, VISITOR
from api_service.subjects.identity import sessions
from api_service.subjects.identity.sign_in import SESSIONS
from api_service.vocabulary import one_of, verbs

ACTIONS = {
    "renew the session": lambda world, _, session: world.act(
        VISITOR, "POST", REFRESH, json={"refresh_token": session.refresh}
    ),
    "end the session": lambda world, person, session: world.act(
        person, "DELETE", SESSION, session_id=session.id
    ),
    "sign out": lambda world, person, session: world.act(
        person, "POST", LOGOUT, json={"refresh_token": session.refresh}
    ),
}
RENEWALS = {
    "what is used up": lambda session: session.used_up,
    "what opens the account": lambda session: session.access,
    "something made up": lambda _: "made-up",
}
ENDED = {"no session has ended": 0, "1 session has ended": 1, "2 sessions have ended": 2}
register_type(
    DoesSession=verbs(ACTIONS),
    Renewal=one_of(RENEWALS),
    Ended=one_of(ENDED),
    Device=one_of(sessions.USER_AGENTS),
)


@given("{person:Person} has signed in on the {device:Device}")
def have_signed_in(context: Context, person, device):
    """A session on that device, from which the person acts from now on."""
    sessions.sign_in_on(context.world, context.world.person(person), device)


@given("{person:Person} has renewed the session on the {device:Device}")
def have_renewed(context: Context, person, device):
    """The session has new tokens; those of before are used up."""
    sessions.check_open(context.world, device)


@given("{person:Person} has ended the session on the {device:Device}")
def have_ended(context: Context, person, device):
    """The session was ended from the device on which the person signed in last."""
    session = context.world.recall("session", device)
    context.world.must(person, "DELETE", SESSION, session_id=session.id)


@given("somebody has tried what is used up on the {device:Device}")
def have_tried_used_up(context: Context, device):
    """The used-up token came back, as it does after a theft, and was refused."""
    session = context.world.recall("session", device)
    exchange = context.world.look(VISITOR, "POST", REFRESH, json={"refresh_token": session.used_up})
    check(exchange, exchange.status, 401)


@when("{person:Person} {action:DoesSession} on the {device:Device}")
def act_on_session(context: Context, person, action, device):
    """Renew or end the session on a device, or sign out there."""
    world = context.world
    exchange = ACTIONS[action](world, person, world.recall("session", device))
    if action.startswith("renew"):
        sessions.take_over(world, device, exchange)


@when("{person:Person} tries to renew the session on the {device:Device} with {renewal:Renewal}")
def renew_with(context: Context, person, device, renewal):
    """Renew with something else than what the session was given last."""
    token = RENEWALS[renewal](context.world.recall("session", device))
    context.world.act(VISITOR, "POST", REFRESH, json={"refresh_token": token})


@when("{person:Person} signs out everywhere")
def sign_out_everywhere(context: Context, person):
    """End every session of the person."""
    context.world.act(person, "POST", "/api/v1/auth/logout/all")


@when("{person:Person} lists the sessions")
def list_sessions(context: Context, person):
    """List the open sessions of the person."""
    context.world.act(person, "GET", SESSIONS)


@when("{person:Person} lists the sessions, one a page, and turns to the second page")
def list_second_page(context: Context, person):
    """List one session, skipping one."""
    context.world.act(person, "GET", SESSIONS, query={"limit": 1, "offset": 1})


@when("the {device:Device} tries to open the profile")
def open_profile_from(context: Context, device):
    """Use the access token of the session on that device."""
    session = context.world.recall("session", device)
    context.world.use_token(session.owner, session.access)
    context.world.act(session.owner, "GET", "/api/v1/users/me")


@then("the session on the {device:Device} should go on with new tokens")
def go_on(context: Context, device):
    """The renewal kept the session's id and gave other tokens, which renew it again."""
    sessions.check_goes_on(context.world, device, context.world.answer)


@then("the session on the {device:Device} should still be open")
def be_open(context: Context, device):
    """The session can be renewed."""
    sessions.check_open(context.world, device)


@then("the session on the {device:Device} should have ended")
def have_come_to_an_end(context: Context, device):
    """The session cannot be renewed and is listed among the ended ones only."""
    sessions.check_ended(context.world, device)


@then("the service should say that {ended:Ended}")
def say_how_many(context: Context, ended):
    """The answer counts the sessions that this request has ended."""
    answer = context.world.answer
    check(answer, int(field(answer, "data.revoked")), ENDED[ended])


@then("the session that {person:Person} acts from should be marked as the current one")
def mark_current(context: Context, person):
    """The list has the session that the person's token names, and marks it and no other."""
    world, answer = context.world, context.world.answer
    claims = world.suite.people.claims(world.call(person, "GET", SESSIONS).token)
    current = [one["id"] for one in field(answer, "sessions") if one["current"]]
    check(answer, current, [claims["sid"]])


@then("these sessions should be listed")
def list_these(context: Context):
    """The list has exactly these sessions, in this order."""
    sessions.check_listed(context.world, context.world.answer, list(context.table))


@then("of {total:d} sessions only the one on the {device:Device} should be listed")
def list_one_of(context: Context, total, device):
    """The page has one session and the number of all."""
    session, answer = context.world.recall("session", device), context.world.answer
    only = contains_exactly(has_entries(id=session.id))
    check(answer, answer.body, has_entries(total=total, sessions=only))


@then("the session on the {device:Device} should not be listed")
def not_list(context: Context, device):
    """The list does not have the session."""
    session, answer = context.world.recall("session", device), context.world.answer
    check(answer, field(answer, "sessions"), is_not(has_item(has_entries(id=session.id))))
