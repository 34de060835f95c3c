"""What tenants keep: stored files, assets, vector stores and containers, as far as they behave alike."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.content import contents
from api_service.vocabulary import verbs

register_type(Content=contents.kind_word, ActsOn=verbs(contents.ACTIONS), Makes=verbs(["create"]))


@given("{person:Person} has the {kind:Content} {title:Quoted}")
def have_content(context: Context, person, kind, title):
    """A vector store or container that this scenario made and the run deletes again."""
    contents.create(context.world, context.world.must, person, kind, title)


@given("{person:Person} has {count:d} {kind:Content}s")
def have_many(context: Context, person, count, kind):
    """So many vector stores or containers, with titles from "Number 1" on."""
    for number in range(1, count + 1):
        contents.create(context.world, context.world.must, person, kind, f"Number {number}")


@given("{person:Person} has deleted the {kind:Content} {title:Quoted}")
def have_deleted(context: Context, person, kind, title):
    """Something that existed and is gone."""
    contents.act_on(context.world, context.world.must, person, "delete", kind, title)


@when("{person:Person} {does:Makes} the {kind:Content} {title:Quoted}")
def create_content(context: Context, person, does, kind, title):
    """Make a vector store or container; also when somebody only tries to."""
    contents.create(context.world, context.world.act, person, kind, title)


@when("{person:Person} {does:Makes} the {kind:Content} {title:Quoted} with these details")
def create_with_details(context: Context, person, does, kind, title):
    """Make a vector store or container with details from a table; also when somebody only tries to."""
    wanted = contents.details(context.table)
    contents.create(context.world, context.world.act, person, kind, title, **wanted)


@when("{person:Person} {does:Makes} a {kind:Content} with {letters:d} letters in its name")
def create_with_length(context: Context, person, does, kind, letters):
    """Make a vector store or container whose name has a certain length."""
    context.world.remember(f"{kind} name", "Odd", "x" * letters)
    contents.create(context.world, context.world.act, person, kind, "Odd")


@when("{person:Person} {does:ActsOn} the {kind:Content} {title:Quoted}")
def act_on_content(context: Context, person, does, kind, title):
    """Open, locate or delete something by its title; also when somebody only tries to."""
    contents.act_on(context.world, context.world.act, person, does, kind, title)


@when("{person:Person} lists the {kind:Content}s")
def list_contents(context: Context, person, kind):
    """List what the person's tenant has of a kind, up to a hundred."""
    context.world.act(person, "GET", contents.KINDS[kind].collection, query=contents.LONGEST_PAGE)


@when("{person:Person} lists {limit:d} {kind:Content} from number {first:d} on")
@when("{person:Person} lists {limit:d} {kind:Content}s from number {first:d} on")
def list_page(context: Context, person, limit, kind, first):
    """List one page of what the person's tenant has of a kind."""
    query = {"limit": limit, "offset": first - 1}
    context.world.act(person, "GET", contents.KINDS[kind].collection, query=query)


@then("the {kind:Content} {title:Quoted} should be among them")
def be_listed(context: Context, kind, title):
    """The list that was asked for shows it."""
    contents.should_contain(context.world.answer, context.world.recall(kind, title), True)


@then("the list should hold {count:d} of {total:d} {kind:Content}s")
def hold_page(context: Context, count, total, kind):
    """The page has so many things of so many in all."""
    contents.should_be_page(context.world.answer, count, total)


@then("{person:Person} should find the {kind:Content} {title:Quoted}")
def find_content(context: Context, person, kind, title):
    """It can be read, and it stands in its tenant's list."""
    contents.should_exist(context.world, person, kind, title)


@then("{person:Person} should find the {kind:Content} {title:Quoted} with these details")
def find_with_details(context: Context, person, kind, title):
    """The tenant's list shows it with exactly these details."""
    contents.should_exist(context.world, person, kind, title, **contents.details(context.table))


@then("the {kind:Content} {title:Quoted} should no longer exist for {person:Person}")
def be_gone(context: Context, kind, title, person):
    """It cannot be read any more, and no list of its tenant shows it."""
    contents.should_be_gone(context.world, person, kind, title)


@then("{person:Person} should have no {kind:Content} called {title:Quoted}")
def have_none_called(context: Context, person, kind, title):
    """No list of the tenant shows anything under that title."""
    contents.should_have_named(context.world, person, kind, title, 0)


@then("{person:Person} should have one {kind:Content} called {title:Quoted}")
def have_one_called(context: Context, person, kind, title):
    """The tenant's list shows exactly one thing under that title."""
    contents.should_have_named(context.world, person, kind, title, 1)


@then("{person:Person} should have {count:d} {kind:Content}s")
def have_count(context: Context, person, count, kind):
    """The tenant has exactly so many."""
    listed = contents.listed(context.world, person, kind)
    assertions.check(listed, len(assertions.field(listed, "items")), count)
