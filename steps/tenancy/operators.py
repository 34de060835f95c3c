"""Tenants as operators found, find, change and suspend them; for operators.feature and suspension.feature."""

from collections.abc import Mapping
from typing import Any

from behave import given, register_type, then, when
from hamcrest import contains_exactly, contains_inanyorder, has_entries, is_not, none, not_none, starts_with

from acceptance.checks import assertions
from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.people.tenants import TENANTS, Tenant
from api_service.subjects.tenancy import members, operators
from api_service.subjects.tenancy.operators import ACCOUNT, REASON, STATUS_CHANGES, TENANT
from api_service.vocabulary import one_of, verbs
from api_service.world import World

FEATURES = "/api/v1/features"
# What the account says in the states that the operators' changes of status lead to.
STATES: Mapping[str, dict[str, Any]] = {
    "untouched": {"status": "active", "suspended_at": none(), "deprovisioned_at": none()},
    "suspended": {"status": "suspended", "suspended_at": not_none(), "deprovisioned_at": none()},
    "active again": {"status": "active", "suspended_at": not_none(), "deprovisioned_at": none()},
    "taken down": {"status": "deprovisioned", "deprovisioned_at": not_none()},
}
CHANGES = {"suspended": ["suspend"], "active again": ["suspend", "reactivate"], "taken down": ["take down"]}
OWN_TENANT_REQUESTS: Mapping[str, tuple[str, str, Any]] = {
    "open the account": ("GET", ACCOUNT, None),
    "rename the account": ("PATCH", ACCOUNT, {"name": "Cumulus"}),
    "list the members": ("GET", members.MEMBERS, None),
    "see the features": ("GET", FEATURES, None),
}
OVERRIDE = {"X-Operator-Override": "true"}
OVERRIDES: Mapping[str, dict[str, str]] = {
    "without a word": {},
    "as an operator with a reason": {**OVERRIDE, "X-Operator-Reason": "A support case."},
    "as an operator without a reason": OVERRIDE,
}
register_type(
    Founds=verbs(["found"]),
    ChangesStatus=verbs(STATUS_CHANGES),
    TenantState=one_of(STATES),
    InvalidReason=one_of(operators.INVALID_REASONS),
    InvalidTenant=one_of(operators.INVALID_TENANTS),
    OwnTenantRequest=verbs(OWN_TENANT_REQUESTS),
    OperatorOverride=one_of(OVERRIDES),
)


@given("{person:Person} has left {title:Quoted} {state:TenantState}")
def have_changed_status(context: Context, person, title, state):
    """The operator made the changes of status that lead to this state."""
    tenant_id = operators.tenant_id(context.world, title)
    for change in CHANGES[state]:
        path = f"{TENANT}/{STATUS_CHANGES[change]}"
        context.world.must(person, "POST", path, json={"reason": REASON}, tenant_id=tenant_id)


@given("{name:w} is an operator who is an admin of {title:Quoted} too")
def be_operator(context: Context, name, title):
    """A person is seeded with the platform role operator and the tenant role admin."""
    operators.introduce_operator(context.world, name, title)


@given("{person:Person} has founded {title:Quoted}")
@when("{person:Person} {does:Founds} {title:Quoted}")
@when("{person:Person} {does:Founds} {title:Quoted} once more")
@when("{person:Person} {does:Founds} {title:Quoted} with {invalid:InvalidTenant}")
def found(context: Context, person, title, does=None, invalid="nothing"):
    """Found a tenant without people and leave its slug to the service, or try to with an invalid field."""
    fields = operators.INVALID_TENANTS[invalid]
    operators.found(context.world, context.world.asking(does), person, title, **fields)


@when("{person:Person} {does:Founds} {title:Quoted} with the short name of {other:Quoted}")
def found_under(context: Context, person, does, title, other):
    """Found a tenant with the slug that follows from the other title's name, or try to."""
    slug = operators.names(context.world, other)["slug"]
    operators.found(context.world, context.world.act, person, title, slug=slug)


@when("{person:Person} opens {title:Quoted}")
@when("{person:Person} tries to open {title:Quoted}")
def open_tenant(context: Context, person, title):
    """Read a tenant as an operator."""
    tenant_id = operators.tenant_id(context.world, title)
    context.world.act(person, "GET", TENANT, tenant_id=tenant_id)


@when("{person:Person} gives {title:Quoted} the name and short name of {other:Quoted}")
@when("{person:Person} tries to give {title:Quoted} the name and short name of {other:Quoted}")
@when("{person:Person} tries to give {title:Quoted} {invalid:InvalidTenant}")
def change(context: Context, person, title, other="", invalid=None):
    """Change a tenant's name and slug to those of the other title, or try to; or try an invalid change."""
    world, tenant_id = context.world, operators.tenant_id(context.world, title)
    wanted = operators.INVALID_TENANTS[invalid] if invalid else operators.names(world, other)
    world.act(person, "PATCH", TENANT, json=wanted, tenant_id=tenant_id)


@when("{person:Person} {change:ChangesStatus} {title:Quoted}")
@when("{person:Person} {change:ChangesStatus} {title:Quoted} with {invalid:InvalidReason}")
def change_status(context: Context, person, change, title, invalid=None):
    """Suspend, reactivate or deprovision a tenant with a good reason, or try to, or with an invalid one."""
    path, tenant_id = f"{TENANT}/{STATUS_CHANGES[change]}", operators.tenant_id(context.world, title)
    body = operators.INVALID_REASONS[invalid] if invalid else {"reason": REASON}
    context.world.act(person, "POST", path, json=body, tenant_id=tenant_id)


@when("{person:Person} lists the tenants called like {title:Quoted}")
def search(context: Context, person, title):
    """List the tenants whose name or slug contains the title's name, asked for in capital letters."""
    context.world.act(person, "GET", TENANTS, query={"q": context.world.unique(title).upper()})


@when("{person:Person} lists the tenants, one a page, and turns to the second page")
def list_second_page(context: Context, person):
    """Read the second of the pages that show this scenario's tenants with a `limit` of 1."""
    run = context.world.unique("").strip("-")
    context.world.act(person, "GET", TENANTS, query={"q": run, "limit": 1, "offset": 1})


@when("{person:Person} {request:OwnTenantRequest} of the tenant {override:OperatorOverride}")
def ask_in_tenant(context: Context, person, request, override):
    """Make a request in the person's own tenant, with or without the headers of an operator's override."""
    method, path, body = OWN_TENANT_REQUESTS[request]
    context.world.act(person, method, path, json=body, headers=OVERRIDES[override])


@then("the answer should show {title:Quoted} as {state:TenantState}")
def show(context: Context, title, state):
    """The answer is the tenant under its own name and slug, with the status and dates of that state."""
    answer = context.world.answer
    check(answer, answer.body, has_entries({**STATES[state], **operators.names(context.world, title)}))


@then("{person:Person} should find {title:Quoted} {state:TenantState}")
def find(context: Context, person, title, state):
    """The tenant, read again and found in the list, has the status and dates of that state."""
    _check_found(context.world, person, title, STATES[state])


@then("{person:Person} should find {title:Quoted} {state:TenantState} by her own deed")
def find_changed_by(context: Context, person, title, state):
    """The tenant, read and listed again, is in that state; `status_updated_by` and the reason are stated."""
    user_id = context.world.person(person).user_id
    cause = {"status_reason": REASON, "status_updated_by": user_id, "status_updated_at": not_none()}
    _check_found(context.world, person, title, {**STATES[state], **cause})


@then("{person:Person} should find {title:Quoted} under the name and short name of {other:Quoted}")
def find_renamed(context: Context, person, title, other):
    """The tenant, read and listed again, is active under the name and slug of the other title."""
    renamed = operators.names(context.world, other)
    _check_found(context.world, person, title, {**STATES["untouched"], **renamed})


@then("it should be the account of {title:Quoted}")
def be_account(context: Context, title):
    """The answer is the account of this tenant, with the status suspended."""
    expected = {"id": operators.tenant_id(context.world, title), "status": "suspended"}
    check(context.world.answer, context.world.answer.body, has_entries(expected))


@then("it should be the members of {title:Quoted}")
def be_members(context: Context, title):
    """The answer lists exactly the people of this tenant by user id, with their roles."""
    answer, slug = context.world.answer, context.world.state.find(Tenant, title).slug
    people = [one for one in context.world.persons.values() if one.tenant_slug == slug]
    expected: list[Any] = [has_entries(user_id=one.user_id, role=one.role) for one in people]
    check(answer, field(answer, "members"), contains_inanyorder(*expected))


@then("it should be the features of {title:Quoted}")
def be_features(context: Context, title):
    """The answer shows the features that every tenant has for which no operator decided anything."""
    check(context.world.answer, context.world.answer.body, context.world.must("Alice", "GET", FEATURES).body)


@then("only {title:Quoted} should be among the tenants")
def be_alone(context: Context, title):
    """The answer lists this tenant, by id, and no other."""
    ids = [account["id"] for account in field(context.world.answer, "accounts")]
    check(context.world.answer, ids, [operators.tenant_id(context.world, title)])


@then("there should be {total:d} tenants in all")
def be_so_many(context: Context, total):
    """The answer's `total` is this number, whatever its page shows."""
    check(context.world.answer, field(context.world.answer, "total"), total)


@then("{title:Quoted} should have the short name of {other:Quoted}")
def have_short_name(context: Context, title, other):
    """The answer is the tenant under its own name and the slug of the other title."""
    answer, slug = context.world.answer, operators.names(context.world, other)["slug"]
    check(answer, answer.body, has_entries({**operators.names(context.world, title), "slug": slug}))


@then("{title:Quoted} should have a short name that begins like its name")
def have_further_short_name(context: Context, title):
    """The answer's slug begins with the tenant's name in lower case, which alone is taken, and goes on."""
    answer, slug = context.world.answer, operators.names(context.world, title)["slug"]
    check(answer, field(answer, "slug"), starts_with(slug))
    check(answer, field(answer, "slug"), is_not(slug))


@then("{person:Person} should find no tenant called like {title:Quoted}")
def find_none(context: Context, person, title):
    """The list of tenants with that name in their name or slug is empty, and its `total` is 0."""
    listed = context.world.must(person, "GET", TENANTS, query={"q": context.world.unique(title)})
    check(listed, (field(listed, "accounts"), field(listed, "total")), ([], 0))


@then('{title:Quoted} should be closed to {person:Person} as "{reason}"')
def be_closed(context: Context, title, person, reason):
    """The tenant's account is refused to the person with status 403 and exactly this message."""
    exchange = context.world.look(person, "GET", ACCOUNT)
    assertions.refused(exchange, 403, "Forbidden")
    assertions.says(exchange, reason)


@then("{title:Quoted} should be open to {person:Person}")
def be_open(context: Context, title, person):
    """The person can read the account of this tenant."""
    exchange = context.world.must(person, "GET", ACCOUNT)
    check(exchange, field(exchange, "id"), operators.tenant_id(context.world, title))


def _check_found(world: World, person: str, title: str, fields: dict[str, Any]) -> None:
    tenant_id = operators.tenant_id(world, title)
    expected: Any = has_entries({**fields, "id": tenant_id})
    exchange = world.must(person, "GET", TENANT, tenant_id=tenant_id)
    check(exchange, exchange.body, expected)
    query = {"q": exchange.body["slug"], "status": exchange.body["status"]}
    listed = world.must(person, "GET", TENANTS, query=query)
    check(listed, field(listed, "accounts"), contains_exactly(expected))
