"""Metrics: what the service counts."""

from behave import given, register_type, then, when
from hamcrest import greater_than_or_equal_to, has_items

from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.accounts import KEYS, VISITOR
from api_service.subjects.content import stored_files
from api_service.subjects.identity import sign_in
from api_service.subjects.platform import metrics
from api_service.subjects.platform.metrics import PATH, Counters
from api_service.vocabulary import one_of

COUNTED_CALLS = {
    "sign-in": lambda world: sign_in.sign_in(world, world.person("Dave"), world.act),
    "call with a token": lambda world: world.act("Dave", "GET", "/api/v1/auth/me"),
    "announcement of a file": lambda world: stored_files.announce(world, world.act, "Alice", "counted.txt"),
    "fetch of the keys": lambda world: world.act(VISITOR, "GET", KEYS),
}
register_type(CountedCall=one_of(COUNTED_CALLS))


@given("{person:Person} has read the metrics")
def have_read(context: Context, person):
    """The counters were read, to be compared with later ones."""
    context.world.state.keep("before", _counters(context.world.must(person, "GET", PATH)))


@when("somebody makes a {call:CountedCall}")
def make_call(context: Context, call):
    """Sign in as Dave, make a call with Dave's token, announce a file as Alice, or fetch the signing keys."""
    COUNTED_CALLS[call](context.world)


@then("the metrics should count all of these")
def count_these(context: Context):
    """The answer is in the Prometheus text format and declares these counters."""
    answer = context.world.answer
    check(answer, list(_counters(answer)), has_items(*(row["counter"] for row in context.table)))


@then('the counter "{counter}" should have grown by at least {growth:d}')
def have_grown(context: Context, counter, growth):
    """The counter, read again, is at least that much higher than before; other runs may move it as well."""
    before = context.world.state.find(Counters, "before")[counter]
    now = context.world.must(VISITOR, "GET", PATH)
    check(now, _counters(now)[counter] - before, greater_than_or_equal_to(growth))


def _counters(exchange: Exchange) -> Counters:
    try:
        return metrics.counters(exchange.content.decode())
    except ValueError as error:
        raise AssertionError(explain(exchange, f"metrics in the Prometheus text format ({error})")) from None
