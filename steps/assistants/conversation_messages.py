"""Messages of a conversation: read from either end, taken back."""

from behave import register_type, then, when
from hamcrest import contains_exactly

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects import paging
from api_service.subjects.assistants import conversations
from api_service.subjects.assistants.conversations import ACTIONS
from api_service.vocabulary import one_of, verbs

MESSAGES = ACTIONS["list the messages of"][1]
ORDERS = {"newest": "desc", "oldest": "asc"}
STRANGE_NUMBERS = {"that nobody asked": "999999999", "without a proper number": "first"}

register_type(EndFirst=one_of(ORDERS), StrangeNumber=one_of(STRANGE_NUMBERS), TakesBack=verbs(["take back"]))


@when("{person:Person} reads the messages of {title:Quoted} {order:EndFirst} first, {size:d} at a time")
def read_pages(context: Context, person, title, order, size):
    """Read every page of a conversation's messages."""
    world = context.world
    conversation = world.recall("conversation", title)
    query = {"direction": ORDERS[order]}
    found = paging.read_pages(world, person, MESSAGES, size, query=query, conversation_id=conversation)
    world.remember("pages of", "messages", (title, found))


@when("{person:Person} tries to ask for a strange page of the messages of {title:Quoted}")
def ask_for_strange_page(context: Context, person, title):
    """Ask for the page behind a cursor that the service never gave."""
    conversation = context.world.recall("conversation", title)
    context.world.act(person, "GET", MESSAGES, query={"cursor": "no-such-page"}, conversation_id=conversation)


@when("{person:Person} {verb:TakesBack} {text:Quoted} from the conversation {title:Quoted}")
def take_back(context: Context, person, verb, text, title):
    """Delete the message with this text."""
    method, path, _ = ACTIONS["take back a question from"]
    message = conversations.message_id(context.world, title, text)
    conversation = context.world.recall("conversation", title)
    context.world.act(person, method, path, conversation_id=conversation, message_id=message)


@when(
    "{person:Person} {verb:TakesBack} a question {named:StrangeNumber} from the conversation {title:Quoted}"
)
def take_back_strange(context: Context, person, verb, named, title):
    """Delete a message that is none of the conversation's."""
    method, path, _ = ACTIONS["take back a question from"]
    conversation = context.world.recall("conversation", title)
    number = STRANGE_NUMBERS[named]
    context.world.act(person, method, path, conversation_id=conversation, message_id=number)


@then("the messages should have come {order:EndFirst} first, each once")
def come_in_order(context: Context, order):
    """The pages together hold every message of the conversation once, from one end to the other."""
    title, pages = context.world.recall("pages of", "messages")
    whole = conversations.read(context.world, title).body["messages"]
    expected = whole if order == "oldest" else whole[::-1]
    come = [message for page in pages for message in page]
    assertions.check(context.world.answer, come, contains_exactly(*expected))


@then("the conversation {title:Quoted} should hold these messages")
def hold_messages(context: Context, title):
    """The conversation, read anew, holds exactly the messages of the table."""
    read = conversations.read(context.world, title)
    expected = [(row["from"], row["text"]) for row in context.table]
    assertions.check(read, conversations.messages_of(read), contains_exactly(*expected))
