"""Acting with a lower role than one's own, in the tenant that one signed in to."""

from behave import register_type, then, when
from hamcrest import has_entries

from acceptance.checks.assertions import check
from api_service.context import Context
from api_service.vocabulary import one_of, verbs

ACCOUNT = "/api/v1/tenants/account"
ROLES = ("an owner", "an admin", "a member", "a viewer", "an emperor")
register_type(LooksAtAccount=verbs(["look at the account of the tenant"]), ActingRole=one_of(ROLES))


@when("{person:Person} {verb:LooksAtAccount}, acting as {role:ActingRole}")
def act_as(context: Context, person, verb, role):
    """Read the tenant's account, which only admins may, with this role in `X-Tenant-Role`."""
    context.world.act(person, "GET", ACCOUNT, headers={"X-Tenant-Role": role.split()[1]})


@when("{person:Person} {verb:LooksAtAccount}, naming {other:Person}'s tenant")
def name_tenant(context: Context, person, verb, other):
    """Read the tenant's account with the id of the other person's tenant in `X-Tenant-Id`."""
    headers = {"X-Tenant-Id": context.world.person(other).tenant_id}
    context.world.act(person, "GET", ACCOUNT, headers=headers)


@then("it should be the account of {person:Person}'s tenant")
def be_their_account(context: Context, person):
    """The answer has the id and slug of the person's tenant, and the status active."""
    somebody = context.world.person(person)
    expected = {"id": somebody.tenant_id, "slug": somebody.tenant_slug, "status": "active"}
    check(context.world.answer, context.world.answer.body, has_entries(expected))
