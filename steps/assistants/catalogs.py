"""What the lists of agents, workflows, workflow runs, guardrails and conversations have in common."""

from behave import given, register_type, then, when
from hamcrest import equal_to, has_entries, has_length

from acceptance.checks import assertions
from acceptance.errors import NotOfferedError
from api_service.context import Context
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS, CatalogEntry
from api_service.subjects.paging import Pages, read_pages
from api_service.vocabulary import one_of, verbs

OWNED_LISTS = {"conversations": CATALOGS["conversations"], "runs": CATALOGS["workflow runs"]}
register_type(
    OwnedList=one_of(OWNED_LISTS),
    ListsCatalog=verbs(["list"]),
    AsksForPage=verbs(["ask for a page of"]),
    SearchesCatalog=verbs(["search"]),
    OpensEntry=verbs(["open"]),
)


@given("{person:Person} knows the first of the {kind:Catalog}")
def know_first(context: Context, person, kind):
    """The first entry of the list is kept; the scenario is skipped when the list is empty."""
    listed = catalogs.entries(context.world.must(person, "GET", CATALOGS[kind].path))
    if not listed:
        raise NotOfferedError(f"the target's list of {kind} is empty")
    context.world.state.keep(kind, CatalogEntry(listed[0][CATALOGS[kind].name], listed[0]))


@when("{person:Person} {verb:ListsCatalog} the {kind:Catalog}")
def list_all(context: Context, person, verb, kind):
    """Ask for the first page of a list."""
    context.world.act(person, "GET", CATALOGS[kind].path)


@when("{person:Person} {verb:ListsCatalog} the {kind:Catalog} {size:d} at a time")
def list_in_pages(context: Context, person, verb, kind, size):
    """Ask for every page of a list, with `size` as its limit."""
    context.world.state.keep(kind, read_pages(context.world, person, CATALOGS[kind].path, size))


@when("{person:Person} {verb:AsksForPage} the {kind:Catalog} that does not exist")
def ask_for_unknown_page(context: Context, person, verb, kind):
    """Ask for the page behind a cursor that the service never gave."""
    context.world.act(person, "GET", CATALOGS[kind].path, query={"cursor": "no-such-page"})


@when("{person:Person} {verb:SearchesCatalog} the {kind:Catalog} for {word:Quoted}")
@when("{person:Person} {verb:SearchesCatalog} the {kind:Catalog} for {word:Quoted}, {size:d} at a time")
def search(context: Context, person, verb, kind, word, size=None):
    """Ask for the entries that contain a word, or for every page of them."""
    path, query = catalogs.search(kind, word)
    if size is None:
        context.world.act(person, "GET", path, query=query)
    else:
        context.world.state.keep(kind, read_pages(context.world, person, path, size, query=query))


@when("{person:Person} opens that entry of the {kind:Catalog}")
@when("{person:Person} {verb:OpensEntry} {name:Quoted} of the {kind:Catalog}")
def open_entry(context: Context, person, kind, verb=None, name=""):
    """Ask for the details of an entry by its name or key, or of the entry that was kept."""
    value = name if verb else context.world.state.find(CatalogEntry, kind).id
    context.world.act(person, "GET", CATALOGS[kind].detail, **{CATALOGS[kind].parameter: value})


@then("{name:Quoted} {expected:Should} be among the {kind:Catalog}")
def be_among(context: Context, name, expected, kind):
    """The list has an entry with this name or key, or has none."""
    answer = context.world.answer
    assertions.check(answer, name in catalogs.names(answer, CATALOGS[kind]), expected, f"{name} in the list")


@then("every one of the {kind:Catalog} should have come exactly once")
def come_once(context: Context, kind):
    """The pages together hold what the whole list holds, in the same order, and the last names no other."""
    world, catalog = context.world, CATALOGS[kind]
    assertions.check(world.answer, assertions.field(world.answer, "next_cursor"), None)
    whole = world.must(world.answer.person, "GET", catalog.path, query={"limit": 100})
    come = [entry[catalog.name] for page in world.state.find(Pages, kind) for entry in page]
    assertions.check(whole, come, equal_to(catalogs.names(whole, catalog)))


@then("the list should hold {count:d} entry")
@then("the list should hold {count:d} entries")
def hold(context: Context, count):
    """The list has exactly so many entries."""
    assertions.check(context.world.answer, len(catalogs.entries(context.world.answer)), count)


@then("the tenant should have {count:d} {kind:OwnedList}")
def have(context: Context, count, kind):
    """The conversations or workflow runs that the person who asked can list are so many."""
    listed = context.world.must(context.world.answer.person, "GET", OWNED_LISTS[kind].path)
    assertions.check(listed, catalogs.entries(listed), has_length(count))


@then("it should be described as in the list of {kind:Catalog}")
def agree_with_list(context: Context, kind):
    """Every field that both the list and the details have is the same, the name or key above all."""
    answer, listed = context.world.answer, context.world.state.find(CatalogEntry, kind).fields
    shared = {key: listed[key] for key in listed if key in answer.body or key == CATALOGS[kind].name}
    assertions.check(answer, answer.body, has_entries(shared))
