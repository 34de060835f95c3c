"""Messages of a conversation: read from either end, taken back."""

from behave import register_type, then, when
from hamcrest import contains_exactly, contains_inanyorder

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import conversations
from api_service.subjects.assistants.conversations import MESSAGE, MESSAGES, Conversation
from api_service.subjects.paging import Pages, read_pages
from api_service.vocabulary import one_of, verbs

DIRECTIONS = {"newest": "desc", "oldest": "asc"}
UNKNOWN_MESSAGES = {"that nobody asked": "999999999", "without a proper number": "first"}
register_type(FirstEnd=one_of(DIRECTIONS), NoMessage=one_of(UNKNOWN_MESSAGES), Retracts=verbs(["take back"]))


@when("{person:Person} reads the messages of {title:Quoted} {first:FirstEnd} first, {size:d} at a time")
def read_in_pages(context: Context, person, title, first, size):
    """Read every page of a conversation's messages in one `direction`."""
    world, query = context.world, {"direction": DIRECTIONS[first]}
    conversation_id = conversations.id_of(world, title)
    pages = read_pages(world, person, MESSAGES, size, query=query, conversation_id=conversation_id)
    world.state.keep(title, pages)


@when("{person:Person} tries to ask for a strange page of the messages of {title:Quoted}")
def ask_for_unknown_page(context: Context, person, title):
    """Ask for the page behind a cursor that the service never gave."""
    conversations.act_on(context.world, person, title, "GET", MESSAGES, query={"cursor": "no-such-page"})


@when("{person:Person} {verb:Retracts} {text:Quoted} from the conversation {title:Quoted}")
def take_back(context: Context, person, verb, text, title):
    """Delete the message with this text."""
    message_id = conversations.message_id(context.world, title, text)
    conversations.act_on(context.world, person, title, "DELETE", MESSAGE, message_id=message_id)


@when("{person:Person} {verb:Retracts} a question {named:NoMessage} from the conversation {title:Quoted}")
def take_back_unknown(context: Context, person, verb, named, title):
    """Delete a message by an id that none of the conversation has."""
    message_id = UNKNOWN_MESSAGES[named]
    conversations.act_on(context.world, person, title, "DELETE", MESSAGE, message_id=message_id)


@then("the messages should have come {first:FirstEnd} first, each once")
def come_in_order(context: Context, first):
    """The pages together hold every message of the conversation once, from one end to the other."""
    [(title, pages)] = context.world.state.all_of(Pages).items()
    whole = conversations.read(context.world, title).body["messages"]
    expected = whole if first == "oldest" else whole[::-1]
    come = [message for page in pages for message in page]
    assertions.check(context.world.answer, come, contains_exactly(*expected))


@then("every message of the conversation {title:Quoted} should have come once")
def come_once(context: Context, title):
    """The answer has the conversation's messages and no other; those of one moment may come in any order."""
    answer, known = context.world.answer, context.world.state.find(Conversation, title)
    assertions.check(answer, conversations.messages_of(answer), contains_inanyorder(*known.messages))


@then("the conversation {title:Quoted} should hold these messages")
@then("everything asked before in the conversation {title:Quoted} should be kept")
def hold_messages(context: Context, title):
    """The conversation, read anew, holds exactly the table's messages, or else all answered questions."""
    read, known = conversations.read(context.world, title), context.world.state.find(Conversation, title)
    expected = [(row["from"], row["text"]) for row in context.table] if context.table else known.messages
    assertions.check(read, conversations.messages_of(read), contains_exactly(*expected))
