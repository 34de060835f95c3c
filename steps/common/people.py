"""Who is acting: the people of every run, and people of a scenario's own tenant."""

from behave import given

from api_service.context import Context
from api_service.subjects.new_tenants import borrow_tenant, found_tenant


@given("{person:Person} is signed in")
def sign_in(context: Context, person):
    """The person has a bearer token that verifies against the published keys; they sign in once per run."""
    context.world.suite.people.token(context.world.person(person))


@given("{person:Person} owns the tenant {title:Quoted}")
def borrow_alone(context: Context, person, title):
    """A tenant that only this scenario has, with its owner alone in it; earlier ones may have had it."""
    borrow_tenant(context.world, title, [(person, "owner")])


@given('the tenant "{title}" has these people')
def borrow_with_people(context: Context, title):
    """A tenant that only this scenario has, with people by name and role; earlier ones may have had it."""
    borrow_tenant(context.world, title, [(row["person"], row["role"]) for row in context.table])


@given("{person:Person} owns the new tenant {title:Quoted}")
def found_alone(context: Context, person, title):
    """A tenant of this scenario's own, with its owner alone in it."""
    found_tenant(context.world, title, [(person, "owner")])


@given("{person:Person} operates the platform as {role:ARole} of the new tenant {title:Quoted}")
def found_operator(context: Context, person, role, title):
    """An operator with this role in a tenant of this scenario's own, where nobody else is."""
    found_tenant(context.world, title, [(person, role)], platform_role="platform_operator")


@given('the new tenant "{title}" has these people')
def found_with_people(context: Context, title):
    """A tenant of this scenario's own with people by name and role."""
    found_tenant(context.world, title, [(row["person"], row["role"]) for row in context.table])
