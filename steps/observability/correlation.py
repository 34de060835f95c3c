"""Correlation: the id and the time that every answer carries."""

from uuid import uuid4

from behave import register_type, then, when
from hamcrest import all_of, equal_to, greater_than, has_length, is_not, less_than_or_equal_to

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.accounts import TOKEN
from api_service.vocabulary import one_of

WHO = "/api/v1/auth/me"
ATTEMPTS = {
    "learn who they are": ("GET", WHO, None),
    "sign in without a password": ("POST", TOKEN, {"email": "somebody@visitors.example.com"}),
}
register_type(Attempt=one_of(ATTEMPTS))


@when("{person:Person} asks the service {count:d} times who she is")
def ask_often(context: Context, person, count):
    """Ask the same several times."""
    for _ in range(count):
        context.world.act(person, "GET", WHO)


@when("{person:Person} asks the service who she is under an id of her own")
def ask_under_id(context: Context, person):
    """Ask with an id that the service should not take over."""
    own = str(uuid4())
    context.world.remember("id", "own", own)
    context.world.act(person, "GET", WHO, headers={"X-Correlation-ID": own})


@when("{person:Person} tries to {attempt:Attempt}")
def attempt(context: Context, person, attempt):
    """Ask for what will be refused."""
    method, path, body = ATTEMPTS[attempt]
    context.world.act(person, method, path, json=body)


@then("every answer should carry an id of its own and the time it took")
def be_told_apart(context: Context):
    """No two ids of the scenario are the same, and no time is longer than the call itself."""
    answer, exchanges = context.world.answer, context.world.exchanges
    assertions.check(answer, {one.correlation_id for one in exchanges}, has_length(len(exchanges)))
    for one in exchanges:
        plausible = all_of(greater_than(0), less_than_or_equal_to(one.seconds))
        assertions.check(one, one.service_seconds, plausible)


@then("the answer should carry another id")
def carry_another(context: Context):
    """The id that was sent is not the one that is answered."""
    answer = context.world.answer
    assertions.check(answer, answer.correlation_id, is_not(equal_to(context.world.recall("id", "own"))))
