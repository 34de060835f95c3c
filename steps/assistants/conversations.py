"""Conversations: kept, listed, opened, deleted."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, has_item, is_not

from acceptance.checks import assertions
from acceptance.errors import NotOfferedError
from api_service.context import Context
from api_service.people.seed import SAMPLE_MESSAGES
from api_service.subjects.assistants import catalogs, conversations
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.conversations import CONVERSATION, CONVERSATION_CALLS, Conversation
from api_service.subjects.new_tenants import found_tenant
from api_service.subjects.paging import Pages
from api_service.vocabulary import one_of, verbs

register_type(ConversationCall=verbs(CONVERSATION_CALLS), ConversationStatus=one_of(["active", "archived"]))


@given("{person:Person} has an {status:ConversationStatus} conversation {title:Quoted}")
@given("{person:Person} has an {status:ConversationStatus} conversation {title:Quoted} with these messages")
def have_conversation(context: Context, person, status, title):
    """A conversation in the person's tenant, with the messages of the table or a question and a reply."""
    messages = context.table or conversations.SMALL_TALK
    conversations.seed_conversation(context.world, person, title, messages, status=status)


@given("{person:Person} has begun the conversation {title:Quoted}")
@given("{person:Person} has begun the conversation {title:Quoted} with these messages")
def have_begun(context: Context, person, title):
    """A conversation that the person began, so that only they can take messages back."""
    messages = context.table or conversations.SMALL_TALK
    conversations.seed_conversation(context.world, person, title, messages, begun=True)


@given("{person:Person} has an active conversation {title:Quoted} about {word:Quoted}")
def have_topic(context: Context, person, title, word):
    """A conversation in which a word is said."""
    messages = [{"from": "user", "text": f"Tell me about {word}, please."}]
    conversations.seed_conversation(context.world, person, title, messages)


@given("{person:Person} has a conversation {title:Quoted} with the agent {agent:Quoted}")
def have_with_agent(context: Context, person, title, agent):
    """A conversation whose `agent_entrypoint` is this agent."""
    conversations.seed_conversation(context.world, person, title, agent_entrypoint=agent)


@given("{person:Person} owns the new tenant {title:Quoted} with {count:d} conversations")
def own_tenant_with_conversations(context: Context, person, title, count):
    """A tenant of this scenario's own, with conversations in it, one later than the other."""
    found_tenant(context.world, title, [(person, "owner")])
    conversations.seed_conversations(context.world, person, title, count)


@when("{person:Person} {verb:ConversationCall} the conversation {title:Quoted}")
def call_on_conversation(context: Context, person, verb, title):
    """Make a call on a conversation, with a fixed body where it needs one."""
    method, path, body = CONVERSATION_CALLS[verb]
    question = {"message_id": conversations.message_id(context.world, title)} if "{message" in path else {}
    conversations.act_on(context.world, person, title, method, path, json=body, **question)


@when("{person:Person} opens the sample conversation")
def open_sample(context: Context, person):
    """Open the conversation that every run seeds."""
    sample = context.world.suite.cast.sample_conversation_id
    context.world.act(person, "GET", CONVERSATION, conversation_id=sample)


@when("{person:Person} lists the conversations of the agent {agent:Quoted}")
def list_of_agent(context: Context, person, agent):
    """Ask for the conversations that began with an agent."""
    context.world.act(person, "GET", CATALOGS["conversations"].path, query={"agent": agent})


@then("these messages should be shown")
@then("the sample messages should be shown")
def show_messages(context: Context):
    """The answer holds exactly the messages of the table, or without one those that every run seeds."""
    answer, table = context.world.answer, context.table
    expected = [(row["from"], row["text"]) for row in table] if table else SAMPLE_MESSAGES
    assertions.check(answer, conversations.messages_of(answer), contains_exactly(*expected))


@then("the conversation {title:Quoted} {expected:Should} be among them")
def be_listed(context: Context, title, expected):
    """The list shows the conversation, or does not."""
    answer, listed = context.world.answer, has_item(conversations.id_of(context.world, title))
    shown = catalogs.names(answer, CATALOGS["conversations"])
    assertions.check(answer, shown, listed if expected else is_not(listed))


@then("the conversation {title:Quoted} should be listed like this")
def be_listed_like(context: Context, title):
    """The entry of the conversation has the status, agent, message count and preview of the table."""
    answer, [row] = context.world.answer, context.table
    expected = {
        "conversation_id": conversations.id_of(context.world, title),
        "status": row["state"],
        "agent_entrypoint": row["agent"],
        "message_count": int(row["messages"]),
        "last_message_preview": row["last message"],
    }
    assertions.check(answer, catalogs.entries(answer), has_item(has_entries(expected)))


@then("the match {title:Quoted} should show {text:Quoted}")
def match_shows(context: Context, title, text):
    """The `preview` of the match, and the last message's, is this text; the list of conversations agrees."""
    answer = context.world.answer
    identifier = conversations.id_of(context.world, title)
    expected = has_entries(conversation_id=identifier, preview=text, last_message_preview=text)
    assertions.check(answer, catalogs.entries(answer), has_item(expected))
    # What two answers tell of one thing is compared whenever both were read.
    context.world.must(answer.person, "GET", CATALOGS["conversations"].path)


@then("{count:d} conversations should have come")
def have_come(context: Context, count):
    """The pages together hold so many conversations, each once, and the last names no other."""
    answer, pages = context.world.answer, context.world.state.find(Pages, "conversations")
    assertions.check(answer, assertions.field(answer, "next_cursor"), None)
    come = [one["conversation_id"] for page in pages for one in page]
    assertions.check(answer, (len(come), len(set(come))), (count, count), "entries, conversations")


@then("the conversation {title:Quoted} should no longer exist")
def be_gone(context: Context, title):
    """The owner of the tenant finds the conversation neither by its id nor in the list."""
    world, gone = context.world, context.world.state.find(Conversation, title)
    assertions.refused(world.look(gone.owner, "GET", CONVERSATION, conversation_id=gone.id), 404, "NotFound")
    listed = world.must(gone.owner, "GET", CATALOGS["conversations"].path)
    assertions.check(listed, catalogs.names(listed, CATALOGS["conversations"]), is_not(has_item(gone.id)))


@then("the conversation {title:Quoted} should still be as it was")
def be_unchanged(context: Context, title):
    """Messages, `display_name` and memory `mode` of the conversation are those that it was made with."""
    read = conversations.read(context.world, title)
    expected = context.world.state.find(Conversation, title).messages
    assertions.check(read, conversations.messages_of(read), contains_exactly(*expected))
    assertions.check(read, read.body["display_name"], is_not(conversations.NEW_TITLE))
    memory = conversations.read_memory(context.world, title)
    assertions.check(memory, memory.body["mode"], None)


@then("the events should agree with the conversation {title:Quoted}")
def events_agree(context: Context, title):
    """The events list every message in order, each reply with its agent, model and response id, all new."""
    answer, said = context.world.answer, context.world.state.find(Conversation, title).messages
    if not catalogs.entries(answer):
        raise NotOfferedError("the target's assistant leaves no events in its conversations")
    noted = [(item["role"], item["content_text"]) for item in catalogs.entries(answer)]
    assertions.check(answer, noted, contains_exactly(*said))
    expected = conversations.followed_replies(context.world, title)
    assertions.check(answer, conversations.replies_in(answer), contains_exactly(*expected))
    times = [item["timestamp"] for item in catalogs.entries(answer)]
    assertions.check(answer, conversations.old_times(answer, times), empty(), "events of long ago")
