"""The people of a tenant."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.identity import sign_in
from api_service.subjects.tenancy import members
from api_service.vocabulary import verbs

register_type(
    ARole=members.role_word, Adds=verbs(["add"]), Appoints=verbs(["make"]), Removes=verbs(["remove"])
)


@given("{person:Person} has removed {name:w} from the tenant")
def have_removed(context: Context, person, name):
    """Somebody was a member and is none any more."""
    user_id = members.user_id(context.world, name)
    context.world.must(person, "DELETE", members.MEMBER, user_id=user_id)


@given("{person:Person} has made {name:w} {role:ARole}")
def have_made(context: Context, person, name, role):
    """A member has another role than they were founded with."""
    members.change(context.world, context.world.must, person, name, role)


@when("{person:Person} lists the members")
def list_members(context: Context, person):
    """Ask for the people of the person's own tenant."""
    context.world.act(person, "GET", members.MEMBERS)


@when("{person:Person} lists the members {size:d} at a time")
def list_in_pages(context: Context, person, size):
    """Ask for every page of the members, one after the other."""
    context.world.remember("pages", "members", members.pages(context.world, person, size))


@when("{person:Person} {does:Adds} {name:w} to the tenant as {role:ARole}")
def add(context: Context, person, does, name, role):
    """Make somebody who has an account a member; also when somebody only tries to."""
    body = {"email": members.address(context.world, name), "role": role}
    context.world.act(person, "POST", members.MEMBERS, json=body)


@when("{person:Person} {does:Appoints} {name:w} {role:ARole}")
def make(context: Context, person, does, name, role):
    """Give a member another role; also when somebody only tries to."""
    members.change(context.world, context.world.act, person, name, role)


@when("{person:Person} {does:Removes} {name:w} from the tenant")
def remove(context: Context, person, does, name):
    """Take a member out of the tenant; also when somebody only tries to."""
    user_id = members.user_id(context.world, name)
    context.world.act(person, "DELETE", members.MEMBER, user_id=user_id)


@then("the members should be these")
def be_these(context: Context):
    """The answer lists exactly these people, and counts them."""
    rows = {row["person"]: row["role"] for row in context.table}
    members.should_be(context.world, context.world.answer, rows)


@then("the members should include these")
def include_these(context: Context):
    """The answer lists these people, perhaps among others."""
    rows = {row["person"]: row["role"] for row in context.table}
    members.should_include(context.world, context.world.answer, rows)


@then("{person:Person} should find these members")
def find_these(context: Context, person):
    """The members, listed again, are exactly these people."""
    rows = {row["person"]: row["role"] for row in context.table}
    members.should_be(context.world, members.listed(context.world, person), rows)


@then("the answer should show {name:w} as {role:ARole}")
def show_as(context: Context, name, role):
    """The answer is the membership of this person."""
    members.should_have_come(context.world.answer, name, role)


@then("every member should have come exactly once")
def come_once(context: Context):
    """The pages together hold what the whole list holds, in the same order."""
    world = context.world
    members.should_be_whole(world, world.answer.person, world.recall("pages", "members"))


@then("the next session of {person:Person} should allow what {role:ARole} may do")
def allow(context: Context, person, role):
    """A session opened now grants exactly the scopes of the role."""
    session = sign_in.must_sign_in(context.world, context.world.person(person))
    assertions.check(context.world.answer, sorted(session["scopes"]), sorted(sign_in.SCOPES[role]))
