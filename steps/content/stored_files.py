"""Stored files: announcing, uploading, and what their signed addresses lead to."""

from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import has_length

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.context import Context
from api_service.subjects.content import contents, stored_files
from api_service.vocabulary import one_of, verbs

MEGABYTE = 1024 * 1024

FILE_FLAWS = {
    "of a forbidden type": lambda _: {"mime_type": "application/x-msdownload"},
    "one byte too large": lambda limits: {"size_bytes": limits["upload_megabytes"] * MEGABYTE + 1},
}
register_type(Announces=verbs(["announce"]), FileFlaw=one_of(FILE_FLAWS))


@given("{person:Person} has announced {count:d} stored files")
def have_announced_many(context: Context, person, count):
    """So many announced text files, with titles from "1.txt" on."""
    for number in range(1, count + 1):
        stored_files.announce(context.world, context.world.must, person, f"{number}.txt")


@given("{person:Person} has uploaded {text:Quoted} as the stored file {title:Quoted}")
def have_uploaded(context: Context, person, text, title):
    """A text file whose bytes are in the object store; skipped where nothing can be uploaded."""
    world, content = context.world, text.encode()
    announced = stored_files.announce(world, world.must, person, title, size_bytes=len(content))
    check(announced, stored_files.transfer(world, announced, content).is_success, True, "the upload")


@given("{person:Person} has located the stored file {title:Quoted}")
def have_located(context: Context, person, title):
    """The person has the signed address of the file."""
    located = contents.act_on(context.world, context.world.must, person, "locate", "stored file", title)
    context.world.state.keep(title, located)


@given("{person:Person} has announced the stored file {title:Quoted}")
@when("{person:Person} {does:Announces} the stored file {title:Quoted} with these details")
def announce(context: Context, person, title, does=None):
    """Announce a text file, or one of the table's type, size or agent, or try to; it has no bytes yet."""
    details = contents.details(context.table)
    stored_files.announce(context.world, context.world.asking(does), person, title, **details)


@when("{person:Person} {does:Announces} the stored file {title:Quoted}, {flaw:FileFlaw}")
def announce_flawed(context: Context, person, does, title, flaw):
    """Try to announce a file that the object store does not take."""
    details = FILE_FLAWS[flaw](context.world.limits)
    stored_files.announce(context.world, context.world.act, person, title, **details)


@when("{person:Person} {does:Announces} the stored file {title:Quoted} for the sample conversation")
def announce_for_conversation(context: Context, person, does, title):
    """Announce a file that belongs to the seeded sample conversation."""
    conversation = context.world.suite.cast.sample_conversation_id
    stored_files.announce(context.world, context.world.act, person, title, conversation_id=conversation)


@when("{person:Person} {does:Announces} the stored file {title:Quoted} as input of an agent")
def announce_for_agent(context: Context, person, does, title):
    """Announce a file that is going to be attached to a message; Alice cleans up."""
    path = stored_files.ANNOUNCE_FOR_AGENT
    stored_files.announce(context.world, context.world.act, person, title, path, cleaner="Alice")


@then("the text at the address should be {text:Quoted}")
def read_text(context: Context, text):
    """The signed address of the answer leads to exactly these bytes."""
    found = stored_files.transfer(context.world, context.world.answer)
    check(context.world.answer, (found.status_code, found.content), (200, text.encode()))


@then("the address should be good for the usual time")
def last(context: Context):
    """The answer's `expires_in_seconds` is what the deployment gives every signed address."""
    answer = context.world.answer
    check(answer, field(answer, "expires_in_seconds"), context.world.limits["signed_link_seconds"])


@then("the address of {title:Quoted} should lead nowhere")
def lead_nowhere(context: Context, title):
    """The signed address that was valid before is answered with 404 by the object store."""
    located = context.world.state.find(Exchange, title)
    check(located, stored_files.transfer(context.world, located).status_code, 404)


@then("{person:Person} should find the stored file {title:Quoted} under the sample conversation alone")
def find_under_conversation(context: Context, person, title):
    """The list for the seeded sample conversation has the file; the list for an unknown one does not."""
    world = context.world
    for conversation, count in ((context.world.suite.cast.sample_conversation_id, 1), (str(uuid4()), 0)):
        listing = contents.listed(world, person, "stored file", conversation_id=conversation)
        check(listing, contents.shown(world, listing, "stored file", title), has_length(count))
