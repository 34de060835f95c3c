"""Runs of workflows: started, followed, found again, replayed, removed."""

from uuid import uuid4

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, has_item, has_length, is_not, not_

from acceptance.checks import assertions
from api_service.context import Context
from api_service.rules import streams
from api_service.subjects import paging
from api_service.subjects.assistants import catalogs, chat, conversations, workflow_runs
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.workflow_runs import ACTIONS, CRITERIA, RUNS, WAYS
from api_service.vocabulary import one_of, verbs

FLAWED = {
    "an unknown attachment": {"attachments": [{"object_id": str(uuid4())}]},
    "no words": {"message": None},
}
HAVE = {"has run": "run", "has followed": "follow"}

register_type(
    Starts=verbs(WAYS),
    Started=one_of(HAVE),
    RunFlaw=one_of(FLAWED),
    RunAction=verbs(ACTIONS),
    Criterion=one_of(CRITERIA),
    Lists=verbs(["list"]),
)


@given("{person:Person} {started:Started} the workflow {key:Quoted} on {question:Quoted}")
def have_started(context: Context, person, started, key, question):
    """A run has succeeded."""
    workflow_runs.have_started(context.world, person, HAVE[started], key, question)


@given("{person:Person} has deleted the run on {question:Quoted}")
def have_deleted(context: Context, person, question):
    """A run is hidden from everybody."""
    method, path, _ = ACTIONS["delete"]
    context.world.must(person, method, path, run_id=context.world.recall("run", question))


@when("{person:Person} {way:Starts} the workflow {key:Quoted} on {question:Quoted}")
def start(context: Context, person, way, key, question):
    """Start a run in a new conversation."""
    workflow_runs.start(context.world, person, way, key, question)


@when("{person:Person} {way:Starts} the workflow {key:Quoted} on {question:Quoted} within {title:Quoted}")
def start_in_conversation(context: Context, person, way, key, question, title):
    """Start a run that goes on with a conversation."""
    conversation = context.world.recall("conversation", title)
    workflow_runs.start(context.world, person, way, key, question, conversation_id=conversation)


@when("{person:Person} {way:Starts} the workflow {key:Quoted} with {flaw:RunFlaw}")
def start_with_flaw(context: Context, person, way, key, flaw):
    """Start a run on something that it cannot work on."""
    workflow_runs.start(context.world, person, way, key, **{"message": "What is this?", **FLAWED[flaw]})


@when("{person:Person} {action:RunAction} the run on {question:Quoted}")
def act_on_run(context: Context, person, action, question):
    """Do something with a run that needs no further words."""
    workflow_runs.act(context.world, person, action, question)


@when("{person:Person} {action:RunAction} the run on {question:Quoted} from an unknown place")
def act_from_unknown_place(context: Context, person, action, question):
    """Go on behind a cursor that the service never gave."""
    workflow_runs.act(context.world, person, action, question, cursor="no-such-place")


@when("{person:Person} {action:RunAction} the run on {question:Quoted} from a place in {other:Quoted}")
def act_from_other_run(context: Context, person, action, question, other):
    """Go on in one run behind a cursor of another."""
    workflow_runs.act(
        context.world, person, action, question, cursor=workflow_runs.place_in(context.world, person, other)
    )


@when("{person:Person} reads the events of the run on {question:Quoted}, {size:d} at a time")
def read_events(context: Context, person, question, size):
    """Read every page of a run's events."""
    world, path = context.world, ACTIONS["list the events of"][1]
    pages = paging.read_pages(world, person, path, size, run_id=world.recall("run", question))
    world.remember("events of the run", question, [event for page in pages for event in page])


@when("{person:Person} {verb:Lists} the runs {criterion:Criterion} {value:Quoted}")
def list_by(context: Context, person, verb, criterion, value):
    """Ask for the runs that meet a criterion."""
    context.world.act(person, "GET", RUNS, query=CRITERIA[criterion](context.world, value))


@when("{person:Person} cancels a run of the workflow {key:Quoted} that is going on")
def cancel_while_going_on(context: Context, person, key):
    """Stop a run before its steps have answered."""
    run = workflow_runs.cancel_while_going_on(context.world, person, key)
    context.world.remember("run", "cancelled", run)


@then("the run should have answered step by step")
def answer_step_by_step(context: Context):
    """Every described step has answered, in its order, and the last answer is the outcome."""
    answer = context.world.answer
    assertions.check(
        answer, workflow_runs.steps_of(answer), workflow_runs.described_steps(context.world, answer)
    )
    texts = [step["response_text"] for step in assertions.field(answer, "steps")]
    assertions.check(answer, all(texts), True, "an answer of every step")
    assertions.check(answer, assertions.field(answer, "final_output"), texts[-1])


@then("the run should have {count:d} branches")
def have_branches(context: Context, count):
    """So many steps ran side by side, in one group and numbered from 0."""
    answer = context.world.answer
    branches = [step for step in assertions.field(answer, "steps") if step["parallel_group"]]
    assertions.check(answer, [step["branch_index"] for step in branches], list(range(count)))
    assertions.check(answer, {step["parallel_group"] for step in branches}, has_length(1))


@then("the run should be found as {status}")
def be_found(context: Context, status):
    """The run, read anew, tells what was asked, by whom and what came of it, and stands in the list."""
    world, answer = context.world, context.world.answer
    run = workflow_runs.started(world)[0]
    found = workflow_runs.read(world, answer.person, run)
    assertions.check(found, found.body, has_entries(status=status, **workflow_runs.outcome(world)))
    listed = world.must(answer.person, "GET", RUNS)
    item = has_entries(workflow_run_id=run, status=status, step_count=len(found.body["steps"]))
    assertions.check(listed, catalogs.entries(listed), has_item(item))


@then("the question of the run should be in the conversation {title:Quoted}")
def be_in_conversation(context: Context, title):
    """The run belongs to the conversation, which now holds what the run was asked."""
    world, read = context.world, conversations.read(context.world, title)
    assertions.check(world.answer, workflow_runs.started(world)[1], world.recall("conversation", title))
    asked = ("user", world.recall("question", "last"))
    assertions.check(read, conversations.messages_of(read), has_item(asked))


@then("the tenant should have {count:d} runs")
def have_runs(context: Context, count):
    """The list of whoever asked holds so many runs."""
    listed = context.world.must(context.world.answer.person, "GET", RUNS)
    assertions.check(listed, catalogs.entries(listed), has_length(count))


@then("the runs on these questions should be listed")
def be_listed(context: Context):
    """The list holds exactly these runs, in this order."""
    answer = context.world.answer
    expected = [context.world.recall("run", row["question"]) for row in context.table]
    assertions.check(answer, catalogs.names(answer, CATALOGS["workflow runs"]), contains_exactly(*expected))


@then("the run on {question:Quoted} should still be there")
def still_be_there(context: Context, question):
    """The run is as it was when it succeeded."""
    world, run = context.world, context.world.recall("run", question)
    person = world.recall("owner of the conversation", question)
    found = workflow_runs.read(world, person, run)
    assertions.check(found, found.body, has_entries(status="succeeded", request_message=question))


@then("the run on {question:Quoted} should be gone")
def be_gone(context: Context, question):
    """Nobody of the tenant finds the run any more: not alone, not in the list, not to replay it."""
    world, run = context.world, context.world.recall("run", question)
    person = world.recall("owner of the conversation", question)
    for path in (ACTIONS["open"][1], ACTIONS["list the events of"][1]):
        assertions.refused(world.look(person, "GET", path, run_id=run), 404, "NotFound")
    listed = world.must(person, "GET", RUNS)
    assertions.check(listed, catalogs.names(listed, CATALOGS["workflow runs"]), not_(has_item(run)))


@then("the cancelled run should have ended as cancelled")
def be_cancelled(context: Context):
    """The run says so, and so does the last event of its stream."""
    world, run = context.world, context.world.recall("run", "cancelled")
    found = workflow_runs.read(world, world.answer.person, run)
    assertions.check(found, found.body, has_entries(status="cancelled", ended_at=is_not(None)))
    assertions.check(world.answer, chat.problems(world), empty())
    assertions.check(world.answer, chat.final(world)["final"]["status"], "cancelled")


@then("the replay of the run on {question:Quoted} should hold what was shown")
def replay_what_was_shown(context: Context, question):
    """The replay sends the same events again and closes."""
    shown = context.world.recall("shown in the run", question)
    assertions.check(context.world.answer, chat.events(context.world), contains_exactly(*shown))
    assertions.check(context.world.answer, chat.followed(context.world).ended, "closed")


@then("the events of the run on {question:Quoted} should be what was shown")
def events_are_what_was_shown(context: Context, question):
    """The events of all pages are those that were sent, and keep the rules of a stream."""
    held = context.world.recall("events of the run", question)
    shown = context.world.recall("shown in the run", question)
    assertions.check(context.world.answer, held, contains_exactly(*shown))
    assertions.check(context.world.answer, streams.findings(held), empty())
