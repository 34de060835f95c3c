"""The suite's own calls are judged: cleanups, sign-outs, seed and health that are not what they say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from acceptance.calls.exchange import Exchange
from acceptance.errors import SuiteError, TargetError
from acceptance.prove.campaign import open_stage
from acceptance.prove.effect_faults import Known, NotDone
from acceptance.prove.faults import Fault, Html, ServerError, WrongStatus
from acceptance.prove.field_faults import Changed, FieldLost, FieldNull
from acceptance.prove.own_calls import (
    DOCUMENT,
    Cleanup,
    Harness,
    NothingServed,
    Page,
    Residue,
    SignOutResidue,
)
from acceptance.scenarios.undo import CLEANUP, Undo
from api_service.people.accounts import KEYS, SESSION, TOKEN
from api_service.people.seed import APPLY
from api_service.people.tenants import DEPROVISION
from api_service.settings import Settings
from api_service.subjects.assistants.conversations import seed_conversation
from api_service.subjects.assistants.workflow_runs import start
from api_service.subjects.content import contents, stored_files
from api_service.subjects.new_tenants import found_tenant
from api_service.undoing import undoing
from api_service.world import World

DELETES = {
    "conversation": "/api/v1/conversations/{conversation_id}",
    "stored file": "/api/v1/storage/objects/{object_id}",
    "vector store": "/api/v1/vector-stores/{vector_store_id}",
    "container": "/api/v1/containers/{container_id}",
    "workflow run": "/api/v1/workflows/runs/{run_id}",
}
UNDOING = {**{kind: f"DELETE {path}" for kind, path in DELETES.items()}, "tenant": f"POST {DEPROVISION}"}
MAKING: Mapping[str, Callable[[World], Any]] = {
    "conversation": lambda world: seed_conversation(world, "Alice", "Holiday plans"),
    "stored file": lambda world: stored_files.announce(world, world.must, "Alice", "Plan"),
    "vector store": lambda world: contents.create(world, world.must, "Alice", "vector store", "Guide"),
    "container": lambda world: contents.create(world, world.must, "Alice", "container", "Desk"),
    "workflow run": lambda world: start(world, "Alice", "run", "analysis_code", "How is it?"),
    "tenant": lambda world: found_tenant(world, "Nimbus", [("Nina", "owner")]),
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Iterator[Any]:
    """A run on the embedded service, behind a proxy; `undone` holds a good answer to each cleanup."""
    opened = open_stage(Settings.load({}), tmp_path_factory.mktemp("reports"), Known())
    undone: dict[str, Exchange] = {}

    def note(exchange: Exchange) -> None:
        if exchange.person == CLEANUP:
            undone[exchange.operation.name] = exchange

    opened.session.listeners.append(note)
    for kind in MAKING:
        assert after(opened, kind) == ""
    opened.session.end()
    yield SimpleNamespace(session=opened.session, proxy=opened.proxy, undone=dict(undone))
    opened.close()


def operation(stage: Any, name: str) -> Any:
    return stage.session.contract.operation(*name.split(" "))


def after(stage: Any, kind: str) -> str:
    """Make something and clean it up; return what that says, and what is left behind without a fault."""
    world = stage.session.begin(f"A {kind} is made", "own.feature:1")
    MAKING[kind](world)
    try:
        world.clean_up()
    except AssertionError as error:
        return str(error)
    stage.proxy.armed = None
    return "\n".join(stage.session.left_behind(stage.session.inventories()))


def under(stage: Any, fault: Fault, do: Callable[[], Any]) -> Any:
    stage.proxy.armed = fault
    try:
        return do()
    finally:
        stage.proxy.armed = None
        assert fault.times_met


@pytest.mark.parametrize("kind", MAKING)
def test_a_cleanup_that_says_yes_and_does_nothing_is_residue(stage, kind):
    recorded = stage.undone[UNDOING[kind]]
    fault = Residue.around(NotDone(recorded.operation, recorded=recorded))
    said = under(stage, fault, lambda: after(stage, kind))
    assert f"is still there; made by: A {kind} is made" in said
    assert after(stage, kind) == "", "what was told of is not told again"


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        *((kind, Page) for kind in MAKING),
        *((kind, WrongStatus) for kind in MAKING),
        ("tenant", Html),
        ("tenant", lambda asked: Changed(asked, ("id",))),
        ("tenant", lambda asked: FieldLost(asked, ("status",))),
    ],
)
def test_a_cleanup_that_is_answered_otherwise_is_said(stage, kind, make):
    fault = Cleanup.around(make(operation(stage, UNDOING[kind])))
    assert "was left behind: " in under(stage, fault, lambda: after(stage, kind))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        (f"DELETE {SESSION}", lambda asked: FieldLost(asked, ("message",))),
        (f"DELETE {SESSION}", lambda asked: FieldLost(asked, ("data",))),
        (f"DELETE {SESSION}", Html),
        (f"POST {TOKEN}", lambda asked: FieldLost(asked, ("session_id",))),
        (f"GET {KEYS}", Html),
        (f"POST {APPLY}", Html),
        (f"POST {APPLY}", WrongStatus),
        (f"POST {APPLY}", lambda asked: Changed(asked, ("tenants", "*", "users", "*", "user_id"))),
        (f"POST {APPLY}", lambda asked: FieldNull(asked, ("tenants", "*", "plan_code"))),
        (
            f"POST {APPLY}",
            lambda asked: FieldLost(asked, ("tenants", "smoke", "users", "alice@smoke.example.com")),
        ),
        ("GET /health", Html),
        ("GET /health", lambda asked: FieldLost(asked, ("timestamp",))),
        ("GET /health", ServerError),
    ],
)
def test_a_run_does_not_begin_or_end_well_with_such_an_answer(stage, name, make):
    whole_run(stage)
    with pytest.raises(SuiteError):
        under(stage, Harness.around(make(operation(stage, name))), lambda: whole_run(stage))
    whole_run(stage)


@pytest.mark.parametrize("kind", [Page, WrongStatus, ServerError, NothingServed])
def test_a_run_does_not_begin_with_such_a_document(stage, kind):
    with pytest.raises(SuiteError, match=r"openapi\.json"):
        under(stage, Harness.around(kind(DOCUMENT)), lambda: whole_run(stage))


def test_a_sign_out_that_does_nothing_is_residue(stage):
    asked = operation(stage, f"DELETE {SESSION}")
    answers: list[Exchange] = []
    stage.session.listeners.append(answers.append)
    whole_run(stage)
    recorded = next(one for one in answers if one.operation is asked)
    fault = SignOutResidue.around(NotDone(asked, recorded=recorded))
    with pytest.raises(SuiteError, match="made by: the suite, which signed it out"):
        under(stage, fault, lambda: whole_run(stage))


def test_a_sweep_that_cannot_sign_out_says_so(stage):
    person = stage.session.suite.cast.people["Alice"]
    config = replace(stage.session.settings, base_url=stage.session.connection.base_url)

    def sweep() -> None:
        with undoing(config) as send:
            assert send(Undo(person.caller, "GET", "/api/v1/users/me")).succeeded

    with pytest.raises(TargetError, match="expected the sweep to be signed out"):
        under(stage, Harness.around(ServerError(operation(stage, f"DELETE {SESSION}"))), sweep)
    sweep()


def whole_run(stage: Any) -> None:
    """Begin a run, have somebody signed in, and end it."""
    stage.session.prepare(everybody=False)
    world = stage.session.begin("Somebody is signed in", "own.feature:2")
    world.must("Alice", "GET", "/api/v1/users/me")
    stage.session.end()
