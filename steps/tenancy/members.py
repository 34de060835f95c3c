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


@when("{person:Person} lists the members {size:d} at a time")
def list_in_pages(context: Context, person, size):
    """Read every page of the members, one after the other, with this `limit`."""
    context.world.state.keep("members", MemberPages(members.read_pages(context.world, person, size)))


@when("{person:Person} {does:Adds} {name:w} to the tenant as {role:ARole}")
def add(context: Context, person, does, name, role):
    """Add the account with this person's e-mail address to the tenant, or try to."""
    body = {"email": members.email(context.world, name), "role": role}
    context.world.act(person, "POST", MEMBERS, json=body)


@given("{person:Person} has made {name:w} {role:ARole}")
@when("{person:Person} {does:Appoints} {name:w} {role:ARole}")
def make(context: Context, person, name, role, does=None):
    """Give a member another role than the one that the member was seeded with, or try to."""
    ask, user_id = context.world.asking(does), members.user_id(context.world, name)
    ask(person, "PATCH", ROLE, json={"role": role}, user_id=user_id)


@given("{person:Person} has removed {name:w} from the tenant")
@when("{person:Person} {does:Removes} {name:w} from the tenant")
def remove(context: Context, person, name, does=None):
    """Remove a member from the person's own tenant, or try to."""
    ask = context.world.asking(does)
    ask(person, "DELETE", MEMBER, user_id=members.user_id(context.world, name))


@then("the members should include these")
def include_these(context: Context):
    """The answer lists these people with their roles, perhaps among others."""
    answer = context.world.answer
    check(answer, field(answer, "members"), has_items(*_expected(context.world, answer, context.table)))


@then("the members should be these")
@then("{person:Person} should find these members")
def be_these(context: Context, person=None):
    """The answer, or a second list, has exactly these people and roles by e-mail address, and counts."""
    world, table = context.world, context.table
    listed = world.must(person, "GET", MEMBERS, query={"limit": 200}) if person else world.answer
    check(listed, field(listed, "members"), contains_exactly(*_expected(world, listed, table)))
    check(listed, field(listed, "total"), len(table.rows))
    check(listed, field(listed, "owner_count"), [row["role"] for row in table].count("owner"))


@then("the answer should show {name:w} as {role:ARole}")
def show_as(context: Context, name, role):
    """The answer is the active membership of this person, with this role, in the asking person's tenant."""
    answer = context.world.answer
    expected = {"display_name": name, "role": role, "tenant_id": answer.call.account, "status": "active"}
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
    tenant_id = exchange.call.account
    return [has_entries(members.entry(world, tenant_id, name, role)) for _, name, role in people]
