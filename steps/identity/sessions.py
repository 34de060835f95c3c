"""Sessions: where somebody is signed in, renewing a session and ending it."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, equal_to, has_entries, has_item, is_not, not_none

from acceptance.checks.assertions import check, field, refused, succeeded
from api_service.context import Context
from api_service.people.accounts import LOGOUT, SESSION, SESSIONS
from api_service.people.forged_tokens import RENEWAL_FLAWS
from api_service.subjects.identity.sessions import USER_AGENTS, renew, session_on, sign_in_on
from api_service.subjects.identity.sign_in import sign_in, sign_in_again
from api_service.vocabulary import OUTCOMES, one_of, verbs

SESSION_ACTIONS = {
    "renew the session": lambda world, _, device: renew(world, device, world.act),
    "end the session": lambda world, person, device: world.act(
        person, "DELETE", SESSION, session_id=session_on(world, device).id
    ),
    "sign out": lambda world, person, device: world.act(
        person, "POST", LOGOUT, json={"refresh_token": session_on(world, device).refresh}
    ),
}
# The tokens that are no refresh token of the session, or no longer.
WRONG_TOKENS = {
    "what is used up": lambda session: session.used_up,
    "what opens the account": lambda session: session.access,
    "something made up": lambda _: "made-up",
}
ENDED = {"no session has ended": 0, "1 session has ended": 1, "2 sessions have ended": 2}
register_type(
    ActsOnSession=verbs(SESSION_ACTIONS),
    WrongToken=one_of(WRONG_TOKENS),
    ForgedRenewal=one_of(RENEWAL_FLAWS),
    EndedSessions=one_of(ENDED),
    Device=one_of(USER_AGENTS),
)


@given("{person:Person} has signed in on the {device:Device}")
def have_signed_in(context: Context, person, device):
    """The person has a session on that device and acts with its access token from now on."""
    sign_in_on(context.world, context.world.person(person), device)


@given("{person:Person} has renewed the session on the {device:Device}")
def have_renewed(context: Context, person, device):
    """The session has new tokens; its refresh token of before is used up."""
    renew(context.world, device, context.world.must)


@given("{person:Person} has ended the session on the {device:Device}")
def have_ended(context: Context, person, device):
    """The person has ended the session by its id, from the device on which they signed in last."""
    context.world.must(person, "DELETE", SESSION, session_id=session_on(context.world, device).id)


@given("somebody has tried what is used up on the {device:Device}")
def have_tried_used_up(context: Context, device):
    """The used-up refresh token was sent once more, as after a theft, and refused with 401."""
    exchange = renew(context.world, device, context.world.look, session_on(context.world, device).used_up)
    check(exchange, exchange.status, 401)


@when("{person:Person} {action:ActsOnSession} on the {device:Device}")
def act_on_session(context: Context, person, action, device):
    """Renew the session on a device, end it by its id, or sign out with its refresh token."""
    SESSION_ACTIONS[action](context.world, person, device)


@when("{person:Person} tries to renew the session on the {device:Device} with {wrong:WrongToken}")
def renew_with(context: Context, person, device, wrong):
    """Renew with a token that is not the session's present refresh token."""
    token = WRONG_TOKENS[wrong](session_on(context.world, device))
    renew(context.world, device, context.world.act, token)


@when("{person:Person} tries to renew the session on the {device:Device} with {flaw:ForgedRenewal}")
def renew_with_forged(context: Context, person, device, flaw):
    """Renew with a token that the service's key signed and that the service never gave."""
    renew(context.world, device, context.world.act, context.world.forge_token(person, RENEWAL_FLAWS[flaw]))


@when("{person:Person} tries to sign out on the {device:Device} with {wrong:WrongToken}")
def sign_out_with(context: Context, person, device, wrong):
    """Sign out with a token that is not the session's present refresh token."""
    token = WRONG_TOKENS[wrong](session_on(context.world, device))
    context.world.act(person, "POST", LOGOUT, json={"refresh_token": token})


@when("{person:Person} signs in from {address:Quoted}")
def sign_in_from(context: Context, person, address):
    """Sign in with this client address, as a proxy in front of the service tells it."""
    headers = {"X-Forwarded-For": address}
    sign_in(context.world, context.world.person(person), context.world.act, headers=headers)


@then("{person:Person}'s newest session should be from {network:Quoted}")
def be_from(context: Context, person, network):
    """The first session of the person's list has this `ip_address_masked`."""
    listed = context.world.must(person, "GET", SESSIONS)
    check(listed, [one["ip_address_masked"] for one in field(listed, "sessions")][:1], [network])


@when("{person:Person} signs out everywhere")
def sign_out_everywhere(context: Context, person):
    """End every session of the person."""
    context.world.act(person, "POST", "/api/v1/auth/logout/all")


@when("the {device:Device} tries to open the profile")
def open_profile_from(context: Context, device):
    """Read the profile with the access token of the session on that device."""
    session = session_on(context.world, device)
    context.world.use_token(session.owner, session.access)
    context.world.act(session.owner, "GET", "/api/v1/users/me")


@then("the session on the {device:Device} should go on with new tokens")
def go_on(context: Context, device):
    """The answer has the session's id and another refresh token than before, which renews it again."""
    answer, session = context.world.answer, session_on(context.world, device)
    check(answer, field(answer, "session_id"), session.id)
    check(answer, field(answer, "refresh_token"), is_not(equal_to(session.used_up)), "another token")
    succeeded(renew(context.world, device, context.world.look))


@then("the session on the {device:Device} should still be open")
def be_open(context: Context, device):
    """The session's refresh token renews it."""
    succeeded(renew(context.world, device, context.world.look))


@then("the session on the {device:Device} should have ended")
def have_come_to_an_end(context: Context, device):
    """Its refresh token is refused with 401, and its owner's list has it as ended only, with `revoked_at`."""
    world, session = context.world, session_on(context.world, device)
    refused(renew(world, device, world.look), *OUTCOMES["not signed in"])
    sign_in_again(world, session.owner)
    ended = world.must(session.owner, "GET", SESSIONS, query={"include_revoked": True})
    check(ended, field(ended, "sessions"), has_item(has_entries(id=session.id, revoked_at=not_none())))
    still_open = world.must(session.owner, "GET", SESSIONS)
    check(still_open, [one["id"] for one in field(still_open, "sessions")], is_not(has_item(session.id)))


@then("the service should say that {ended:EndedSessions}")
def say_how_many(context: Context, ended):
    """The answer's `data.revoked` is the number of sessions that this request has ended."""
    check(context.world.answer, int(field(context.world.answer, "data.revoked")), ENDED[ended])


@then("the session that {person:Person} acts from should be marked as the current one")
def mark_current(context: Context, person):
    """The list marks as `current` the session that the person's access token names, and no other."""
    world, answer = context.world, context.world.answer
    claims = world.suite.people.claims(world.call(person, "GET", SESSIONS).token or "")
    current = [one["id"] for one in field(answer, "sessions") if one["current"]]
    check(answer, current, [claims["sid"]])


@then("these sessions should be listed")
def list_these(context: Context):
    """The list has exactly these open sessions in this order, with `client` and `ip_address_masked`."""
    answer = context.world.answer
    expected = [_as_listed(context.world, row) for row in context.table]
    check(answer, field(answer, "sessions"), contains_exactly(*expected))
    check(answer, field(answer, "total"), len(expected))


def _as_listed(world, row):
    client = {"platform": row["platform"], "browser": row["browser"], "device": row["kind"]}
    return has_entries(
        id=session_on(world, row["device"]).id,
        revoked_at=None,
        current=row["current"] == "yes",
        ip_address_masked=world.client.address.rpartition(".")[0] + ".*",
        client=has_entries(user_agent=USER_AGENTS[row["device"]], **client),
    )


@then("of {total:d} sessions only the one on the {device:Device} should be listed")
def list_one_of(context: Context, total, device):
    """The page has this session alone, and `total` counts all of them."""
    answer = context.world.answer
    listed = [one["id"] for one in field(answer, "sessions")]
    check(answer, listed, [session_on(context.world, device).id])
    check(answer, field(answer, "total"), total)


@then("the session on the {device:Device} should not be listed")
def not_list(context: Context, device):
    """No listed session has the id of this one."""
    listed = [one["id"] for one in field(context.world.answer, "sessions")]
    check(context.world.answer, listed, is_not(has_item(session_on(context.world, device).id)))
