"""The ledger: the events that followed replies sent, listed and replayed."""

from behave import register_type, then, when
from hamcrest import contains_exactly, empty

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import conversations
from api_service.subjects.assistants.conversations import LEDGER_EVENTS, LEDGER_STREAM, Conversation
from api_service.subjects.paging import Pages, read_pages
from api_service.vocabulary import verbs

LEDGER_PATHS = {"list the ledger": LEDGER_EVENTS, "replay the ledger": LEDGER_STREAM}
register_type(ReadsLedger=verbs(LEDGER_PATHS))


@when("{person:Person} reads the ledger of {title:Quoted}")
@when("{person:Person} reads the ledger of {title:Quoted} {size:d} event at a time")
@when("{person:Person} reads the ledger of {title:Quoted} {size:d} events at a time")
@when("{person:Person} tries to read the ledger of {title:Quoted} {size:d} events at a time")
def read_ledger(context: Context, person, title, size=500):
    """Read every page of the events in a conversation's ledger."""
    world, conversation_id = context.world, conversations.id_of(context.world, title)
    pages = read_pages(world, person, LEDGER_EVENTS, size, conversation_id=conversation_id)
    world.state.keep(title, pages)


@when("{person:Person} {verb:ReadsLedger} of {title:Quoted} from a place that does not exist")
def read_from_unknown_place(context: Context, person, verb, title):
    """Go on behind a cursor that the service never gave."""
    query = {"cursor": "no-such-place"}
    conversations.act_on(context.world, person, title, "GET", LEDGER_PATHS[verb], query=query)


@then("the ledger should hold what the reply showed, event by event")
def hold_what_was_shown(context: Context):
    """The pages of `items` hold the events that the followed replies sent, each once and in their order."""
    [(title, pages)] = context.world.state.all_of(Pages).items()
    held = [event for page in pages for event in page]
    shown = context.world.state.find(Conversation, title).shown
    assertions.check(context.world.answer, held, contains_exactly(*shown))


@then("the replay of {title:Quoted} should hold what the reply showed, event by event")
@then("the replay of the run on {title:Quoted} should hold what was shown")
def replay_what_was_shown(context: Context, title):
    """The replay sends the events that the conversation's followed replies or run sent, and closes."""
    answer, shown = context.world.answer, context.world.state.find(Conversation, title).shown
    assertions.check(answer, answer.events, contains_exactly(*shown))
    assertions.check(answer, context.world.followed.ended, "closed")


@then("the replay should hold nothing")
def replay_nothing(context: Context):
    """The replay closes without an event."""
    assertions.check(context.world.answer, context.world.answer.events, empty())
    assertions.check(context.world.answer, context.world.followed.ended, "closed")
