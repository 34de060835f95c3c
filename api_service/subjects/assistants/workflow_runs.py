"""Runs of workflows: started or followed, found again, cancelled while they go on."""

from collections.abc import Callable, Mapping
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.checks import assertions
from acceptance.contract.document import EVENT_STREAM
from acceptance.errors import NotOfferedError
from api_service.rules.streams import is_terminal
from api_service.subjects import event_streams
from api_service.subjects.assistants import chat
from api_service.subjects.rate_limits import SLOW
from api_service.world import World

RUNS = "/api/v1/workflows/runs"
RUN = f"{RUNS}/{{run_id}}"
WAYS: Mapping[str, str] = {
    "run": "/api/v1/workflows/{workflow_key}/run",
    "follow": "/api/v1/workflows/{workflow_key}/run-stream",
}
# What people do with a run, with the query that it takes.
ACTIONS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "open": ("GET", RUN, {}),
    "cancel": ("POST", f"{RUN}/cancel", {}),
    "delete": ("DELETE", RUN, {}),
    "purge": ("DELETE", RUN, {"hard": "true"}),
    "list the events of": ("GET", f"{RUN}/replay/events", {}),
    "replay": ("GET", f"{RUN}/replay/stream", {}),
}
# By what runs are looked for: the query of a criterion with its value, a run's question or a word.
CRITERIA: Mapping[str, Callable[[World, str], dict[str, str]]] = {
    "of the workflow": lambda world, key: {"workflow_key": key},
    "in the conversation of": lambda world, question: {
        "conversation_id": world.recall("conversation", question)
    },
    "that began before the end of": lambda world, value: {"started_before": _end(world, value)},
    "that began after the end of": lambda world, value: {"started_after": _end(world, value)},
    "that have": lambda world, status: {"run_status": status},
}


def start(world: World, person: str, way: str, workflow: str, message: Any, **more: Any) -> None:
    """Start a workflow as the scenario's subject; `more` are further fields of its input."""
    world.remember("question", "last", message)
    body = {"message": message, **more}
    event_streams.ask(world, person, "POST", WAYS[way], json=body, workflow_key=workflow)
    if "conversation_id" not in more:
        chat.delete_begun(world, person)
    begun = [run for event in chat.sent_back(world) if (run := _run_of(event))]
    if begun and not world.person(person).is_newcomer:
        what, (method, path, query) = f'the run of "{workflow}"', ACTIONS["purge"]
        world.undo(person, method, path, what=what, query=query, run_id=begun[0])


def _run_of(event: Mapping[str, Any]) -> Any:
    return event.get("workflow_run_id") or (event.get("workflow") or {}).get("workflow_run_id")


def have_started(world: World, person: str, way: str, workflow: str, question: str) -> None:
    """Have a run succeed and remember it, its conversation and what was shown under its question.

    Raises AssertionError when it does not succeed.
    """
    start(world, person, way, workflow, question)
    assertions.succeeded(world.answer)
    shown = chat.events(world) if WAYS[way] == WAYS["follow"] else []
    run, conversation = started(world)
    world.remember("run", question, run)
    world.remember("conversation", question, conversation)
    world.remember("owner of the conversation", question, person)
    world.remember("shown in the run", question, shown)


def started(world: World) -> tuple[str, str]:
    """Return the ids of the run that was just started and of its conversation."""
    answer = world.answer
    if answer.media_type == EVENT_STREAM:
        last = chat.final(world)
        return last["workflow"]["workflow_run_id"], last["conversation_id"]
    return assertions.field(answer, "workflow_run_id"), assertions.field(answer, "conversation_id")


def act(world: World, person: str, action: str, question: str, **query: Any) -> None:
    """Do something with a run of the scenario as its subject."""
    method, path, own = ACTIONS[action]
    run = world.recall("run", question)
    event_streams.ask(world, person, method, path, query={**own, **query}, run_id=run)


def read(world: World, person: str, run: str) -> Exchange:
    """Read a run, which has to be there."""
    return world.must(person, "GET", RUN, run_id=run)


def cancel_while_going_on(world: World, person: str, workflow: str) -> str:
    """Cancel a run at its first event as the scenario's subject, follow it to its end and return its id.

    Raises NotOfferedError when a run is complete at once.
    """
    seconds = world.suite.settings.stream_timeout
    call = world.call(person, "POST", WAYS["follow"], json=SLOW, workflow_key=workflow)
    with world.open_stream(call) as stream:
        begun = stream.read(seconds, until=lambda _: True)
        if begun and is_terminal(begun[-1]):
            raise NotOfferedError("the target's assistant replies at once, so that no run is ever going on")
        run: str = begun[0]["workflow"]["workflow_run_id"]
        world.act(person, "POST", ACTIONS["cancel"][1], run_id=run)
        stream.read_to_end(seconds, is_terminal)
    return run


def place_in(world: World, person: str, question: str) -> str:
    """Return the place behind the first event of a run.

    Raises NotOfferedError when the run has no second one.
    """
    path, run = ACTIONS["list the events of"][1], world.recall("run", question)
    page = world.must(person, "GET", path, query={"limit": 1}, run_id=run)
    if not page.body["next_cursor"]:
        raise NotOfferedError("the target's assistant sends its final event alone, so there is one page")
    return str(page.body["next_cursor"])


def _end(world: World, value: str) -> str:
    if not world.knows("run", value):
        return value
    person = world.recall("owner of the conversation", value)
    return str(read(world, person, world.recall("run", value)).body["ended_at"])


def steps_of(answer: Exchange) -> list[tuple[str, str, str]]:
    """Return stage, name and agent of every step that has answered."""
    return [(one["stage_name"], one["name"], one["agent_key"]) for one in assertions.field(answer, "steps")]


def described_steps(world: World, answer: Exchange) -> list[tuple[str, str, str]]:
    """Return stage, name and agent of every step that the run's workflow is described with."""
    key = assertions.field(answer, "workflow_key")
    described = world.must(answer.person, "GET", "/api/v1/workflows/{workflow_key}", workflow_key=key)
    return [
        (stage["name"], step["name"], step["agent_key"])
        for stage in described.body["stages"]
        for step in stage["steps"]
    ]


def outcome(world: World) -> dict[str, Any]:
    """Return what a reading of the run that was just started has to tell."""
    answer = world.answer
    told = {
        "user_id": world.person(answer.person).user_id,
        "request_message": world.recall("question", "last"),
        "conversation_id": started(world)[1],
    }
    if answer.media_type == EVENT_STREAM:
        last = chat.final(world)
        key, text = last["workflow"]["workflow_key"], last["final"]["response_text"]
        return {**told, "workflow_key": key, "final_output_text": text}
    came = {name: assertions.field(answer, name) for name in ("workflow_key", "steps")}
    return {**told, **came, "final_output_text": assertions.field(answer, "final_output")}
