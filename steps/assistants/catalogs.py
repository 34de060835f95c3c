"""Lists that people browse: agents, workflows, guardrails, conversations."""

from behave import given, register_type, then, when
from hamcrest import equal_to, has_entries, has_item, is_not

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects import paging
from api_service.subjects.assistants import catalogs
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.vocabulary import verbs

register_type(
    ListsCatalog=verbs(["list"]),
    AsksForPage=verbs(["ask for a page of"]),
    SearchesCatalog=verbs(["search"]),
    OpensEntry=verbs(["open"]),
)


@given("{person:Person} knows the first of the {kind:Catalog}")
def know_first(context: Context, person, kind):
    """The first entry of a catalog is remembered; a target whose catalog is empty does not offer it."""
    context.world.remember("entry", kind, catalogs.first(context.world, person, kind))


@when("{person:Person} {does:ListsCatalog} the {kind:Catalog}")
def list_all(context: Context, person, does, kind):
    """Ask for the first page of a list; also when somebody only tries to."""
    context.world.act(person, "GET", CATALOGS[kind].path)


@when("{person:Person} {does:ListsCatalog} the {kind:Catalog} {size:d} at a time")
def list_in_pages(context: Context, person, does, kind, size):
    """Ask for every page of a list, one after the other; also when somebody only tries to."""
    found = paging.read_pages(context.world, person, CATALOGS[kind].path, size)
    context.world.remember("pages", kind, found)


@when("{person:Person} {does:AsksForPage} the {kind:Catalog} that does not exist")
def ask_for_strange_page(context: Context, person, does, kind):
    """Ask for the page behind a cursor that the service never gave."""
    context.world.act(person, "GET", CATALOGS[kind].path, query={"cursor": "no-such-page"})


@when("{person:Person} {does:SearchesCatalog} the {kind:Catalog} for {word:Quoted}")
def search(context: Context, person, does, kind, word):
    """Ask for the entries that contain a word; also when somebody only tries to."""
    catalog = CATALOGS[kind]
    path = catalog.search_path or catalog.path
    context.world.act(person, "GET", path, query={catalog.search_term: word})


@when("{person:Person} searches the {kind:Catalog} for {word:Quoted}, {size:d} at a time")
def search_in_pages(context: Context, person, kind, word, size):
    """Ask for every page of the entries that contain a word."""
    catalog = CATALOGS[kind]
    query, path = {catalog.search_term: word}, catalog.search_path or catalog.path
    found = paging.read_pages(context.world, person, path, size, query=query)
    context.world.remember("pages", kind, found)


@when("{person:Person} opens that entry of the {kind:Catalog}")
def open_entry(context: Context, person, kind):
    """Ask for the details of the remembered entry."""
    catalog, entry = CATALOGS[kind], context.world.recall("entry", kind)
    context.world.act(person, "GET", catalog.detail, **{catalog.value: entry[catalog.name]})


@when("{person:Person} {does:OpensEntry} {name:Quoted} of the {kind:Catalog}")
def open_by_name(context: Context, person, does, kind, name):
    """Ask for the details of an entry by its name; also when somebody only tries to."""
    catalog = CATALOGS[kind]
    context.world.act(person, "GET", catalog.detail, **{catalog.value: name})


@then("{name:Quoted} should be among the {kind:Catalog}")
def be_among(context: Context, name, kind):
    """The list shows the entry."""
    answer = context.world.answer
    assertions.check(answer, catalogs.names(answer, CATALOGS[kind]), has_item(name))


@then("{name:Quoted} should not be among the {kind:Catalog}")
def not_be_among(context: Context, name, kind):
    """The list does not show the entry."""
    answer = context.world.answer
    assertions.check(answer, catalogs.names(answer, CATALOGS[kind]), is_not(has_item(name)))


@then("every one of the {kind:Catalog} should have come exactly once")
def come_once(context: Context, kind):
    """The pages together hold what the whole list holds, in the same order."""
    world, catalog = context.world, CATALOGS[kind]
    whole = world.must(world.answer.person, "GET", catalog.path, query={"limit": 100})
    come = [entry[catalog.name] for page in world.recall("pages", kind) for entry in page]
    assertions.check(whole, come, equal_to(catalogs.names(whole, catalog)))


@then("the list should hold {count:d} entry")
@then("the list should hold {count:d} entries")
def hold(context: Context, count):
    """The list has exactly so many entries."""
    answer = context.world.answer
    assertions.check(answer, len(catalogs.entries(answer)), count)


@then("it should be described as in the list of {kind:Catalog}")
def agree_with_list(context: Context, kind):
    """Whatever both the list and the details tell of the entry is the same, its name above all."""
    answer = context.world.answer
    entry = context.world.recall("entry", kind)
    told = {key: value for key, value in entry.items() if key in answer.body or key == CATALOGS[kind].name}
    assertions.check(answer, answer.body, has_entries(told))
