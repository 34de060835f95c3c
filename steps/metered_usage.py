"""Metered usage: recorded for a month, counted once, added up."""

from behave import given, register_type, then, when

from acceptance import billing, metered_usage
from acceptance.vocabulary import one_of

register_type(Month=one_of(billing.MONTHS))


@given("{person:Person} has recorded this usage")
def have_recorded(context, person):
    """The tenant's usage holds the table's rows."""
    for row in context.table:
        metered_usage.must_record(context.world, person, row)


@when("{person:Person} records this usage")
@when("{person:Person} tries to record this usage")
def record(context, person):
    """Record the usage of the table's row."""
    body, whose = metered_usage.record(context.table[0]), billing.of(context.world, person)
    context.world.act(person, "POST", billing.USAGE, json=body, **whose)


@when("{person:Person} adds up the usage")
def add_up(context, person):
    """Ask for the totals of every feature."""
    context.world.act(person, "GET", billing.USAGE_TOTALS, **billing.of(context.world, person))


@when("{person:Person} adds up the usage of {feature:Quoted}")
def add_up_feature(context, person, feature):
    """Ask for the totals of one feature."""
    query, whose = {"feature_keys": feature}, billing.of(context.world, person)
    context.world.act(person, "GET", billing.USAGE_TOTALS, query=query, **whose)


@when("{person:Person} adds up the usage in {month:Month}")
def add_up_month(context, person, month):
    """Ask for the totals of what was used within a month."""
    query, whose = metered_usage.within(month), billing.of(context.world, person)
    context.world.act(person, "GET", billing.USAGE_TOTALS, query=query, **whose)


@then("the totals should be")
def be_total(context):
    """The answer holds exactly the table's totals."""
    answer = context.world.answer
    totals = sorted(answer.body, key=lambda total: total["feature_key"])
    billing.show(answer, totals, billing.USAGE_COLUMNS, context.table)


@then("{person:Person} should have used in total")
def have_used(context, person):
    """A second read holds exactly the table's totals."""
    read = context.world.must(person, "GET", billing.USAGE_TOTALS, **billing.of(context.world, person))
    totals = sorted(read.body, key=lambda total: total["feature_key"])
    billing.show(read, totals, billing.USAGE_COLUMNS, context.table)


@then("{person:Person} should have used nothing")
def have_used_nothing(context, person):
    """A second read holds no total."""
    read = context.world.must(person, "GET", billing.USAGE_TOTALS, **billing.of(context.world, person))
    billing.show(read, read.body, billing.USAGE_COLUMNS, [])
