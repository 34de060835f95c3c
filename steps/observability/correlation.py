"""Correlation: the id and the time that every answer carries."""

from typing import Any
from uuid import uuid4

from behave import register_type, then, when
from hamcrest import all_of, greater_than, has_length, is_not, less_than_or_equal_to

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.accounts import TOKEN
from api_service.vocabulary import one_of

CURRENT_USER = "/api/v1/auth/me"
CORRELATION_ID = "X-Correlation-ID"
REFUSED_CALLS: dict[str, tuple[str, str, Any]] = {
    "learn who they are": ("GET", CURRENT_USER, None),
    "sign in without a password": ("POST", TOKEN, {"email": "somebody@visitors.example.com"}),
}
register_type(RefusedCall=one_of(REFUSED_CALLS))


@when("{person:Person} asks the service {count:d} times who she is")
def ask_often(context: Context, person, count):
    """Read the current user so many times."""
    for _ in range(count):
        context.world.act(person, "GET", CURRENT_USER)


@when("{person:Person} asks the service who she is under an id of her own")
def ask_under_id(context: Context, person):
    """Read the current user with an `X-Correlation-ID`, which the service should not take over."""
    context.world.act(person, "GET", CURRENT_USER, headers={CORRELATION_ID: str(uuid4())})


@when("{person:Person} tries to {call:RefusedCall}")
def make_refused_call(context: Context, person, call):
    """Try to read the current user, or to sign in without the field `password`."""
    method, path, body = REFUSED_CALLS[call]
    context.world.act(person, method, path, json=body)


@then("every answer should carry an id of its own and the time it took")
def carry_own_id(context: Context):
    """All correlation ids of the scenario differ; each processing time is at most that of the whole call."""
    answer, exchanges = context.world.answer, context.world.exchanges
    check(answer, {one.correlation_id for one in exchanges}, has_length(len(exchanges)))
    for one in exchanges:
        check(one, one.service_seconds, all_of(greater_than(0), less_than_or_equal_to(one.seconds)))


@then("the answer should carry another id")
def carry_another_id(context: Context):
    """The answer's correlation id is not the `X-Correlation-ID` that was sent."""
    answer = context.world.answer
    check(answer, answer.correlation_id, is_not(answer.call.headers[CORRELATION_ID]))
