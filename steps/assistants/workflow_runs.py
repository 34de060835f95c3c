"""Runs of workflows: started, followed, listed, replayed, removed (also run lists and replays)."""

from behave import given, register_type, then, when
from hamcrest import contains_exactly, empty, has_entries, has_item, has_length, is_not

from acceptance.checks import assertions
from api_service.context import Context
from api_service.subjects.assistants import catalogs, chat_stream, conversations
from api_service.subjects.assistants import workflow_runs as runs
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.chat import INPUT_FLAWS
from api_service.subjects.assistants.conversations import Conversation
from api_service.subjects.assistants.event_streams import final_status
from api_service.subjects.assistants.workflow_runs import RUN, RUN_CALLS, RUN_EVENTS, RUNS, Run
from api_service.subjects.paging import Pages, read_pages
from api_service.vocabulary import one_of, verbs

HAVE_STARTED = {"has run": "run", "has followed": "follow"}
register_type(
    StartsRun=verbs(runs.RUN_PATHS),
    HasStarted=one_of(HAVE_STARTED),
    InputFlaw=one_of(INPUT_FLAWS),
    RunCall=verbs(RUN_CALLS),
    RunFilter=one_of(runs.RUN_FILTERS),
    ListsRuns=verbs(["list"]),
)


@given("{person:Person} {started:HasStarted} the workflow {key:Quoted} on {question:Quoted}")
def have_started(context: Context, person, started, key, question):
    """A run has succeeded, with a final text."""
    run = runs.start_and_keep(context.world, person, HAVE_STARTED[started], key, question)
    assertions.succeeded(context.world.answer)
    assertions.check(context.world.answer, bool(run.id and run.text), True, "a run with a final text")


@given("{person:Person} has deleted the run on {question:Quoted}")
def have_deleted(context: Context, person, question):
    """A run was deleted but not purged: it is hidden from everybody."""
    method, path, _ = RUN_CALLS["delete"]
    context.world.must(person, method, path, run_id=context.world.state.find(Run, question).id)


@when("{person:Person} {verb:StartsRun} the workflow {key:Quoted} on {question:Quoted}")
@when("{person:Person} {verb:StartsRun} the workflow {key:Quoted} on {question:Quoted} within {title:Quoted}")
def start(context: Context, person, verb, key, question, title=""):
    """Start a run in a new conversation, or one that goes on with a conversation."""
    known = {"conversation_id": conversations.id_of(context.world, title)} if title else {}
    runs.start(context.world, person, verb, key, question, **known)


@when("{person:Person} {verb:StartsRun} the workflow {key:Quoted} with {flaw:InputFlaw}")
def start_with_flaw(context: Context, person, verb, key, flaw):
    """Start a run with one field of the body wrong."""
    runs.start(context.world, person, verb, key, **{"message": "Why?", **INPUT_FLAWS[flaw]})


@when("{person:Person} {verb:RunCall} the run on {question:Quoted}")
def call_on_run(context: Context, person, verb, question):
    """Open, cancel, delete, purge or replay a run, or list its events."""
    runs.call_on(context.world, person, verb, question)


@when("{person:Person} {verb:RunCall} the run on {question:Quoted} from an unknown place")
def call_from_unknown_place(context: Context, person, verb, question):
    """Go on behind a cursor that the service never gave."""
    runs.call_on(context.world, person, verb, question, cursor="no-such-place")


@when("{person:Person} {verb:RunCall} the run on {question:Quoted} from a place in {other:Quoted}")
def call_from_other_run(context: Context, person, verb, question, other):
    """Go on in one run behind a cursor of another."""
    cursor = runs.cursor_within(context.world, person, other)
    runs.call_on(context.world, person, verb, question, cursor=cursor)


@when("{person:Person} reads the events of the run on {question:Quoted}, {size:d} at a time")
def read_events(context: Context, person, question, size):
    """Read every page of a run's events."""
    world, run_id = context.world, context.world.state.find(Run, question).id
    world.state.keep(question, read_pages(world, person, RUN_EVENTS, size, run_id=run_id))


@when("{person:Person} {verb:ListsRuns} the runs {criterion:RunFilter} {value:Quoted}")
def list_by(context: Context, person, verb, criterion, value):
    """Ask for the runs of a workflow, conversation, time or status."""
    query = runs.filter_query(context.world, criterion, value)
    context.world.act(person, "GET", RUNS, query=query)


@when("{person:Person} cancels a run of the workflow {key:Quoted} that is going on")
def cancel_while_going_on(context: Context, person, key):
    """Stop a run before its steps have answered."""
    runs.cancel_while_going_on(context.world, person, key)


@then("the run should have answered step by step")
def answer_step_by_step(context: Context):
    """The steps are those that the workflow describes, all with a text; the last is the `final_output`."""
    answer = context.world.answer
    steps = assertions.field(answer, "steps")
    done = [(step["stage_name"], step["name"], step["agent_key"]) for step in steps]
    assertions.check(answer, done, runs.described_steps(context.world, answer))
    texts = [step["response_text"] for step in steps]
    assertions.check(answer, all(texts), True, "an answer of every step")
    assertions.check(answer, assertions.field(answer, "final_output"), texts[-1])


@then("the run should have {count:d} branches")
def have_branches(context: Context, count):
    """So many steps have a `parallel_group`, the same for all; their `branch_index` counts from 0."""
    answer = context.world.answer
    branches = [step for step in assertions.field(answer, "steps") if step["parallel_group"]]
    assertions.check(answer, [step["branch_index"] for step in branches], list(range(count)))
    assertions.check(answer, {step["parallel_group"] for step in branches}, has_length(1))


@then("the run should be found as {status}")
def be_found(context: Context, status):
    """The run, read anew, has this status, what was asked, by whom, and the output; the list has it, too."""
    world, answer = context.world, context.world.answer
    run_id, expected = runs.run_of(answer).id, runs.expected_details(world, answer)
    found = runs.read(world, answer.person, run_id)
    assertions.check(found, found.body, has_entries(status=status, **expected))
    listed = world.must(answer.person, "GET", RUNS)
    item = has_entries(workflow_run_id=run_id, status=status, step_count=len(found.body["steps"]))
    assertions.check(listed, catalogs.entries(listed), has_item(item))


@then("the question of the run should be in the conversation {title:Quoted}")
def be_in_conversation(context: Context, title):
    """The run's `conversation_id` is that conversation's, which now holds what the run was asked."""
    answer, read = context.world.answer, conversations.read(context.world, title)
    conversation_id = conversations.id_of(context.world, title)
    assertions.check(answer, runs.run_of(answer).conversation_id, conversation_id)
    assertions.check(read, conversations.messages_of(read), has_item(("user", answer.sent["message"])))


@then("the runs on these questions should be listed")
def be_listed(context: Context):
    """The list holds exactly these runs, in this order."""
    answer = context.world.answer
    expected = [context.world.state.find(Run, row["question"]).id for row in context.table]
    assertions.check(answer, catalogs.names(answer, CATALOGS["workflow runs"]), contains_exactly(*expected))


@then("the run on {question:Quoted} should still be there")
def still_be_there(context: Context, question):
    """The run's `status` is "succeeded" and its `request_message` the question."""
    run = context.world.state.find(Run, question)
    found = runs.read(context.world, run.owner, run.id)
    assertions.check(found, found.body, has_entries(status="succeeded", request_message=question))


@then("the run on {question:Quoted} should be gone")
def be_gone(context: Context, question):
    """Whoever started the run finds neither it nor its events, and it is not in the list."""
    world, run = context.world, context.world.state.find(Run, question)
    for path in (RUN, RUN_EVENTS):
        assertions.refused(world.look(run.owner, "GET", path, run_id=run.id), 404, "NotFound")
    listed = world.must(run.owner, "GET", RUNS)
    assertions.check(listed, catalogs.names(listed, CATALOGS["workflow runs"]), is_not(has_item(run.id)))


@then("the cancelled run should have ended as cancelled")
def be_cancelled(context: Context):
    """The `status` of the run, and of the final event of its stream, is "cancelled"; it has an `ended_at`."""
    world, answer = context.world, context.world.answer
    found = runs.read(world, answer.person, answer.call.values["run_id"])
    assertions.check(found, found.body, has_entries(status="cancelled", ended_at=is_not(None)))
    assertions.check(answer, chat_stream.problems(world), empty())
    assertions.check(answer, final_status(world.followed.exchange), "cancelled")


@then("the events of the run on {question:Quoted} should be what was shown")
def events_are_what_was_shown(context: Context, question):
    """The pages of `items` hold the events that the run sent, each once and in their order."""
    held = [event for page in context.world.state.find(Pages, question) for event in page]
    shown = context.world.state.find(Conversation, question).shown
    assertions.check(context.world.answer, held, contains_exactly(*shown))
