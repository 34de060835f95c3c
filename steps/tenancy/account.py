"""The account of a tenant, as its own people and operators see it."""

from typing import Any

from behave import register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.people.tenants import OPERATOR, Tenant
from api_service.subjects.tenancy.operators import ACCOUNT, TENANT, seeded_account
from api_service.vocabulary import one_of
from api_service.world import World

INVALID_NAMES = {"a single letter": "N", "nothing": "", "more letters than fit": "N" * 129}
register_type(InvalidTenantName=one_of(INVALID_NAMES))


@when("{person:Person} renames the tenant to {name:Quoted}")
@when("{person:Person} tries to rename the tenant to {invalid:InvalidTenantName}")
def rename(context: Context, person, name="", invalid=None):
    """Give the person's own tenant another name, or try one that is too short or too long."""
    context.world.act(person, "PATCH", ACCOUNT, json={"name": INVALID_NAMES[invalid] if invalid else name})


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
@then("the account should be that of {title:Quoted} under the name {name:Quoted}")
def be_account_of(context: Context, title, name=None):
    """The answer shows the id, slug and status with which the tenant was seeded, and its name or this one."""
    check(context.world.answer, context.world.answer.body, _account(context.world, title, name))


@then("{person:Person} and the operator should find {title:Quoted} under the name {name:Quoted}")
@then("{person:Person} and the operator should find {title:Quoted} under its first name")
def be_called(context: Context, person, title, name=None):
    """The person and the operator both read the tenant's account with this name, or the one it began with."""
    world, expected = context.world, _account(context.world, title, name)
    own = world.must(person, "GET", ACCOUNT)
    check(own, own.body, expected)
    operated = world.must(OPERATOR, "GET", TENANT, tenant_id=world.state.find(Tenant, title).id)
    check(operated, operated.body, expected)


def _account(world: World, title: str, name: str | None) -> Any:
    account = seeded_account(world, title)
    return has_entries({**account, "name": name or account["name"]})
