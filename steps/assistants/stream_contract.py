"""Replies with something special in them: searches, tools, pictures, other agents."""

from behave import given, register_type, then, when
from hamcrest import is_not

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import chat
from api_service.subjects.assistants.chat_stream import require_rich
from api_service.subjects.assistants.stream_contract import PARTS, SIGHTS
from api_service.vocabulary import one_of

FOLLOW = "follow the reply to"
register_type(Part=one_of(PARTS), Sight=one_of(SIGHTS))


@given("{person:Person} has followed a reply with {part:Part} in the conversation {title:Quoted}")
def have_followed_part(context: Context, person, part, title):
    """A reply with that part was followed to its end."""
    reply = chat.converse(context.world, person, FOLLOW, title, PARTS[part])
    assertions.succeeded(context.world.answer)
    assertions.check(context.world.answer, reply.text, is_not(""), "the text of the reply")
    require_rich(context.world.answer, part)


@when("{person:Person} follows a reply with {part:Part}")
def follow_part(context: Context, person, part):
    """Ask for a reply with that part and follow it to its end."""
    require_rich(chat.ask(context.world, person, FOLLOW, PARTS[part]), part)


@then("the reply should show {sight:Sight}")
def show(context: Context, sight):
    """The events of the reply are of the kinds, and in the states, that belong to the sight."""
    answer = context.world.answer
    assertions.check(answer, SIGHTS[sight](answer.events), True, f"{sight} in the events")
