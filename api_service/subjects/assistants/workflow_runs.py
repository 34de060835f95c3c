"""Runs of workflows: started or followed, found again, cancelled while they go on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.errors import NotOfferedError
from acceptance.scenarios.undo import Search
from api_service.rules.streams import is_terminal
from api_service.subjects.assistants.catalogs import CATALOGS
from api_service.subjects.assistants.chat_stream import SLOW_QUESTION
from api_service.subjects.assistants.conversations import Conversation, beginning
from api_service.subjects.assistants.event_streams import act_or_follow, objects
from api_service.world import World

RUNS = "/api/v1/workflows/runs"
RUN = f"{RUNS}/{{run_id}}"
RUN_EVENTS = f"{RUN}/replay/events"
RUN_PATHS: Mapping[str, str] = {
    "run": "/api/v1/workflows/{workflow_key}/run",
    "follow": "/api/v1/workflows/{workflow_key}/run-stream",
}
# What people do with a run: method, path, query.
RUN_CALLS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "open": ("GET", RUN, {}),
    "cancel": ("POST", f"{RUN}/cancel", {}),
    "delete": ("DELETE", RUN, {}),
    "purge": ("DELETE", RUN, {"hard": "true"}),
    "list the events of": ("GET", RUN_EVENTS, {}),
    "replay": ("GET", f"{RUN}/replay/stream", {}),
}
# By what runs are looked for: the parameter that takes a workflow's key, a run's detail or a status.
RUN_FILTERS: Mapping[str, str] = {
    "of the workflow": "workflow_key",
    "in the conversation of": "conversation_id",
    "that began before the end of": "started_before",
    "that began after the end of": "started_after",
    "that have": "run_status",
}


@dataclass
class Run:
    """A workflow run of the scenario: who started it, in which conversation, and its final text."""

    id: str
    owner: str
    conversation_id: str
    workflow_key: str
    text: str | None


def start(world: World, person: str, verb: str, workflow: str, message: str, **more: Any) -> Exchange:
    """Start a workflow as the scenario's subject; `more` are further fields of the body."""
    with _starting(world, person, workflow, message) as (said, began):
        body = {"message": said, **more}
        answer = act_or_follow(world, person, "POST", RUN_PATHS[verb], json=body, workflow_key=workflow)
        began(run_of(answer).id)
    return answer


@contextmanager
def _starting(
    world: World, person: str, workflow: str, message: str
) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Give the message for the last call of the block, which starts a run, and what is told the run's id.

    That of a person of the run is removed when the scenario ends; a newcomer's goes with the tenant.
    """
    if world.person(person).is_newcomer:
        yield message, lambda _: None
        return
    removal = "delete" if world.limits["purge_age_hours"] else "purge"
    what, (method, path, query) = f'the run of "{workflow}"', RUN_CALLS[removal]
    ids, sought = {"run_id": "workflow_run_id"}, {"workflow_key": workflow, "limit": 100}
    with beginning(world, person, message) as said:
        search = Search(RUNS, said, ids, sought, detail=RUN)
        with world.making(person, method, path, what=what, query=query, search=search) as intent:
            yield said, lambda run_id: intent.known(run_id=run_id) if run_id else None


def run_of(answer: Exchange) -> Run:
    """Return the run that an answer, or the last event of a stream, is about; what it lacks is empty."""
    parts = objects(answer) or [{}]
    workflow = next((part["workflow"] for part in parts if part.get("workflow")), parts[-1])
    final = parts[-1].get("final")
    return Run(
        id=workflow.get("workflow_run_id", ""),
        owner=answer.person,
        conversation_id=parts[-1].get("conversation_id", ""),
        workflow_key=workflow.get("workflow_key", ""),
        text=final["response_text"] if final else parts[-1].get("final_output"),
    )


def start_and_keep(world: World, person: str, verb: str, workflow: str, question: str) -> Run:
    """Start a workflow; keep the run, and the conversation that it began with its events, by the question."""
    answer = start(world, person, verb, workflow, question)
    run = run_of(answer)
    world.state.keep(question, Conversation(run.conversation_id, person, shown=answer.events))
    return world.state.keep(question, run)


def call_on(world: World, person: str, verb: str, question: str, **query: str) -> None:
    """Make one of the calls on a run of the scenario as its subject.

    Raises NotOfferedError when the run would have to grow old before its tenant may purge it.
    """
    method, path, own = RUN_CALLS[verb]
    run = world.state.find(Run, question)
    if verb == "purge" and world.person(person).tenant_id == world.person(run.owner).tenant_id:
        world.limits.require_off("purge_age_hours")
    act_or_follow(world, person, method, path, query={**own, **query}, run_id=run.id)


def read(world: World, person: str, run_id: str) -> Exchange:
    """Read a run, which has to be there."""
    return world.must(person, "GET", RUN, run_id=run_id)


def filter_query(world: World, criterion: str, value: str) -> dict[str, str]:
    """Return the query for the runs that meet a criterion; a question as value stands for its run."""
    name, run = RUN_FILTERS[criterion], world.state.all_of(Run).get(value)
    if run is None:
        return {name: value}
    if name == "conversation_id":
        return {name: run.conversation_id}
    return {name: read(world, run.owner, run.id).body["ended_at"]}


def cancel_while_going_on(world: World, person: str, workflow: str) -> None:
    """Cancel a run at its first event as the scenario's subject and follow it to its end.

    Raises NotOfferedError when a run is complete at once.
    """
    seconds = world.suite.settings.stream_timeout
    with _starting(world, person, workflow, SLOW_QUESTION["message"]) as (said, began):
        call = world.call(person, "POST", RUN_PATHS["follow"], json={"message": said}, workflow_key=workflow)
        with world.open_stream(call) as stream:
            begun = stream.read(seconds, until=lambda _: True)
            if begun and is_terminal(begun[-1]):
                raise NotOfferedError(
                    "the target's assistant replies at once, so that no run is ever going on"
                )
            run_id = begun[0]["workflow"]["workflow_run_id"]
            began(run_id)
            method, path, _ = RUN_CALLS["cancel"]
            world.act(person, method, path, run_id=run_id)
            stream.read_to_end(seconds, is_terminal)


def cursor_within(world: World, person: str, question: str) -> str:
    """Return the cursor behind the first event of a run.

    Raises NotOfferedError when the run has no second one.
    """
    run_id = world.state.find(Run, question).id
    page = world.must(person, "GET", RUN_EVENTS, query={"limit": 1}, run_id=run_id)
    if not page.body["next_cursor"]:
        raise NotOfferedError("the target's assistant sends its final event alone, so there is one page")
    return str(page.body["next_cursor"])


def described_steps(world: World, answer: Exchange) -> list[tuple[str, str, str]]:
    """Return stage, name and agent of every step that the run's workflow is described with."""
    key = run_of(answer).workflow_key
    described = world.must(answer.person, "GET", CATALOGS["workflows"].detail, workflow_key=key)
    steps = ((stage["name"], step) for stage in described.body["stages"] for step in stage["steps"])
    return [(stage, step["name"], step["agent_key"]) for stage, step in steps]


def expected_details(world: World, answer: Exchange) -> dict[str, Any]:
    """Return what a reading of the run that an answer started has to show."""
    run = run_of(answer)
    expected = {
        "user_id": world.person(answer.person).user_id,
        "request_message": answer.sent["message"],
        "conversation_id": run.conversation_id,
        "workflow_key": run.workflow_key,
        "final_output_text": run.text,
    }
    return expected if answer.events else {**expected, "steps": answer.body["steps"]}
