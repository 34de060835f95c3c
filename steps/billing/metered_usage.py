"""Metered usage: recorded for a month, and once for each key."""

from behave import given, when

from api_service.context import Context
from api_service.subjects.billing import billing, metered_usage


@given("{person:Person} has recorded this usage")
def have_recorded(context: Context, person):
    """The tenant's usage holds the table's rows."""
    for row in context.table:
        metered_usage.must_record(context.world, person, row)


@when("{person:Person} records this usage")
@when("{person:Person} tries to record this usage")
def record(context: Context, person):
    """Record the usage of the table's row."""
    body, whose = metered_usage.record(context.table[0]), billing.of(context.world, person)
    context.world.act(person, "POST", billing.USAGE, json=body, **whose)
