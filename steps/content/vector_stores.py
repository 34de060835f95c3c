"""Vector stores: the files in them, search, and the agents that may search."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.content import contents, vector_stores
from api_service.vocabulary import verbs

register_type(
    Attaches=verbs(["attach"]),
    Searches=verbs(["search"]),
    HandlesFile=verbs(vector_stores.FILE_ACTIONS),
    Binds=verbs(vector_stores.BINDING_ACTIONS),
)


@given("{person:Person} has attached the file {file:Quoted} to the vector store {store:Quoted}")
def have_attached(context: Context, person, file, store):
    """A file of the provider that is indexed in a vector store."""
    vector_stores.attach(context.world, context.world.must, person, file, store)


@given("{person:Person} has attached these files to the vector store {store:Quoted}")
def have_attached_all(context: Context, person, store):
    """Files with text and year, put at the provider and indexed."""
    for row in context.table:
        context.add_cleanup(vector_stores.discard, context.world, row["file"])
        vector_stores.put_at_provider(context.world, row["text"], row["file"])
        attributes = {"year": int(row["year"])}
        vector_stores.attach(
            context.world, context.world.must, person, row["file"], store, attributes=attributes
        )


@given("{person:Person} has removed the file {file:Quoted} from the vector store {store:Quoted}")
def have_removed(context: Context, person, file, store):
    """A file that was in a vector store and is not any more."""
    vector_stores.act_on_file(context.world, context.world.must, person, "remove", file, store)


@when("{person:Person} {does:Attaches} the file {file:Quoted} to the vector store {store:Quoted}")
def attach_file(context: Context, person, does, file, store):
    """Attach a file of the provider; also when somebody only tries to."""
    vector_stores.attach(context.world, context.world.act, person, file, store)


@when("{person:Person} attaches the file {file:Quoted} to the vector store {store:Quoted} for later")
def attach_for_later(context: Context, person, file, store):
    """Attach a file of the provider without staying until it is indexed."""
    vector_stores.attach(context.world, context.world.act, person, file, store, poll=False)


@when("{person:Person} {does:Attaches} the stored file {file:Quoted} to the vector store {store:Quoted}")
def attach_stored_file(context: Context, person, does, file, store):
    """Attach a file that was uploaded to the service; also when somebody only tries to."""
    context.add_cleanup(vector_stores.discard, context.world, file)
    vector_stores.attach_stored(context.world, context.world.act, person, file, store)


@when(
    "{person:Person} {does:Attaches} the stored file {file:Quoted} to the vector store {store:Quoted} "
    "for the agent {agent:Quoted}"
)
def attach_stored_for_agent(context: Context, person, does, file, store, agent):
    """Attach a file that was uploaded to the service, for an agent that has to be able to search it."""
    context.add_cleanup(vector_stores.discard, context.world, file)
    vector_stores.attach_stored(context.world, context.world.act, person, file, store, agent_key=agent)


@when("{person:Person} {does:HandlesFile} the file {file:Quoted} from the vector store {store:Quoted}")
def handle_file(context: Context, person, does, file, store):
    """Open or remove a file of a vector store; also when somebody only tries to."""
    vector_stores.act_on_file(context.world, context.world.act, person, does, file, store)


@when("{person:Person} lists the {state} files of the vector store {store:Quoted}")
def list_files(context: Context, person, state, store):
    """List the files of a vector store that are in a state, such as completed."""
    place = contents.address(context.world, "vector store", store)
    context.world.act(person, "GET", vector_stores.FILES, query={"status": state}, **place)


@when("{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted}")
def search_for(context: Context, person, does, store, query):
    """Search by a text; also when somebody only tries to."""
    vector_stores.search(context.world, context.world.act, person, query, store)


@when("{person:Person} searches the vector store {store:Quoted} for {query:Quoted} since {year:d}")
def search_since(context: Context, person, store, query, year):
    """Search by a text among the files of a year or later."""
    filters = {"type": "gte", "key": "year", "value": year}
    vector_stores.search(context.world, context.world.act, person, query, store, filters=filters)


@when(
    "{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted}, "
    "{count:d} passage at most"
)
@when(
    "{person:Person} {does:Searches} the vector store {store:Quoted} for {query:Quoted}, "
    "{count:d} passages at most"
)
def search_few(context: Context, person, does, store, query, count):
    """Search by a text and take so many results at the most; also when somebody only tries to."""
    vector_stores.search(context.world, context.world.act, person, query, store, max_num_results=count)


@when("{person:Person} {does:Binds} the agent {agent:Quoted} to the vector store {store:Quoted}")
@when("{person:Person} {does:Binds} the agent {agent:Quoted} from the vector store {store:Quoted}")
def bind_agent(context: Context, person, does, agent, store):
    """Let an agent search a vector store, or no longer; also when somebody only tries to."""
    place = contents.address(context.world, "vector store", store)
    method = vector_stores.BINDING_ACTIONS[does]
    context.world.act(person, method, vector_stores.BINDING, agent_key=agent, **place)


@then("{person:Person} should find the file {file:Quoted} in the vector store {store:Quoted}")
def find_file(context: Context, person, file, store):
    """The vector store shows the file, indexed."""
    vector_stores.should_hold(context.world, person, file, store)


@then("the file {file:Quoted} should not be in the vector store {store:Quoted} for {person:Person}")
def not_find_file(context: Context, file, store, person):
    """The vector store neither opens nor lists the file."""
    vector_stores.should_not_hold(context.world, person, file, store)


@then("the vector store {store:Quoted} should be as large as the one file in it")
def be_as_large_as_file(context: Context, store):
    """It has one file and takes up what that does."""
    vector_stores.should_be_as_large_as_files(context.world, "Alice", store, 1)


@then("the vector store {store:Quoted} should be empty")
def be_empty(context: Context, store):
    """It has no file and takes up nothing."""
    vector_stores.should_be_as_large_as_files(context.world, "Alice", store, 0)


@then("the list should hold {count:d} of the files")
def hold_files(context: Context, count):
    """The list of files that was asked for has so many, and says so."""
    answer = context.world.answer
    assertions.check(answer, len(assertions.field(answer, "items")), count)
    assertions.check(answer, assertions.field(answer, "total"), count)


@then("{person:Person} should find these passages")
def find_passages(context: Context, person):
    """The search that was made found exactly these, best first."""
    passages = [(row["file"], row["text"]) for row in context.table]
    vector_stores.should_find(context.world, context.world.answer, passages)


@then("{person:Person} should find nothing about {query:Quoted} in the vector store {store:Quoted}")
def find_nothing(context: Context, person, query, store):
    """A search for it has no result."""
    found = vector_stores.search(context.world, context.world.must, person, query, store)
    vector_stores.should_find(context.world, found, [])


@then("{person:Person} should find {file:Quoted} by {query:Quoted} in the vector store {store:Quoted}")
def find_by(context: Context, person, file, query, store):
    """A search for a text that the file consists of finds it."""
    found = vector_stores.search(context.world, context.world.must, person, query, store)
    assertions.check(
        found, assertions.field(found, "data.0.file_id"), context.world.recall("provider file", file)
    )


@then("the file should not be indexed yet")
def be_waiting(context: Context):
    """The file that was attached is still being worked on."""
    answer = context.world.answer
    assertions.check(answer, assertions.field(answer, "status"), "in_progress")
