"""Usage: what a tenant has used."""

from behave import given, then, when
from hamcrest import contains_exactly, has_entries, has_items

from acceptance.checks import assertions
from api_service.context import Context
from api_service.people.new_tenants import found_tenant
from api_service.subjects.activity import usage


@given("{person:Person} owns the tenant {title:Quoted}, which has used")
def found_with_usage(context: Context, person, title):
    """A tenant of this scenario's own whose usage is known."""
    seeded = usage.counters(context.table)
    found_tenant(context.world, title, [(person, "owner")], usage_counters=seeded)


@when("{person:Person} looks at the usage")
@when("{person:Person} tries to look at the usage")
def look(context: Context, person):
    """Ask for the usage of the person's tenant."""
    context.world.act(person, "GET", usage.PATH)


@then("the usage should be")
def be_so(context: Context):
    """The counters are exactly these, in this order, for the tenant as a whole."""
    answer = context.world.answer
    own = {"tenant_id": answer.call.tenant_id, "user_id": None}
    rows = [has_entries({**own, **row}) for row in usage.counters(context.table)]
    assertions.check(answer, answer.body, contains_exactly(*rows))


@then("the usage should include what {person:Person} used")
def include(context: Context, person):
    """The counters of this person are among those of the tenant."""
    answer, user_id = context.world.answer, context.world.person(person).user_id
    rows = [has_entries(user_id=user_id, **row) for row in usage.counters(context.table)]
    assertions.check(answer, answer.body, has_items(*rows))


@then("there should be no usage")
def be_none(context: Context):
    """Nothing was used."""
    answer = context.world.answer
    assertions.check(answer, answer.body, [])
