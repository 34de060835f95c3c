"""Tenants in the hands of operators."""

from behave import given, register_type, then, when
from hamcrest import all_of, empty, has_entries, is_not, starts_with

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.tenancy import operators
from api_service.vocabulary import one_of, verbs

register_type(
    Founds=verbs(["found"]),
    Moves=verbs(operators.DEEDS),
    State=one_of(operators.STATES),
    PoorReason=one_of(operators.REASONS),
    Wish=one_of(operators.WISHES),
    OwnDeed=verbs(operators.OWN_DEEDS),
    Way=one_of(operators.WAYS),
    TenantPart=one_of(operators.PARTS),
)


@given("{person:Person} has founded {title:Quoted}")
def have_founded(context: Context, person, title):
    """A tenant without people, which the operator founded."""
    operators.found(context.world, context.world.must, person, title)


@given("{person:Person} has left {title:Quoted} {state:State}")
def have_moved(context: Context, person, title, state):
    """The operator has done what leads to that state."""
    deeds = {"suspended": ["suspend"], "active again": ["suspend", "reactivate"], "taken down": ["take down"]}
    for deed in deeds[state]:
        operators.move(context.world, context.world.must, person, deed, title)


@given("{name:w} is an operator who is an admin of {title:Quoted} too")
def be_operator(context: Context, name, title):
    """An operator belongs to the tenant."""
    operators.introduce_operator(context.world, name, title)


@when("{person:Person} founds {title:Quoted}")
@when("{person:Person} founds {title:Quoted} once more")
def found(context: Context, person, title):
    """Found a tenant and leave its short name to the service."""
    operators.found(context.world, context.world.act, person, title)


@when("{person:Person} {does:Founds} {title:Quoted} with the short name of {other:Quoted}")
def found_under(context: Context, person, does, title, other):
    """Found a tenant under the short name that follows from a name, its own or another's."""
    slug = operators.short_name_of(context.world, other)
    operators.found(context.world, context.world.act, person, title, slug=slug)


@when("{person:Person} tries to found {title:Quoted} with {wish:Wish}")
def found_badly(context: Context, person, title, wish):
    """Found a tenant as no tenant can be."""
    operators.found(context.world, context.world.act, person, title, **operators.WISHES[wish])


@when("{person:Person} opens {title:Quoted}")
@when("{person:Person} tries to open {title:Quoted}")
def open_tenant(context: Context, person, title):
    """Read a tenant as an operator."""
    tenant_id = operators.tenant_id(context.world, title)
    context.world.act(person, "GET", operators.TENANT, tenant_id=tenant_id)


@when("{person:Person} gives {title:Quoted} the name and short name of {other:Quoted}")
@when("{person:Person} tries to give {title:Quoted} the name and short name of {other:Quoted}")
def change(context: Context, person, title, other):
    """Change a tenant's name and short name; also when somebody only tries to."""
    wanted = {
        "name": operators.name_of(context.world, other),
        "slug": operators.short_name_of(context.world, other),
    }
    operators.change(context.world, context.world.act, person, title, **wanted)


@when("{person:Person} tries to give {title:Quoted} {wish:Wish}")
def change_badly(context: Context, person, title, wish):
    """Change a tenant to what no tenant can be."""
    operators.change(context.world, context.world.act, person, title, **operators.WISHES[wish])


@when("{person:Person} {deed:Moves} {title:Quoted}")
def move(context: Context, person, deed, title):
    """Suspend, reactivate or take down a tenant; also when somebody only tries to."""
    operators.move(context.world, context.world.act, person, deed, title)


@when("{person:Person} {deed:Moves} {title:Quoted} with {reason:PoorReason}")
def move_badly(context: Context, person, deed, title, reason):
    """Suspend, reactivate or take down a tenant without a good reason."""
    body = operators.REASONS[reason]
    operators.move(context.world, context.world.act, person, deed, title, body)


@when("{person:Person} lists the tenants called like {title:Quoted}")
def search(context: Context, person, title):
    """Look for tenants by a part of their name, in other letters."""
    word = operators.name_of(context.world, title).upper()
    context.world.act(person, "GET", operators.TENANTS, query={"q": word})


@when("{person:Person} lists the tenants, one a page, and turns to the second page")
def list_second_page(context: Context, person):
    """Look at the last but one of the tenants that this scenario founded."""
    run = context.world.unique("").strip("-")
    query = {"q": run, "limit": 1, "offset": 1}
    context.world.act(person, "GET", operators.TENANTS, query=query)


@when("{person:Person} {deed:OwnDeed} of the tenant {way:Way}")
def act_in_tenant(context: Context, person, deed, way):
    """Do something in a tenant, with or without the operators' override."""
    operators.act_in_tenant(context.world, person, deed, way)


@then("the answer should show {title:Quoted} as {state:State}")
def show(context: Context, title, state):
    """The answer is the tenant under its name and short name, in that state."""
    answer, world = context.world.answer, context.world
    named = {"name": operators.name_of(world, title), "slug": operators.short_name_of(world, title)}
    assertions.check(answer, answer.body, has_entries({**operators.STATES[state], **named}))


@then("{person:Person} should find {title:Quoted} {state:State}")
def find(context: Context, person, title, state):
    """The tenant, read again and found in the list, is in that state, whoever brought it there."""
    operators.should_be(context.world, person, title, state)


@then("{person:Person} should find {title:Quoted} {state:State} by her own deed")
def find_by_deed(context: Context, person, title, state):
    """The same, and the account tells who did it and why."""
    told = operators.by_deed(context.world, person)
    operators.should_be(context.world, person, title, state, **told)


@then("{person:Person} should find {title:Quoted} under the name and short name of {other:Quoted}")
def find_renamed(context: Context, person, title, other):
    """The tenant, read again, goes by a name and the short name that follows from it."""
    name = operators.name_of(context.world, other)
    operators.should_be(context.world, person, title, "untouched", name=name, slug=name.lower())


@then("it should be the {part:TenantPart} of {title:Quoted}")
def be_part_of(context: Context, part, title):
    """The answer shows this part of the tenant, suspended as it is."""
    answer = context.world.answer
    assertions.check(answer, answer.body, operators.PARTS[part](context.world, title))


@then("only {title:Quoted} should be among the tenants")
def be_alone(context: Context, title):
    """The answer lists this tenant and no other."""
    answer = context.world.answer
    ids = [account["id"] for account in assertions.field(answer, "accounts")]
    assertions.check(answer, ids, [context.world.recall("tenant", title)])


@then("there should be {total:d} tenants in all")
def be_so_many(context: Context, total):
    """The answer says how many tenants there are behind its page."""
    answer = context.world.answer
    assertions.check(answer, assertions.field(answer, "total"), total)


@then("{title:Quoted} should have the short name of {other:Quoted}")
def have_short_name(context: Context, title, other):
    """The answer is the tenant under its own name and the chosen short name."""
    answer, world = context.world.answer, context.world
    expected = {"name": operators.name_of(world, title), "slug": operators.short_name_of(world, other)}
    assertions.check(answer, answer.body, has_entries(expected))


@then("{title:Quoted} should have a short name that begins like its name")
def have_further_short_name(context: Context, title):
    """The answer is the tenant under a short name that had to be told from another's."""
    answer = context.world.answer
    first = operators.short_name_of(context.world, title)
    assertions.check(answer, assertions.field(answer, "slug"), all_of(starts_with(first), is_not(first)))


@then("{person:Person} should find no tenant called like {title:Quoted}")
def find_none(context: Context, person, title):
    """No list shows a tenant with that name in its name or short name."""
    query = {"q": operators.name_of(context.world, title)}
    listed = context.world.must(person, "GET", operators.TENANTS, query=query)
    assertions.check(listed, assertions.field(listed, "accounts"), empty())
    assertions.check(listed, assertions.field(listed, "total"), 0)


@then('{title:Quoted} should be closed to {person:Person} as "{reason}"')
def be_closed(context: Context, title, person, reason):
    """The tenant's account is refused to its own people, for that reason."""
    exchange = context.world.look(person, "GET", operators.ACCOUNT)
    assertions.refused(exchange, 403, "Forbidden")
    assertions.says(exchange, reason)


@then("{title:Quoted} should be open to {person:Person}")
def be_open(context: Context, title, person):
    """The tenant's account is there for its own people."""
    exchange = context.world.must(person, "GET", operators.ACCOUNT)
    assertions.check(exchange, assertions.field(exchange, "id"), context.world.recall("tenant", title))
