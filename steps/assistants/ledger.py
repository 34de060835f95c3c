"""The ledger: what replies showed, listed and replayed."""

from behave import register_type, then, when
from hamcrest import contains_exactly, empty

from acceptance.checks import assertions
from api_service.context import Context
from api_service.rules import streams
from api_service.subjects import event_streams, paging
from api_service.subjects.assistants import chat
from api_service.subjects.assistants.conversations import ACTIONS
from api_service.vocabulary import verbs

LEDGERS = {
    "list the ledger": ACTIONS["list the ledger of"][1],
    "replay the ledger": ACTIONS["replay the ledger of"][1],
}

register_type(ReadsLedger=verbs(LEDGERS))


@when("{person:Person} reads the ledger of {title:Quoted}")
@when("{person:Person} reads the ledger of {title:Quoted} {size:d} event at a time")
@when("{person:Person} reads the ledger of {title:Quoted} {size:d} events at a time")
@when("{person:Person} tries to read the ledger of {title:Quoted} {size:d} events at a time")
def read_ledger(context: Context, person, title, size=500):
    """Read every page of a conversation's ledger; also when somebody only tries to."""
    world, path = context.world, LEDGERS["list the ledger"]
    conversation = world.recall("conversation", title)
    pages = paging.read_pages(world, person, path, size, conversation_id=conversation)
    world.remember("ledger", "read", (title, [event for page in pages for event in page]))


@when("{person:Person} {way:ReadsLedger} of {title:Quoted} from a place that does not exist")
def read_from_strange_place(context: Context, person, way, title):
    """Go on behind a cursor that the service never gave."""
    conversation = context.world.recall("conversation", title)
    query = {"cursor": "no-such-place"}
    event_streams.ask(context.world, person, "GET", LEDGERS[way], query=query, conversation_id=conversation)


@then("the ledger should hold what the reply showed, event by event")
def hold_what_was_shown(context: Context):
    """The ledger's events are those that were sent, and each stream in it keeps the rules."""
    title, held = context.world.recall("ledger", "read")
    shown = context.world.recall("shown in the conversation", title)
    assertions.check(context.world.answer, held, contains_exactly(*shown))
    broken = [finding for one in streams.by_stream(held) for finding in streams.findings(one)]
    assertions.check(context.world.answer, broken, empty())


@then("the replay of {title:Quoted} should hold what the reply showed, event by event")
def replay_what_was_shown(context: Context, title):
    """The replay sends the same events again and closes."""
    shown = context.world.recall("shown in the conversation", title)
    assertions.check(context.world.answer, chat.events(context.world), contains_exactly(*shown))
    assertions.check(context.world.answer, chat.followed(context.world).ended, "closed")


@then("the replay should hold nothing")
def replay_nothing(context: Context):
    """The replay closes without an event."""
    assertions.check(context.world.answer, chat.events(context.world), empty())
    assertions.check(context.world.answer, chat.followed(context.world).ended, "closed")
