"""Metered usage: recorded for a month, and once for each key."""

from behave import given, when

from api_service.context import Context
from api_service.subjects.billing import billing
from api_service.subjects.billing.metered_usage import usage


@given("{person:Person} has recorded this usage")
def have_recorded(context: Context, person):
    """Usage of the person's tenant was recorded for each of the table's rows."""
    tenant = billing.own_tenant(context.world, person)
    for row in context.table:
        context.world.must(person, "POST", billing.USAGE, json=usage(row), **tenant)


@when("{person:Person} records this usage")
@when("{person:Person} tries to record this usage")
def record(context: Context, person):
    """Record the usage of the table's row for the person's tenant."""
    tenant = billing.own_tenant(context.world, person)
    context.world.act(person, "POST", billing.USAGE, json=usage(context.table[0]), **tenant)
