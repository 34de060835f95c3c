"""Metrics: what the service counts."""

from behave import given, register_type, then, when
from hamcrest import greater_than_or_equal_to, has_items

from acceptance import outcomes
from acceptance.people import KEYS, VISITOR
from acceptance.subjects import counters, sessions
from acceptance.vocabulary import one_of

DEEDS = {
    "sign-in": lambda world: sessions.sign_in(world, world.person("Dave")),
    "call with a token": lambda world: world.act("Dave", "GET", "/api/v1/auth/me"),
    "fetch of the keys": lambda world: world.act(VISITOR, "GET", KEYS),
}
register_type(Deed=one_of(DEEDS))


@given("{person:Person} has read the metrics")
def have_read(context, person):
    """What was counted so far is known."""
    known = counters.totals(context.world.must(person, "GET", counters.PATH))
    context.world.remember("counters", "before", known)


@when("{person:Person} reads the metrics")
def read(context, person):
    """Ask for the metrics."""
    context.world.act(person, "GET", counters.PATH)


@when("somebody makes a {deed:Deed}")
def do(context, deed):
    """Do what is counted."""
    DEEDS[deed](context.world)


@then("the metrics should count all of these")
def count_these(context):
    """The metrics are well formed and declare these counters."""
    answer = context.world.answer
    wanted = [row["counter"] for row in context.table]
    outcomes.check(answer, list(counters.totals(answer)), has_items(*wanted))


@then('the counter "{counter}" should have grown by at least {growth:d}')
def have_grown(context, counter, growth):
    """The counter, read again, is that much above what was known; others may use the service meanwhile."""
    before = context.world.recall("counters", "before")[counter]
    now = context.world.must(VISITOR, "GET", counters.PATH)
    outcomes.check(now, counters.totals(now)[counter] - before, greater_than_or_equal_to(growth))
