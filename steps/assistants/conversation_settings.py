"""Title and memory of a conversation."""

from collections.abc import Iterable, Mapping

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.calls.event_stream import END_MARK
from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import catalogs, conversations
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.conversations import MEMORY, TITLE
from api_service.vocabulary import one_of, verbs

LONGEST_TITLE = "Long " * 25 + "end"
INVALID_TITLES = {"empty": "", "blank": "   ", "too long": f"{LONGEST_TITLE}s", "no text": 7}
SETTINGS = ("mode", "max_user_turns", "keep_last_turns", "compact_trigger_turns", "compact_keep")
SWITCHES = ("clear_tool_inputs", "memory_injection")
VALUES = {"yes": True, "no": False, "none": None}
register_type(
    RenamesConversation=verbs(["rename"]),
    GivesTitle=verbs(["give"]),
    InvalidTitle=one_of(INVALID_TITLES),
    SetsMemory=verbs(["set"]),
)


@given("{person:Person} has renamed the conversation {title:Quoted} to {new:Quoted}")
@when("{person:Person} {verb:RenamesConversation} the conversation {title:Quoted} to {new:Quoted}")
@when("{person:Person} {verb:GivesTitle} the conversation {title:Quoted} the longest title")
def rename(context: Context, person, title, verb=None, new=LONGEST_TITLE):
    """Give the conversation another title (`display_name`), or try to; the longest has 128 characters."""
    ask, conversation_id = context.world.asking(verb), conversations.id_of(context.world, title)
    ask(person, "PATCH", TITLE, json={"display_name": new}, conversation_id=conversation_id)


@when("{person:Person} {verb:GivesTitle} the conversation {title:Quoted} a title that is {flaw:InvalidTitle}")
def give_invalid_title(context: Context, person, verb, title, flaw):
    """Send a `display_name` that breaks one rule of titles."""
    body = {"display_name": INVALID_TITLES[flaw]}
    conversations.act_on(context.world, person, title, "PATCH", TITLE, json=body)


@given("{person:Person} has set the memory of the conversation {title:Quoted}")
@when("{person:Person} {verb:SetsMemory} the memory of the conversation {title:Quoted}")
def set_memory(context: Context, person, title, verb=None):
    """Change the memory settings of the table and no other, or try to."""
    ask, conversation_id = context.world.asking(verb), conversations.id_of(context.world, title)
    ask(person, "PATCH", MEMORY, json=_settings(context.table), conversation_id=conversation_id)


def _settings(table: Iterable[Mapping[str, str]] | None):
    return {row["setting"].replace(" ", "_"): _value(row["value"]) for row in table or ()}


def _value(text):
    return int(text) if text.isdigit() else VALUES.get(text, text)


@then("the conversation {title:Quoted} should be titled {expected:Quoted}")
@then("the conversation {title:Quoted} should have the longest title")
def be_titled(context: Context, title, expected=LONGEST_TITLE):
    """The `display_name` of the conversation, read anew and in the list, is exactly this title."""
    read = conversations.read(context.world, title)
    assertions.check(read, assertions.field(read, "display_name"), expected)
    listed = context.world.must(read.person, "GET", CATALOGS["conversations"].path)
    titles = {one["conversation_id"]: one["display_name"] for one in catalogs.entries(listed)}
    assertions.check(listed, titles, has_entries({conversations.id_of(context.world, title): expected}))


@then("the title {expected:Quoted} should have come, and then the end")
def have_come(context: Context, expected):
    """The events of the stream are the title and `[DONE]`; then it closes."""
    assertions.check(context.world.answer, context.world.answer.events, [expected, END_MARK])
    assertions.check(context.world.answer, context.world.followed.ended, "closed")


@then("the memory of the conversation {title:Quoted} should be set to")
@then("the memory of the conversation {title:Quoted} should be set to nothing")
def have_memory(context: Context, title):
    """The settings of the table are in force and every other one is null, which leaves it to the agent."""
    memory = conversations.read_memory(context.world, title)
    assertions.check(memory, memory.body, {**dict.fromkeys(SETTINGS + SWITCHES), **_settings(context.table)})
