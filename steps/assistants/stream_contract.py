"""Replies with something special in them: searches, tools, pictures, other agents."""

from typing import Any

from behave import given, register_type, then, when
from hamcrest import contains_exactly, has_entries, is_not, not_none

from acceptance.checks import assertions
from acceptance.errors import NotOfferedError
from api_service.context import Context
from api_service.subjects.assistants import chat, workflow_runs
from api_service.subjects.assistants.chat_stream import require_rich
from api_service.subjects.assistants.stream_contract import PARTS, SIGHTS
from api_service.vocabulary import one_of, verbs

FOLLOW = "follow the reply to"
NO_FAILURE = "the target's assistant never fails"
register_type(Part=one_of(PARTS), Sight=one_of(SIGHTS), PlaysPart=verbs(workflow_runs.RUN_PATHS))


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


@when("{person:Person} tries to ask for a reply with {part:Part}")
def ask_for_part(context: Context, person, part):
    """Ask for a reply with that part and wait for it; skipped where the assistant has no such part."""
    if chat.ask(context.world, person, "ask", PARTS[part]).succeeded:
        raise NotOfferedError(NO_FAILURE)


@when("{person:Person} {verb:PlaysPart} the workflow {key:Quoted} with {part:Part}")
def start_with_part(context: Context, person, verb, key, part):
    """Run a workflow on a question for that part; skipped where the assistant has no such part."""
    answer = workflow_runs.start(context.world, person, verb, key, PARTS[part])
    if answer.succeeded and workflow_runs.run_of(answer).text:
        raise NotOfferedError(NO_FAILURE)


@then("the only run should have failed")
def have_failed(context: Context):
    """The list of runs has one, with the `status` failed and an end."""
    listed = context.world.must(context.world.answer.person, "GET", workflow_runs.RUNS)
    failed: dict[str, Any] = {"status": "failed", "ended_at": not_none()}
    assertions.check(listed, listed.body["items"], contains_exactly(has_entries(failed)))


@then("the reply should show {sight:Sight}")
def show(context: Context, sight):
    """The events of the reply are of the kinds, and in the states, that belong to the sight."""
    answer = context.world.answer
    assertions.check(answer, SIGHTS[sight](answer.events), True, f"{sight} in the events")
