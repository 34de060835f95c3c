"""Requests for access: made by strangers, decided by operators."""

from behave import given, register_type, then, when
from hamcrest import empty, has_entries, is_

from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.subjects.identity import access_requests
from api_service.subjects.identity.sign_up import somebody_new
from api_service.vocabulary import one_of, verbs

FLAWS = {
    "the terms not agreed to": {"accept_terms": False},
    "a name of one letter": {"full_name": "Q"},
    "an organization of one letter": {"organization": "Q"},
    "a message without end": {"message": "please " * 200},
}
DECISIONS = {
    "look through": ("GET", access_requests.REQUESTS, None),
    "approve": ("POST", f"{access_requests.REQUESTS}/{{request_id}}/approve", {"note": "Welcome"}),
    "reject": ("POST", f"{access_requests.REQUESTS}/{{request_id}}/reject", {"reason": "Not now"}),
}
STATUSES = ("pending", "approved", "rejected")
register_type(RequestFlaw=one_of(FLAWS), Decides=verbs(DECISIONS), RequestStatus=one_of(STATUSES))


def _decide(world, person, action, name):
    method, path, body = DECISIONS[action]
    request_id = access_requests.id_of(world, "request", name)
    exchange = world.act(person, method, path, json=body, request_id=request_id)
    if exchange.succeeded and action == "approve":
        access_requests.revoke_afterwards(world, world.person(name), field(exchange, "invite"))


@given('{name:Person} has asked for access for "{organization}"')
def have_asked(context: Context, name, organization):
    """A pending request, known by who asked."""
    person = somebody_new(context.world, name)
    context.world.must(
        VISITOR, "POST", access_requests.ASK, json=access_requests.access_request(person, organization)
    )
    _, mine = access_requests.requests_of(context.world, person)
    context.world.remember("request", name, mine[0]["id"])


@given("Olga has rejected the request of {name:w}")
def have_rejected(context: Context, name):
    """An operator decided already."""
    method, path, body = DECISIONS["reject"]
    context.world.must("Olga", method, path, json=body, request_id=context.world.recall("request", name))


@when('{name:Person} asks for access for "{organization}"')
@when('{name:Person} tries to ask for access for "{organization}"')
def ask(context: Context, name, organization):
    """Ask for access as people do."""
    body = access_requests.access_request(somebody_new(context.world, name), organization)
    context.world.act(VISITOR, "POST", access_requests.ASK, json=body)


@when('{name:Person} asks for access for "{organization}" as a robot would')
def ask_like_robot(context: Context, name, organization):
    """Fill in the field that people do not see."""
    body = access_requests.access_request(
        somebody_new(context.world, name), organization, honeypot="https-for-all"
    )
    context.world.act(VISITOR, "POST", access_requests.ASK, json=body)


@when('{name:Person} tries to ask for access for "{organization}" with {flaw:RequestFlaw}')
def ask_with(context: Context, name, organization, flaw):
    """Ask with one thing wrong in the form."""
    body = access_requests.access_request(somebody_new(context.world, name), organization) | FLAWS[flaw]
    context.world.act(VISITOR, "POST", access_requests.ASK, json=body)


@when("{person:Person} {action:Decides} the request of {name:w}")
def decide(context: Context, person, action, name):
    """Look at, approve or reject a request."""
    _decide(context.world, person, action, name)


@then("the decision should bring an invitation for {name:Person}")
def bring_invitation(context: Context, name):
    """The approval issued an invitation for this address that answers this request."""
    world = context.world
    expected = {"invited_email": world.person(name).email, "signup_request_id": world.recall("request", name)}
    invite = field(world.answer, "invite")
    check(world.answer, invite, has_entries(status="active", note="Welcome", **expected))
    access_requests.check_kept(world, world.answer, invite)
    hint = field(world.answer, "invite.token_hint")
    check(world.answer, field(world.answer, "request.invite_token_hint"), hint)


@then("the decision should bring no invitation")
def bring_none(context: Context):
    """The rejection issued nothing and keeps the reason."""
    answer = context.world.answer
    check(answer, field(answer, "invite"), is_(None))
    check(answer, field(answer, "request.decision_reason"), "Not now")


@then('Olga should find the {status:RequestStatus} request of {name:Person} for "{organization}"')
def find_request(context: Context, status, name, organization):
    """Operators see this one request of the person."""
    access_requests.check_request(context.world, context.world.person(name), status, organization)


@then("Olga should find no request of {name:Person}")
def find_no_request(context: Context, name):
    """Operators see no request of the person."""
    listed, mine = access_requests.requests_of(context.world, context.world.person(name))
    check(listed, mine, empty())
