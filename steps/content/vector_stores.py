"""The files in vector stores, search there, and the agents that may search."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import contains_exactly, contains_string, has_entries, has_length

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, refused
from api_service.context import Context
from api_service.subjects.content import contents, provider_files, vector_stores
from api_service.subjects.content.provider_files import ProviderFile
from api_service.subjects.content.vector_stores import address_of_file, address_of_store
from api_service.vocabulary import one_of, verbs

FILE_CALLS = {"open": "GET", "remove": "DELETE"}
BINDING_CALLS = {"bind": "POST", "free": "DELETE"}
FILE_COUNTS = {"as large as the one file in it": 1, "empty": 0}
register_type(
    Attaches=verbs(["attach"]),
    Searches=verbs(["search"]),
    HandlesFile=verbs(FILE_CALLS),
    Binds=verbs(BINDING_CALLS),
    StoreSize=one_of(FILE_COUNTS),
    PassageUnit=one_of(["passage", "passages"]),
)


@given("{person:Person} has attached these files to the vector store {store:Quoted}")
def have_attached_all(context: Context, person, store):
    """Files with text and year, put at the provider and indexed."""
    world = context.world
    for row in context.table:
        context.add_cleanup(provider_files.discard, world, row["file"])
        provider_files.put(world, row["file"], row["text"])
        attributes = {"year": int(row["year"])}
        vector_stores.attach(world, world.must, person, row["file"], store, attributes=attributes)


@given("{person:Person} has attached the file {file:Quoted} to the vector store {store:Quoted}")
@when("{person:Person} {does:Attaches} the file {file:Quoted} to the vector store {store:Quoted}")
def attach_file(context: Context, person, file, store, does=None):
    """Attach a file of the provider, which is indexed then; also when somebody only tries to."""
    vector_stores.attach(context.world, context.world.asking(does), person, file, store)


@given(
    "{person:Person} has tried in vain to attach the file {file:Quoted} to the vector store {store:Quoted}"
)
def have_failed_to_attach(context: Context, person, file, store):
    """The file was not attached, whatever the service said of that."""
    answer = vector_stores.attach(context.world, context.world.look, person, file, store)
    check(answer, answer.succeeded, False)


@when("{person:Person} attaches the file {file:Quoted} to the vector store {store:Quoted} for later")
def attach_for_later(context: Context, person, file, store):
    """Attach a file of the provider without staying until it is indexed (`poll` false)."""
    vector_stores.attach(context.world, context.world.act, person, file, store, poll=False)


@when("{person:Person} {does:Attaches} the stored file {file:Quoted} to the vector store {store:Quoted}")
@when(
    "{person:Person} {does:Attaches} the stored file {file:Quoted} to the vector store {store:Quoted} "
    "for the agent {agent:Quoted}"
)
def attach_stored_file(context: Context, person, does, file, store, agent=None):
    """Attach a file that was uploaded to the service, for an agent if one is named; also when only tried."""
    context.add_cleanup(provider_files.discard, context.world, file)
    options = {"agent_key": agent} if agent else {}
    vector_stores.attach_stored(context.world, person, file, store, **options)


@given("{person:Person} has removed the file {file:Quoted} from the vector store {store:Quoted}")
@when("{person:Person} {does:HandlesFile} the file {file:Quoted} from the vector store {store:Quoted}")
def handle_file(context: Context, person, file, store, does=None):
    """Open or remove a file of a vector store; also when somebody only tries to."""
    place = address_of_file(context.world, file, store)
    context.world.asking(does)(person, FILE_CALLS[does or "remove"], vector_stores.FILE, **place)


@when("{person:Person} lists the {state} files of the vector store {store:Quoted}")
def list_files(context: Context, person, state, store):
    """List the files of a vector store whose `status` is this one, such as completed."""
    place = address_of_store(context.world, store)
    context.world.act(person, "GET", vector_stores.FILES, query={"status": state}, **place)


@when("{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted}")
@when("{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted} since {year:d}")
@when(
    "{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted}, "
    "{count:d} {unit:PassageUnit} at most"
)
def search_store(context: Context, person, does, store, query, year=None, unit="", count=None):
    """Search by a text, with a filter by `year` or `max_num_results`; also when somebody only tries to."""
    options = {"max_num_results": count} if count is not None else {}
    if year is not None:
        options["filters"] = {"type": "gte", "key": "year", "value": year}
    vector_stores.search(context.world, context.world.act, person, query, store, **options)


@given("{person:Person} has bound the agent {agent:Quoted} to the vector store {store:Quoted}")
@when("{person:Person} {does:Binds} the agent {agent:Quoted} to the vector store {store:Quoted}")
@when("{person:Person} {does:Binds} the agent {agent:Quoted} from the vector store {store:Quoted}")
def bind_agent(context: Context, person, agent, store, does=None):
    """Let an agent search a vector store, or no longer; also when somebody only tries to."""
    place = address_of_store(context.world, store)
    ask, method = context.world.asking(does), BINDING_CALLS[does or "bind"]
    ask(person, method, vector_stores.BINDING, agent_key=agent, **place)


@when(
    "{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted} by an unknown filter"
)
def search_oddly(context: Context, person, does, store, query):
    """Try to search with a filter whose type nobody knows."""
    filters = {"type": "resembles", "key": "year", "value": 2025}
    vector_stores.search(context.world, context.world.act, person, query, store, filters=filters)


@then("{person:Person} should find the file {file:Quoted} in the vector store {store:Quoted}")
def find_file(context: Context, person, file, store):
    """A read of the file shows id, name, size and `status` completed; the list of files has it once."""
    world, expected = context.world, context.world.state.find(ProviderFile, file)
    opened = world.must(person, "GET", vector_stores.FILE, **address_of_file(world, file, store))
    shown = (opened.body["openai_file_id"], opened.body["filename"], opened.body["usage_bytes"])
    check(opened, shown, (expected.id, expected.name, expected.usage_bytes))
    check(opened, opened.body["status"], "completed")
    listed = vector_stores.files(world, person, store)
    check(listed, [file["openai_file_id"] for file in listed.body["items"]].count(expected.id), 1)


@then("the file {file:Quoted} should not be in the vector store {store:Quoted} for {person:Person}")
def not_find_file(context: Context, file, store, person):
    """A read of the file is refused with 404, and the list of files does not have it."""
    world, place = context.world, address_of_file(context.world, file, store)
    refused(world.look(person, "GET", vector_stores.FILE, **place), 404, "NotFound")
    listed = vector_stores.files(world, person, store)
    check(listed, [file["openai_file_id"] for file in listed.body["items"]].count(place["file_id"]), 0)


@then("the vector store {store:Quoted} should be {size:StoreSize}")
def be_as_large(context: Context, store, size):
    """It has so many files, and its `usage_bytes` is the sum of theirs."""
    files = vector_stores.files(context.world, "Alice", store)
    sizes = [file["usage_bytes"] for file in files.body["items"]]
    check(files, sizes, has_length(FILE_COUNTS[size]))
    listing = contents.listed(context.world, "Alice", "vector store")
    stores = contents.shown(context.world, listing, "vector store", store)
    check(listing, [entry["usage_bytes"] for entry in stores], [sum(sizes)])


@then("the list should hold {count:d} of the files")
def hold_files(context: Context, count):
    """The answer has so many `items`, and this `total`."""
    answer = context.world.answer
    check(answer, field(answer, "items"), has_length(count))
    check(answer, field(answer, "total"), count)


@then("{person:Person} should find these passages")
def find_passages(context: Context, person):
    """The search has exactly these passages as `data`, by falling `score`, and names the query."""
    files = [context.world.state.find(ProviderFile, row["file"]) for row in context.table]
    texts = [[{"type": "text", "text": row["text"]}] for row in context.table]
    passages = [
        {"file_id": file.id, "filename": file.name, "content": text}
        for file, text in zip(files, texts, strict=True)
    ]
    _check_passages(context.world.answer, passages)


@then("{person:Person} should find nothing about {query:Quoted} in the vector store {store:Quoted}")
def find_nothing(context: Context, person, query, store):
    """A search for the text has no passage as `data`, and names the query."""
    _check_passages(vector_stores.search(context.world, context.world.must, person, query, store), [])


def _check_passages(found: Exchange, passages: list[dict[str, Any]]) -> None:
    check(found, field(found, "data"), contains_exactly(*map(has_entries, passages)))
    # Providers answer with a list of queries, which services put into words of their own.
    check(found, field(found, "search_query"), contains_string(found.sent["query"]))
    scores = [passage["score"] for passage in found.body["data"]]
    check(found, scores, sorted(scores, reverse=True))


@then("{person:Person} should find {file:Quoted} by {query:Quoted} in the vector store {store:Quoted}")
def find_by(context: Context, person, file, query, store):
    """The best passage of a search for the text is of the file."""
    found = vector_stores.search(context.world, context.world.must, person, query, store)
    check(found, field(found, "data.0.file_id"), context.world.state.find(ProviderFile, file).id)


@then("the file should not be indexed yet")
def be_waiting(context: Context):
    """The answer has `in_progress` as `status`."""
    check(context.world.answer, field(context.world.answer, "status"), "in_progress")
