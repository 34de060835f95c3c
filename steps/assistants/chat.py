"""Asking agents, and what their replies come to."""

from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_length

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects import rate_limits
from api_service.subjects.assistants import catalogs, chat, conversations, stream_contract
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.chat import WAYS
from api_service.subjects.assistants.stream_contract import PARTS, SIGHTS
from api_service.vocabulary import one_of, verbs

FLAWS = {
    "an unknown attachment": {"attachments": [{"object_id": str(uuid4())}]},
    "a store without a name": {"vector_store_overrides": {"triage": {}}},
    "two ways to name a store": {
        "vector_store_overrides": {"triage": {"vector_store_id": "one", "vector_store_ids": ["two"]}}
    },
    "an unknown kind of memory": {"memory_strategy": {"mode": "nostalgia"}},
    "no words": {"message": None},
}
HAVE = {"has asked": "ask", "has followed the reply to": "follow the reply to"}

register_type(
    Asks=verbs(WAYS),
    Asked=one_of(HAVE),
    WithFlaw=one_of(FLAWS),
    Part=one_of(PARTS),
    Sight=one_of(SIGHTS),
)


@given("{person:Person} {asked:Asked} {message:Quoted} in the conversation {title:Quoted}")
def have_asked(context: Context, person, asked, message, title):
    """A question was answered; the first one begins the conversation."""
    chat.converse(context.world, person, HAVE[asked], title, message)


@given("{person:Person} has followed a reply with {part:Part} in the conversation {title:Quoted}")
def have_followed_part(context: Context, person, part, title):
    """A reply with something special in it was followed to its end."""
    chat.converse(context.world, person, "follow the reply to", title, PARTS[part])
    stream_contract.require_rich(chat.events(context.world), part)


@given("{person:Person} has left {times:d} replies at their first event")
def have_left_early(context: Context, person, times):
    """Somebody opened replies, one after the other, and did not stay."""
    rate_limits.leave_early(context.world, person, times)


@when("{person:Person} {way:Asks} {message:Quoted}")
def ask(context: Context, person, way, message):
    """Ask whoever answers first, in a new conversation."""
    chat.ask(context.world, person, way, message)


@when("{person:Person} {way:Asks} {message:Quoted} of the agent {agent:Quoted}")
def ask_agent(context: Context, person, way, message, agent):
    """Ask a certain agent, in a new conversation."""
    chat.ask(context.world, person, way, message, agent_type=agent)


@when("{person:Person} {way:Asks} {message:Quoted} in the conversation {title:Quoted}")
def ask_in_conversation(context: Context, person, way, message, title):
    """Go on with a conversation."""
    conversation = context.world.recall("conversation", title)
    chat.ask(context.world, person, way, message, conversation_id=conversation)


@when("{person:Person} {way:Asks} {message:Quoted} with {flaw:WithFlaw}")
def ask_with_flaw(context: Context, person, way, message, flaw):
    """Ask something that cannot be asked."""
    chat.ask(context.world, person, way, **{"message": message, **FLAWS[flaw]})


@when("{person:Person} {way:Asks} {message:Quoted} with the stored file {title:Quoted}")
def ask_with_file(context: Context, person, way, message, title):
    """Send a stored file along with the question."""
    attachments = [{"object_id": context.world.recall("stored file", title)}]
    chat.ask(context.world, person, way, message, attachments=attachments)


@when("{person:Person} follows a reply with {part:Part}")
def follow_part(context: Context, person, part):
    """Ask for a reply with something special in it and follow it to its end."""
    chat.ask(context.world, person, "follow the reply to", PARTS[part])
    stream_contract.require_rich(chat.events(context.world), part)


@when("{person:Person} asks in the conversation {title:Quoted} until that is refused")
def ask_until_refused(context: Context, person, title):
    """Ask one question after the other."""
    conversation = context.world.recall("conversation", title)
    answered = rate_limits.ask_until_refused(context.world, person, "ask", conversation)
    context.world.remember("answered questions", title, answered)


@when("{person:Person} follows replies in the conversation {title:Quoted} until that is refused")
def follow_until_refused(context: Context, person, title):
    """Follow one reply after the other."""
    conversation = context.world.recall("conversation", title)
    answered = rate_limits.ask_until_refused(context.world, person, "follow the reply to", conversation)
    context.world.remember("answered questions", title, answered)


@when("{person:Person} tries to follow another reply while {limit:d} are still being written")
def follow_one_too_many(context: Context, person, limit):
    """Follow one reply more than somebody may follow at the same time."""
    rate_limits.follow_one_too_many(context.world, person, limit)


@then("the question and the reply should be kept")
def be_kept(context: Context):
    """The conversation ends with what was asked and what came back."""
    world, reply = context.world, chat.reply(context.world)
    kept = chat.kept(world, reply.conversation_id)
    asked = ("user", world.recall("question", "last"))
    assertions.check(
        kept, conversations.messages_of(kept)[-2:], contains_exactly(asked, ("assistant", reply.text))
    )


@then("the question should be kept with the stored file {title:Quoted}")
def be_kept_with_file(context: Context, title):
    """The question, read anew, names the file that went along with it."""
    world = context.world
    kept = chat.kept(world, chat.reply(world).conversation_id)
    asked = [message for message in kept.body["messages"] if message["role"] == "user"]
    sent = [attachment["object_id"] for message in asked for attachment in message["attachments"]]
    assertions.check(kept, sent, contains_exactly(world.recall("stored file", title)))


@then("the reply should come from the agent {agent:Quoted}")
def come_from(context: Context, agent):
    """The reply says who gave it."""
    assertions.check(context.world.answer, chat.reply(context.world).agent, agent)


@then("the reply should arrive in order and finish")
def finish(context: Context):
    """The events keep every rule, and the last one says that the reply is complete."""
    assertions.check(context.world.answer, chat.problems(context.world), empty())
    assertions.check(context.world.answer, chat.final(context.world)["final"]["status"], "completed")


@then("the reply should show {sight:Sight}")
def show(context: Context, sight):
    """Something special is to be seen in the events."""
    seen = SIGHTS[sight](chat.events(context.world))
    assertions.check(context.world.answer, seen, True, f"{sight} in the events")


@then("the reply should be a refusal")
def be_refusal(context: Context):
    """The events keep every rule, and the last one says that the assistant refused."""
    assertions.check(context.world.answer, chat.problems(context.world), empty())
    assertions.check(context.world.answer, chat.final(context.world)["final"]["status"], "refused")


@then("the reply should end with an error")
def end_with_error(context: Context):
    """The events keep every rule, and the last one is an error."""
    assertions.check(context.world.answer, chat.problems(context.world), empty())
    assertions.check(context.world.answer, chat.events(context.world)[-1]["kind"], "error")


@then("the reply should end with the error {message:Quoted}")
def end_with_error_message(context: Context, message):
    """The events keep every rule, and the last one is this error."""
    assertions.check(context.world.answer, chat.problems(context.world), empty())
    error = chat.events(context.world)[-1].get("error") or {}
    assertions.check(context.world.answer, error.get("message"), message)


@then("everything asked before in the conversation {title:Quoted} should be kept")
def everything_kept(context: Context, title):
    """Each question that was answered is there with its reply, and the refused one is not."""
    answered = context.world.recall("answered questions", title)
    before = len(context.world.recall("messages of the conversation", title))
    read = conversations.read(context.world, title)
    assertions.check(read, conversations.messages_of(read), has_length(before + 2 * answered))


@then("the conversation {title:Quoted} should hold {count:d} messages")
def hold_messages(context: Context, title, count):
    """The conversation, read anew, holds so many messages."""
    read = conversations.read(context.world, title)
    assertions.check(read, conversations.messages_of(read), has_length(count))


@then("the tenant should have {count:d} conversations")
def have_conversations(context: Context, count):
    """The list of whoever asked holds so many conversations."""
    listed = context.world.must(context.world.answer.person, "GET", CATALOGS["conversations"].path)
    assertions.check(listed, catalogs.entries(listed), has_length(count))
