"""Metrics: what the service counts."""

from behave import given, register_type, then, when
from hamcrest import greater_than_or_equal_to, has_items

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.accounts import KEYS, VISITOR
from api_service.subjects.identity import sign_in
from api_service.subjects.platform import metrics
from api_service.vocabulary import one_of

DEEDS = {
    "sign-in": lambda world: sign_in.sign_in(world, world.person("Dave")),
    "call with a token": lambda world: world.act("Dave", "GET", "/api/v1/auth/me"),
    "fetch of the keys": lambda world: world.act(VISITOR, "GET", KEYS),
}
register_type(Deed=one_of(DEEDS))


@given("{person:Person} has read the metrics")
def have_read(context: Context, person):
    """What was counted so far is known."""
    known = metrics.totals(context.world.must(person, "GET", metrics.PATH))
    context.world.remember("counters", "before", known)


@when("{person:Person} reads the metrics")
def read(context: Context, person):
    """Ask for the metrics."""
    context.world.act(person, "GET", metrics.PATH)


@when("somebody makes a {deed:Deed}")
def do(context: Context, deed):
    """Do what is counted."""
    DEEDS[deed](context.world)


@then("the metrics should count all of these")
def count_these(context: Context):
    """The metrics are well formed and declare these counters."""
    answer = context.world.answer
    wanted = [row["counter"] for row in context.table]
    assertions.check(answer, list(metrics.totals(answer)), has_items(*wanted))


@then('the counter "{counter}" should have grown by at least {growth:d}')
def have_grown(context: Context, counter, growth):
    """The counter, read again, is that much above what was known; others may use the service meanwhile."""
    before = context.world.recall("counters", "before")[counter]
    now = context.world.must(VISITOR, "GET", metrics.PATH)
    assertions.check(now, metrics.totals(now)[counter] - before, greater_than_or_equal_to(growth))
