"""The members of a tenant and their roles."""

from dataclasses import dataclass

from behave import given, register_type, then, when
from behave.model import Table
from hamcrest import contains_exactly, has_entries, has_items

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.identity import sign_in
from api_service.subjects.tenancy import members
from api_service.subjects.tenancy.members import MEMBER, MEMBERS, ROLE
from api_service.vocabulary import verbs
from api_service.world import World

register_type(Adds=verbs(["add"]), Appoints=verbs(["make"]), Removes=verbs(["remove"]))


@dataclass
class MemberPages:
    """The answers that list a tenant's members page by page, in their order."""

    answers: list[Exchange]


@given("{person:Person} has removed {name:w} from the tenant")
def have_removed(context: Context, person, name):
    """The person removed the member from their tenant."""
    context.world.must(person, "DELETE", MEMBER, user_id=members.user_id(context.world, name))


@given("{person:Person} has made {name:w} {role:ARole}")
def have_made(context: Context, person, name, role):
    """The person gave the member another role than the member was seeded with."""
    user_id = members.user_id(context.world, name)
    context.world.must(person, "PATCH", ROLE, json={"role": role}, user_id=user_id)


@when("{person:Person} lists the members")
def list_members(context: Context, person):
    """List the members of the person's own tenant."""
    context.world.act(person, "GET", MEMBERS)


@when("{person:Person} lists the members {size:d} at a time")
def list_in_pages(context: Context, person, size):
    """Read every page of the members, one after the other, with this `limit`."""
    context.world.state.keep("members", MemberPages(members.read_pages(context.world, person, size)))


@when("{person:Person} {does:Adds} {name:w} to the tenant as {role:ARole}")
def add(context: Context, person, does, name, role):
    """Add the account with this person's e-mail address to the tenant, or try to."""
    body = {"email": members.email(context.world, name), "role": role}
    context.world.act(person, "POST", MEMBERS, json=body)


@when("{person:Person} {does:Appoints} {name:w} {role:ARole}")
def make(context: Context, person, does, name, role):
    """Give a member another role, or try to."""
    user_id = members.user_id(context.world, name)
    context.world.act(person, "PATCH", ROLE, json={"role": role}, user_id=user_id)


@when("{person:Person} {does:Removes} {name:w} from the tenant")
def remove(context: Context, person, does, name):
    """Remove a member from the tenant, or try to."""
    context.world.act(person, "DELETE", MEMBER, user_id=members.user_id(context.world, name))


@then("the members should be these")
def be_these(context: Context):
    """The answer lists exactly these people and roles by e-mail address, and counts them and their owners."""
    _check_members(context.world, context.world.answer, context.table)


@then("the members should include these")
def include_these(context: Context):
    """The answer lists these people with their roles, perhaps among others."""
    answer = context.world.answer
    check(answer, field(answer, "members"), has_items(*_expected(context.world, answer, context.table)))


@then("{person:Person} should find these members")
def find_these(context: Context, person):
    """The members, listed again by the person, are exactly these people with their roles."""
    listed = context.world.must(person, "GET", MEMBERS, query={"limit": 200})
    _check_members(context.world, listed, context.table)


@then("the answer should show {name:w} as {role:ARole}")
def show_as(context: Context, name, role):
    """The answer is the active membership of this person, with this role, in the asking person's tenant."""
    answer = context.world.answer
    expected = {"display_name": name, "role": role, "tenant_id": answer.call.tenant_id, "status": "active"}
    check(answer, answer.body, has_entries(expected))


@then("every member should have come exactly once")
def come_once(context: Context):
    """The pages together hold the whole list in its order, and each has its `total` and `owner_count`."""
    pages = context.world.state.find(MemberPages, "members").answers
    whole = context.world.must(pages[0].person, "GET", MEMBERS, query={"limit": 200})
    shown = [member for page in pages for member in field(page, "members")]
    check(whole, shown, field(whole, "members"))
    for page in pages:
        check(page, field(page, "total"), len(shown))
        check(page, field(page, "owner_count"), field(whole, "owner_count"))


@then("the next session of {person:Person} should allow what {role:ARole} may do")
def allow(context: Context, person, role):
    """A session opened now has exactly the scopes of the role."""
    session = sign_in.sign_in(context.world, context.world.person(person), context.world.must).body
    check(context.world.answer, sorted(session["scopes"]), sorted(sign_in.SCOPES[role]))


def _expected(world: World, exchange: Exchange, table: Table) -> list[object]:
    people = sorted((world.person(row["person"]).email, row["person"], row["role"]) for row in table)
    tenant_id = exchange.call.tenant_id
    return [has_entries(members.entry(world, tenant_id, name, role)) for _, name, role in people]


def _check_members(world: World, exchange: Exchange, table: Table) -> None:
    check(exchange, field(exchange, "members"), contains_exactly(*_expected(world, exchange, table)))
    check(exchange, field(exchange, "total"), len(table.rows))
    check(exchange, field(exchange, "owner_count"), [row["role"] for row in table].count("owner"))
