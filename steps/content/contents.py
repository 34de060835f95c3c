"""What tenants keep: stored files, assets, vector stores and containers, as far as they behave alike."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, has_entries, has_length

from acceptance.checks.assertions import check, field, refused
from api_service.context import Context
from api_service.subjects.content import contents
from api_service.subjects.content.contents import KINDS
from api_service.vocabulary import one_of, verbs

COUNTS = {"no": 0, "one": 1}
register_type(ActsOn=verbs(contents.ACTIONS), Makes=verbs(["create"]), NoOrOne=one_of(COUNTS))


@given("{person:Person} has {count:d} {kind:Content}s")
def have_many(context: Context, person, count, kind):
    """So many vector stores or containers, with titles from "Number 1" on."""
    for number in range(1, count + 1):
        contents.create(context.world, context.world.must, person, kind, f"Number {number}")


@given("{person:Person} has as many {kind:Content}s as are allowed")
def have_most(context: Context, person, kind):
    """As many vector stores or containers as one tenant may have."""
    have_many(context, person, context.world.limits.count_to(contents.LIMITS[kind]), kind)


@given("{person:Person} has the {kind:Content} {title:Quoted}")
@when("{person:Person} {does:Makes} the {kind:Content} {title:Quoted}")
@when("{person:Person} {does:Makes} the {kind:Content} {title:Quoted} with these details")
def create_content(context: Context, person, kind, title, does=None):
    """Make a vector store or container, with the table's details, or try to; the run deletes it again."""
    details = contents.details(context.table)
    contents.create(context.world, context.world.asking(does), person, kind, title, **details)


@when("{person:Person} {does:Makes} a {kind:Content} with {letters:d} letters in its name")
def create_with_length(context: Context, person, does, kind, letters):
    """Make a vector store or container titled "Odd" whose name has a certain length."""
    contents.create(context.world, context.world.act, person, kind, "Odd", "x" * letters)


@given("{person:Person} has deleted the {kind:Content} {title:Quoted}")
@when("{person:Person} {does:ActsOn} the {kind:Content} {title:Quoted}")
def act_on_content(context: Context, person, kind, title, does=None):
    """Open, locate or delete something by its title; also when somebody only tries to."""
    contents.act_on(context.world, context.world.asking(does), person, does or "delete", kind, title)


@when("{person:Person} lists the {kind:Content}s")
def list_contents(context: Context, person, kind):
    """List what the person's tenant has of a kind, up to a hundred."""
    context.world.act(person, "GET", KINDS[kind].collection, query=contents.LONGEST_PAGE)


@when("{person:Person} lists {limit:d} {kind:Content} from number {first:d} on")
@when("{person:Person} lists {limit:d} {kind:Content}s from number {first:d} on")
def list_page(context: Context, person, limit, kind, first):
    """List one page of what the person's tenant has of a kind."""
    query = {"limit": limit, "offset": first - 1}
    context.world.act(person, "GET", KINDS[kind].collection, query=query)


@then("the {kind:Content} {title:Quoted} should be among them")
def be_listed(context: Context, kind, title):
    """The list that was asked for has one entry with the thing's id."""
    answer = context.world.answer
    check(answer, contents.shown(context.world, answer, kind, title), has_length(1))


@then("the list should hold {count:d} of {total:d} {kind:Content}s")
def hold_page(context: Context, count, total, kind):
    """The page has so many entries; `total` is right, or `next_offset` where the list counts no total."""
    answer = context.world.answer
    check(answer, field(answer, "items"), has_length(count))
    if "total" in answer.body:
        check(answer, answer.body["total"], total)
    else:
        limit, offset = answer.call.query["limit"], answer.call.query["offset"]
        check(answer, field(answer, "next_offset"), offset + limit if count == limit else None)


@then("{person:Person} should find the {kind:Content} {title:Quoted}")
@then("{person:Person} should find the {kind:Content} {title:Quoted} with these details")
def find_content(context: Context, person, kind, title):
    """A read of it succeeds, and the tenant's list has one entry for it, with exactly the table's details."""
    world, expected = context.world, has_entries(contents.details(context.table))
    shown_at = KINDS[kind].one + KINDS[kind].shown_by
    world.must(person, "GET", shown_at, **contents.address(world, kind, title))
    listing = contents.listed(world, person, kind)
    check(listing, contents.shown(world, listing, kind, title), contains_exactly(expected))


@then("the {kind:Content} {title:Quoted} should no longer exist for {person:Person}")
def be_gone(context: Context, kind, title, person):
    """A read of it is refused with 404, and the tenant's list has no entry for it."""
    world, shown_at = context.world, KINDS[kind].one + KINDS[kind].shown_by
    refused(world.look(person, "GET", shown_at, **contents.address(world, kind, title)), 404, "NotFound")
    listing = contents.listed(world, person, kind)
    check(listing, contents.shown(world, listing, kind, title), [])


@then("{person:Person} should have {count:NoOrOne} {kind:Content} called {title:Quoted}")
def have_called(context: Context, person, count, kind, title):
    """So many entries of the tenant's list have the name that belongs to the title."""
    listing = contents.listed(context.world, person, kind)
    names = [entry[KINDS[kind].name_field] for entry in field(listing, "items")]
    name = context.world.state.find(KINDS[kind].content, title).name
    check(listing, names.count(name), COUNTS[count])


@then("{person:Person} should have as many {kind:Content}s as are allowed")
def have_count(context: Context, person, kind):
    """The tenant's list has exactly as many entries as one tenant may have."""
    listing = contents.listed(context.world, person, kind)
    check(listing, field(listing, "items"), has_length(context.world.limits[contents.LIMITS[kind]]))
