"""Requests for access: made by people without an account, decided by operators."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, is_

from acceptance.checks.assertions import check, field, succeeded
from acceptance.scenarios.undo import GONE, Search
from api_service.context import Context
from api_service.people.accounts import VISITOR
from api_service.people.tenants import OPERATOR
from api_service.subjects.identity import invitations
from api_service.subjects.identity.sign_up import person_without_account
from api_service.vocabulary import one_of, verbs

REQUESTS = "/api/v1/auth/signup-requests"
DECISIONS = {
    "look through": ("GET", REQUESTS, None),
    "approve": ("POST", f"{REQUESTS}/{{request_id}}/approve", {"note": "Welcome"}),
    "reject": ("POST", f"{REQUESTS}/{{request_id}}/reject", {"reason": "Not now"}),
}
INVALID_FIELDS: dict[str, dict[str, Any]] = {
    # The form's field `honeypot` is one that people do not see.
    "as a robot would": {"honeypot": "https-for-all"},
    "with the terms not agreed to": {"accept_terms": False},
    "with a name of one letter": {"full_name": "Q"},
    "with an organization of one letter": {"organization": "Q"},
    "with a message without end": {"message": "please " * 200},
}
STATUSES = ("pending", "approved", "rejected")
register_type(
    InvalidRequest=one_of(INVALID_FIELDS),
    DecidesRequest=verbs(DECISIONS),
    RequestStatus=one_of(STATUSES),
    AsksForAccess=verbs(["ask for access for"]),
)


@dataclass(frozen=True)
class AccessRequest:
    """A pending request for access, kept under the name of the person who asked."""

    id: str


def _ask(world, name, organization, /, *, address="", **changes):
    form = {"email": person_without_account(world, name).email, "organization": organization}
    form |= {"full_name": f"{name} Quibble", "message": "We would like to try it.", "accept_terms": True}
    form |= changes
    method, path, body = DECISIONS["reject"]
    # Only operators are told the id. Where a service cannot decide (status 400), the request stays.
    search = Search(REQUESTS, form["email"], {"request_id": "id"}, {"status": "pending", "limit": 200})
    what, accept = f"the request of {name}", (400, *GONE)
    with world.making(OPERATOR, method, path, what=what, json=body, search=search, accept=accept):
        headers = {"X-Forwarded-For": address} if address else {}
        return world.act(VISITOR, "POST", "/api/v1/auth/request-access", json=form, headers=headers)


def _decide(world, person, decision, name):
    method, path, body = DECISIONS[decision]
    request_id = str(uuid4()) if name == "nobody" else world.state.find(AccessRequest, name).id
    may_invite = decision == "approve" and name in world.persons
    with invitations.inviting(world, name, "invite.id") if may_invite else nullcontext():
        return world.act(person, method, path, json=body, request_id=request_id)


def _requests_of(world, name):
    """Return the list of requests as operators see it, and the requests in it from a person's address."""
    email = world.person(name).email
    listed = world.must(OPERATOR, "GET", REQUESTS, query={"limit": 200})
    return listed, [one for one in listed.body["requests"] if one["email"] == email]


@given('{name:Person} has asked for access for "{organization}"')
def have_asked(context: Context, name, organization):
    """The person has asked for access, and the request is pending."""
    succeeded(_ask(context.world, name, organization))
    _, requests = _requests_of(context.world, name)
    context.world.state.keep(name, AccessRequest(requests[0]["id"]))


@given("as many requests for access as are allowed wait from one place")
def pile_up(context: Context):
    """As many people as may have asked for access from the scenario's address, each of them once."""
    for number in range(context.world.limits.count_to("pending_access_requests_ip")):
        succeeded(_ask(context.world, f"Quill-{number}", "Quill and Ink"))


@given("Olga has rejected the request of {name:w}")
def have_rejected(context: Context, name):
    """The operator has rejected the person's request."""
    succeeded(_decide(context.world, OPERATOR, "reject", name))


@when("{name:Person} {verb:AsksForAccess} {organization:Quoted}")
@when("{name:Person} {verb:AsksForAccess} {organization:Quoted} {flaw:InvalidRequest}")
def ask(context: Context, name, verb, organization, flaw=""):
    """Ask for access with all that the form wants, or with one field that the service does not take."""
    _ask(context.world, name, organization, **INVALID_FIELDS.get(flaw, {}))


@when("{name:Person} asks for access for {organization:Quoted} from another place")
def ask_elsewhere(context: Context, name, organization):
    """Ask for access from another client address than the scenario's."""
    _ask(context.world, name, organization, address=context.world.elsewhere(1))


@when("{person:Person} {decision:DecidesRequest} the request of {name:w}")
def decide_request(context: Context, person, decision, name):
    """List the requests, or approve or reject this one; the request of nobody is a random id."""
    _decide(context.world, person, decision, name)


@then("the decision should bring an invitation for {name:Person}")
def bring_invitation(context: Context, name):
    """`invite` is active, for this address and this request, and operators find it without its token."""
    world, answer, invite = context.world, context.world.answer, field(context.world.answer, "invite")
    expected = {"invited_email": world.person(name).email, "status": "active", "note": "Welcome"}
    request_id = world.state.find(AccessRequest, name).id
    check(answer, invite, has_entries(signup_request_id=request_id, **expected))
    listed = invitations.found(world, name)
    check(answer, field(listed, "invites"), contains_exactly(has_entries(invitations.without_token(invite))))
    check(answer, field(answer, "request.invite_token_hint"), field(answer, "invite.token_hint"))


@then("the decision should bring no invitation")
def bring_none(context: Context):
    """`invite` is null, and the request has the reason of the rejection."""
    answer = context.world.answer
    check(answer, field(answer, "invite"), is_(None))
    check(answer, field(answer, "request.decision_reason"), "Not now")


@then('Olga should find the {status:RequestStatus} request of {name:Person} for "{organization}"')
def find_request(context: Context, status, name, organization):
    """Operators find one request from the person's address, with this status, organization and full name."""
    listed, requests = _requests_of(context.world, name)
    expected = {"status": status, "organization": organization, "full_name": f"{name} Quibble"}
    check(listed, requests, contains_exactly(has_entries(expected)))


@then("Olga should find no request of {name:Person}")
def find_no_request(context: Context, name):
    """Operators find no request from the person's address."""
    listed, requests = _requests_of(context.world, name)
    check(listed, requests, empty())
