"""Title and memory of a conversation."""

from behave import given, register_type, then, when
from hamcrest import has_entries

from acceptance.calls.event_stream import END_MARK
from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import catalogs, conversations
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.conversations import ACTIONS, MEMORY
from api_service.vocabulary import one_of, verbs

TITLE = ACTIONS["rename"][1]
LONGEST = "Long " * 25 + "end"
FLAWED = {"empty": "", "blank": "   ", "too long": f"{LONGEST}s", "no text": 7}
SETTINGS = (
    "mode",
    "max_user_turns",
    "keep_last_turns",
    "compact_trigger_turns",
    "compact_keep",
    "clear_tool_inputs",
    "memory_injection",
)

WORDS = {"yes": True, "no": False, "none": None}

register_type(Renames=verbs(["rename"]), Sets=verbs(["set"]), Flaw=one_of(FLAWED), Gives=verbs(["give"]))


@given("{person:Person} has renamed the conversation {title:Quoted} to {new:Quoted}")
def have_renamed(context: Context, person, title, new):
    """The conversation has a title of its own."""
    conversation = context.world.recall("conversation", title)
    context.world.must(person, "PATCH", TITLE, json={"display_name": new}, conversation_id=conversation)


@given("{person:Person} has set the memory of the conversation {title:Quoted}")
def have_set_memory(context: Context, person, title):
    """The memory settings of the table are in force."""
    conversation = context.world.recall("conversation", title)
    context.world.must(person, "PATCH", MEMORY, json=_settings(context), conversation_id=conversation)


@when("{person:Person} {verb:Renames} the conversation {title:Quoted} to {new:Quoted}")
def rename(context: Context, person, verb, title, new):
    """Give the conversation another title."""
    conversation = context.world.recall("conversation", title)
    context.world.act(person, "PATCH", TITLE, json={"display_name": new}, conversation_id=conversation)


@when("{person:Person} {verb:Gives} the conversation {title:Quoted} a title that is {flaw:Flaw}")
def give_flawed_title(context: Context, person, verb, title, flaw):
    """Try a title that is none."""
    conversation = context.world.recall("conversation", title)
    body = {"display_name": FLAWED[flaw]}
    context.world.act(person, "PATCH", TITLE, json=body, conversation_id=conversation)


@when("{person:Person} gives the conversation {title:Quoted} the longest title")
def give_longest_title(context: Context, person, title):
    """Use every character that a title may have."""
    conversation = context.world.recall("conversation", title)
    context.world.act(person, "PATCH", TITLE, json={"display_name": LONGEST}, conversation_id=conversation)


@when("{person:Person} {verb:Sets} the memory of the conversation {title:Quoted}")
def set_memory(context: Context, person, verb, title):
    """Change the memory settings of the table and no other."""
    conversation = context.world.recall("conversation", title)
    context.world.act(person, "PATCH", MEMORY, json=_settings(context), conversation_id=conversation)


def _settings(context: Context):
    return {row["setting"].replace(" ", "_"): _value(row["value"]) for row in context.table}


def _value(text):
    return int(text) if text.isdigit() else WORDS.get(text, text)


@then("the conversation {title:Quoted} should be titled {expected:Quoted}")
def be_titled(context: Context, title, expected):
    """The conversation itself and the list show the title."""
    _check_title(context, title, expected)


@then("the conversation {title:Quoted} should have the longest title")
def have_longest_title(context: Context, title):
    """No character of the title is lost."""
    _check_title(context, title, LONGEST)


def _check_title(context: Context, title, expected):
    world = context.world
    read = conversations.read(world, title)
    assertions.check(read, assertions.field(read, "display_name"), expected)
    person, identifier = read.person, world.recall("conversation", title)
    listed = world.must(person, "GET", CATALOGS["conversations"].path)
    titles = {one["conversation_id"]: one["display_name"] for one in catalogs.entries(listed)}
    assertions.check(listed, titles, has_entries({identifier: expected}))


@then("the title {expected:Quoted} should have come, and then the end")
def have_come(context: Context, expected):
    """The stream carries the title and the end mark, and closes."""
    stream = context.world.stream
    assertions.check(context.world.answer, [*stream.payloads, *stream.after_terminal], [expected, END_MARK])
    assertions.check(context.world.answer, stream.ended, "closed")


@then("the memory of the conversation {title:Quoted} should be set to")
def memory_is(context: Context, title):
    """The settings of the table are in force and every other one is left to the agent."""
    memory = conversations.memory_of(context.world, title)
    assertions.check(memory, memory.body, {**dict.fromkeys(SETTINGS), **_settings(context)})


@then("the memory of the conversation {title:Quoted} should be set to nothing")
def memory_is_unset(context: Context, title):
    """Every setting is left to the agent."""
    memory = conversations.memory_of(context.world, title)
    assertions.check(memory, memory.body, dict.fromkeys(SETTINGS))
