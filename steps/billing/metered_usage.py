"""Metered usage: recorded for a month, and once for each key."""

from behave import given, register_type, when

from api_service.context import Context
from api_service.subjects.billing import billing
from api_service.subjects.billing.metered_usage import usage
from api_service.vocabulary import verbs

register_type(Records=verbs(["record"]))


@given("{person:Person} has recorded this usage")
@when("{person:Person} {verb:Records} this usage")
def record(context: Context, person, verb=None):
    """Record the usage of each of the table's rows for the person's tenant, or try to."""
    ask, tenant = context.world.asking(verb), billing.own_tenant(context.world, person)
    for row in context.table:
        ask(person, "POST", billing.USAGE, json=usage(row), **tenant)
