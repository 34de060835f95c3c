"""Asking agents and waiting for their replies, and what both chat features say of a reply."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, has_length, is_not

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import chat, conversations
from api_service.subjects.assistants.chat import CHAT_PATHS, LOANS, QUESTION_FLAWS
from api_service.subjects.content.contents import KINDS, StoredFile
from api_service.vocabulary import one_of, verbs

HAVE_ASKED = {"has asked": "ask", "has followed the reply to": "follow the reply to"}
register_type(
    Asks=verbs(CHAT_PATHS),
    HasAsked=one_of(HAVE_ASKED),
    QuestionFlaw=one_of(QUESTION_FLAWS),
    Loan=one_of(LOANS),
)


@given("{person:Person} {asked:HasAsked} {message:Quoted} in the conversation {title:Quoted}")
def have_asked(context: Context, person, asked, message, title):
    """A question was answered; the first one begins the conversation."""
    reply = chat.converse(context.world, person, HAVE_ASKED[asked], title, message)
    assertions.succeeded(context.world.answer)
    assertions.check(context.world.answer, reply.text, is_not(""), "the text of the reply")


@when("{person:Person} {verb:Asks} {message:Quoted}")
@when("{person:Person} {verb:Asks} {message:Quoted} of the agent {agent:Quoted}")
@when("{person:Person} {verb:Asks} {message:Quoted} in the conversation {title:Quoted}")
def ask(context: Context, person, verb, message, agent=None, title=None):
    """Ask an agent (`agent_type`) or the default one, in a new conversation or to go on with one."""
    wanted = {"agent_type": agent} if agent else {}
    wanted |= {"conversation_id": conversations.id_of(context.world, title)} if title else {}
    chat.ask(context.world, person, verb, message, **wanted)


@when("{person:Person} {verb:Asks} {message:Quoted} with {flaw:QuestionFlaw}")
def ask_with_flaw(context: Context, person, verb, message, flaw):
    """Ask with one field of the body wrong."""
    chat.ask(context.world, person, verb, **{"message": message, **QUESTION_FLAWS[flaw]})


@when("{person:Person} {verb:Asks} {message:Quoted} with the stored file {title:Quoted}")
def ask_with_file(context: Context, person, verb, message, title):
    """Send a stored file along with the question."""
    attachments = [{"object_id": context.world.state.find(StoredFile, title).id}]
    chat.ask(context.world, person, verb, message, attachments=attachments)


@when(
    "{person:Person} {verb:Asks} {message:Quoted} of the agent {agent:Quoted} "
    "with the {kind:Loan} {title:Quoted}"
)
def ask_with_loan(context: Context, person, verb, message, agent, kind, title):
    """Let an agent search a certain vector store, or run code in a certain container, for the answer."""
    lent = context.world.state.find(KINDS[kind].content, title).id
    chat.ask(context.world, person, verb, message, agent_type=agent, **LOANS[kind](agent, lent))


@then("the question and the reply should be kept")
def be_kept(context: Context):
    """The last two messages of the conversation, read anew, are the question and the reply."""
    answer = context.world.answer
    kept = chat.read_conversation(context.world, answer)
    expected = [("user", answer.sent["message"]), ("assistant", chat.reply(answer).text)]
    assertions.check(kept, conversations.messages_of(kept)[-2:], contains_exactly(*expected))


@then("the question should be kept with the stored file {title:Quoted}")
def be_kept_with_file(context: Context, title):
    """The `attachments` of the question, read anew, are that file alone."""
    kept = chat.read_conversation(context.world, context.world.answer)
    asked = [message for message in kept.body["messages"] if message["role"] == "user"]
    sent = [attachment["object_id"] for message in asked for attachment in message["attachments"]]
    assertions.check(kept, sent, contains_exactly(context.world.state.find(StoredFile, title).id))


@then("the reply should come from the agent {agent:Quoted}")
def come_from(context: Context, agent):
    """The reply names this agent (`agent_used`, or `agent` of the final event)."""
    assertions.check(context.world.answer, chat.reply(context.world.answer).agent, agent)


@then("the conversation {title:Quoted} should hold {count:d} messages")
def hold_messages(context: Context, title, count):
    """The conversation, read anew, holds so many messages."""
    read = conversations.read(context.world, title)
    assertions.check(read, conversations.messages_of(read), has_length(count))
