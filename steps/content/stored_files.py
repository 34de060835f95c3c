"""Stored files: announcing, uploading, and what their signed addresses lead to."""

from behave import given, register_type, then, when

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.content import contents, stored_files
from api_service.vocabulary import verbs

register_type(Content=contents.kind_word, Announces=verbs(["announce"]))


@given("{person:Person} has announced the stored file {title:Quoted}")
def have_announced(context: Context, person, title):
    """A text file that the service expects; its bytes have not come yet."""
    stored_files.announce(context.world, context.world.must, person, title)


@given("{person:Person} has announced {count:d} stored files")
def have_announced_many(context: Context, person, count):
    """So many announced text files, with titles from "1.txt" on."""
    for number in range(1, count + 1):
        stored_files.announce(context.world, context.world.must, person, f"{number}.txt")


@given("{person:Person} has uploaded {text:Quoted} as the stored file {title:Quoted}")
def have_uploaded(context: Context, person, text, title):
    """A text file whose bytes are in the object store; skipped where nothing can be uploaded."""
    stored_files.upload(context.world, person, title, text)


@given("{person:Person} has located the {kind:Content} {title:Quoted}")
def have_located(context: Context, person, kind, title):
    """Somebody holds a signed address of the file."""
    located = contents.act_on(context.world, context.world.must, person, "locate", kind, title)
    context.world.remember("address", title, located)


@when("{person:Person} {does:Announces} the stored file {title:Quoted} with these details")
def announce_with_details(context: Context, person, does, title):
    """Announce a file with a type, size or agent from a table; also when somebody only tries to."""
    wanted = contents.details(context.table)
    stored_files.announce(context.world, context.world.act, person, title, **wanted)


@when("{person:Person} {does:Announces} the stored file {title:Quoted} for the sample conversation")
def announce_for_conversation(context: Context, person, does, title):
    """Announce a file that belongs to the seeded sample conversation."""
    wanted = {"conversation_id": context.world.suite.cast.sample_conversation_id}
    stored_files.announce(context.world, context.world.act, person, title, **wanted)


@when("{person:Person} {does:Announces} the stored file {title:Quoted} as input of an agent")
def announce_for_agent(context: Context, person, does, title):
    """Announce a file that is going to be attached to a message; Alice cleans up."""
    path = stored_files.ANNOUNCE_FOR_AGENT
    stored_files.announce(context.world, context.world.act, person, title, path, cleaner="Alice")


@then("the text at the address should be {text:Quoted}")
def read_text(context: Context, text):
    """The signed address that was asked for leads to exactly these bytes."""
    stored_files.should_read(context.world, context.world.answer, text)


@then("the address should be good for {minutes:d} minutes")
def last(context: Context, minutes):
    """The signed address says how long it holds."""
    answer = context.world.answer
    assertions.check(answer, assertions.field(answer, "expires_in_seconds"), minutes * 60)


@then("the address of {title:Quoted} should lead nowhere")
def lead_nowhere(context: Context, title):
    """What a signed address led to is gone from the object store."""
    stored_files.should_lead_nowhere(context.world, context.world.recall("address", title))


@then("{person:Person} should find the stored file {title:Quoted} under the sample conversation alone")
def find_under_conversation(context: Context, person, title):
    """The list for the seeded sample conversation shows the file, and the list for another one does not."""
    stored_files.should_be_under(
        context.world, person, title, context.world.suite.cast.sample_conversation_id
    )
