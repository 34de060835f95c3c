"""The account of a tenant, as its own people and operators see it."""

from typing import Any

from behave import register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.new_tenants import OPERATOR
from api_service.subjects.tenancy.operators import ACCOUNT, TENANT, seeded_account
from api_service.vocabulary import one_of
from api_service.world import World

INVALID_NAMES = {"a single letter": "N", "nothing": "", "more letters than fit": "N" * 129}
register_type(InvalidTenantName=one_of(INVALID_NAMES))


@when("{person:Person} opens the account of the tenant")
def open_account(context: Context, person):
    """Read the account of the person's own tenant."""
    context.world.act(person, "GET", ACCOUNT)


@when("{person:Person} renames the tenant to {name:Quoted}")
def rename(context: Context, person, name):
    """Give the person's own tenant another name."""
    context.world.act(person, "PATCH", ACCOUNT, json={"name": name})


@when("{person:Person} tries to rename the tenant to {name:InvalidTenantName}")
def rename_badly(context: Context, person, name):
    """Try to give the person's own tenant a name that is too short or too long."""
    context.world.act(person, "PATCH", ACCOUNT, json={"name": INVALID_NAMES[name]})


@when("{person:Person} tries to move the tenant to the short name {slug:Quoted}")
def change_slug(context: Context, person, slug):
    """Try to change the slug of the person's own tenant, which only operators may do."""
    context.world.act(person, "PATCH", ACCOUNT, json={"name": "Nimbus", "slug": slug})


@then("the account should be that of {person:Person}'s own tenant")
def be_own_account(context: Context, person):
    """The answer shows the id, slug and status of the tenant in which the person acts."""
    answer, member = context.world.answer, context.world.person(person)
    expected = has_entries(id=member.tenant_id, slug=member.tenant_slug, status="active")
    check(answer, answer.body, expected)


@then("the account should be that of {title:Quoted}")
def be_account_of(context: Context, title):
    """The answer shows the id, slug, name and status with which the tenant was seeded."""
    answer = context.world.answer
    check(answer, answer.body, has_entries(seeded_account(context.world, title)))


@then("the account should be that of {title:Quoted} under the name {name:Quoted}")
def be_renamed_account_of(context: Context, title, name):
    """The answer shows this name and the id, slug and status with which the tenant was seeded."""
    answer = context.world.answer
    check(answer, answer.body, has_entries({**seeded_account(context.world, title), "name": name}))


@then("{person:Person} and the operator should find {title:Quoted} under the name {name:Quoted}")
def be_called(context: Context, person, title, name):
    """The person and the operator both read the tenant's account with this name."""
    _check_account(context.world, person, title, {**seeded_account(context.world, title), "name": name})


@then("{person:Person} and the operator should find {title:Quoted} under its first name")
def be_called_as_before(context: Context, person, title):
    """The person and the operator both read the tenant's account with the name that it was seeded with."""
    _check_account(context.world, person, title, seeded_account(context.world, title))


def _check_account(world: World, person: str, title: str, account: dict[str, str]) -> None:
    expected: Any = has_entries(account)
    own = world.must(person, "GET", ACCOUNT)
    check(own, own.body, expected)
    operated = world.must(OPERATOR, "GET", TENANT, tenant_id=account["id"])
    check(operated, operated.body, expected)
