"""A worker process: it runs the scenarios that it is given, and says what became of each."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from acceptance.errors import SuiteError
from acceptance.interruption import held
from acceptance.run.outcome import Outcome
from acceptance.run.sharing import News
from acceptance.verdicts.verdict import describe


@dataclass(frozen=True)
class Question:
    """A method of the session that the first process is to call."""

    method: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Answer:
    """What the method returned, or what it raised."""

    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True)
class End:
    """The last message of a worker: what went wrong, if anything, and its news; none if it never began."""

    problem: str
    news: News | None = None


class Asking:
    """Asks the first process through the worker's pipe, from any thread, and waits for the answer."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._lock = pipe, threading.Lock()

    def ask(self, method: str, *arguments: Any) -> Any:
        """Return what a method of the session returns in the first process, or raise what it raises there."""
        # An interrupted question would leave its answer in the pipe.
        with held(), self._lock:
            self._pipe.send(Question(method, arguments))
            answer: Answer = self._pipe.recv()
        if answer.error is not None:
            raise answer.error
        return answer.value


def serve(runner: Any, worker: int, pipe: Connection) -> None:
    """Run what comes through the pipe until None comes, or the first process has gone."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(_serve(runner, worker, pipe))


def _serve(runner: Any, worker: int, pipe: Connection) -> End:
    session, begun = runner.context.session, False
    try:
        runner.enter_worker()
        session.enter_worker(worker, Asking(pipe).ask)
        begun = True
        while (number := _next(runner, pipe)) is not None:
            pipe.send(_run(runner, number))
        session.end_worker()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise
    except SuiteError as error:
        return End(str(error), session.news() if begun else None)
    except Exception as error:
        return End(describe(error), session.news() if begun else None)
    return End("", session.news())


def _next(runner: Any, pipe: Connection) -> int | None:
    """Return the number of the scenario to run, or None when this process is to end."""
    try:
        with runner.interrupts.allowed():
            number: int | None = pipe.recv()
    except KeyboardInterrupt:
        return None
    return None if runner.interrupts.received else number


def _run(runner: Any, number: int) -> Outcome:
    scenario = runner.selected[number - 1]
    session = runner.context.session
    session.begun = number - 1
    _run_in_its_layers(scenario, runner)
    return Outcome.of(scenario, runner.judge(scenario), runner.recorder, runner.troubles, session.news())


def _run_in_its_layers(scenario: Any, runner: Any) -> None:
    """Run a scenario as behave does when it comes to it in its feature and rule."""
    context, layers = runner.context, list[Any]()
    above = scenario.parent
    while above is not None:
        if above.type in {"feature", "rule"}:
            layers.insert(0, above)
        above = above.parent
    for layer in layers:
        context._push(layer=layer.type)
        context.tags = set(layer.tags)
        layer._setup_context_for_run(context)
    context._set_root_attribute("active_outline", scenario._row)
    scenario.run(runner)
    for _ in layers:
        # What a cleanup raises is noted as a trouble of its layer.
        with suppress(Exception):
            context._pop()
