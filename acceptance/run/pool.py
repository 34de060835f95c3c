"""The worker processes of a run, and the one queue from which they take its scenarios."""

import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from acceptance.calls.deadlines import CLEANUP_SECONDS, UNDER_WAY_SECONDS, Deadline
from acceptance.errors import ConfigurationError
from acceptance.reports.junit import Seconds
from acceptance.run.outcome import Outcome
from acceptance.run.worker import Answer, End, Question, serve
from acceptance.verdicts.verdict import describe, title_of

SERIAL = "serial"
LOOK_SECONDS = 1.0
END_SECONDS = 5.0
# So long after the end of the run's time a worker may still clean up; none is waited for for ever.
GRACE_SECONDS = UNDER_WAY_SECONDS + 2 * CLEANUP_SECONDS


def usable_cores() -> int:
    """Return how many cores this process may use."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_hooks(hooks: Iterable[str]) -> None:
    """Raise ConfigurationError for a hook that prepares a feature: its scenarios run in several processes."""
    for name in ("before_feature", "before_rule", "before_tag"):
        if name in hooks:
            raise ConfigurationError(
                f"environment.py has {name}, which workers would not see; move it into before_scenario or "
                "before_all, or run without --jobs"
            )


def longest_first(selected: Sequence[Any], last_run: Seconds) -> Callable[[Any], tuple[bool, float]]:
    """Return the sort key of features: those that took longest in the last run first, lone scenarios last.

    A scenario that is new counts as an ordinary one.
    """
    ordinary = sum(last_run.values()) / len(last_run) if last_run else 1.0
    seconds: defaultdict[int, float] = defaultdict(float)
    alone = set()
    for one in selected:
        seconds[id(one.feature)] += last_run.get((str(one.filename), title_of(one)), ordinary)
        if SERIAL in one.effective_tags:
            alone.add(id(one.feature))
    return lambda feature: (id(feature) in alone, -seconds[id(feature)])


@dataclass
class Worker:
    """One worker process, and the scenario that it has in hand."""

    number: int
    process: BaseProcess
    pipe: Connection
    scenario: Any = None


class Pool:
    """Hands the selected scenarios to worker processes, in their order, and takes what became of them.

    The workers are forked from this process, so that they have the features, the steps and the session. A
    worker that dies is replaced. Those that are @serial come last and alone. `problems` are what went wrong
    at the end of workers.
    """

    def __init__(self, runner: Any, jobs: int) -> None:
        self._runner, self._session, self._jobs = runner, runner.context.session, jobs
        self._alone = deque(one for one in runner.selected if SERIAL in one.effective_tags)
        self._todo = deque(one for one in runner.selected if SERIAL not in one.effective_tags)
        self._workers: dict[Connection, Worker] = {}
        self._started = 0
        self._ended: set[int] = set()
        self._stopped = self._interrupted = False
        self.problems: list[str] = []

    def has_run(self, scenario: Any) -> bool:
        """Wait until a scenario has ended; return False for one that nobody will run any more.

        When the run ends here, whatever else is in hand has ended, too.
        """
        while scenario.number not in self._ended and (not self._stopped or scenario in self._in_hand):
            self._turn()
        if self._stopped:
            self._drain()
        return scenario.number in self._ended

    def close(self) -> None:
        """Hand out no more, and wait for the end of every worker."""
        self._stop()
        try:
            self._drain()
            for worker in self._workers.values():
                with suppress(OSError):
                    worker.pipe.send(None)
            while self._workers:
                self._turn()
        finally:
            # Whatever went wrong here: a worker whose pipe ends, ends as well.
            for pipe in self._workers:
                pipe.close()

    @property
    def _in_hand(self) -> list[Any]:
        return [worker.scenario for worker in self._workers.values() if worker.scenario]

    def _stop(self) -> None:
        self._stopped = True
        self._todo.clear()
        self._alone.clear()

    def _drain(self) -> None:
        while self._in_hand:
            self._turn()

    def _turn(self) -> None:
        """Hand out what can be, then take what the workers say."""
        self._hand_out()
        try:
            with self._runner.interrupts.allowed():
                ready = wait(list(self._workers), LOOK_SECONDS)
        except KeyboardInterrupt:
            ready = []
        for pipe in ready:
            self._listen(self._workers[pipe])  # type: ignore[index]  # what is waited for are connections
        if self._runner.interrupts.received and not self._interrupted:
            self._interrupted = True
            self._stop()
            self._kill(self._runner.interrupts.number)
        if time.monotonic() > Deadline.run_ends + GRACE_SECONDS:
            self._kill(signal.SIGKILL)

    def _hand_out(self) -> None:
        idle = deque(worker for worker in self._workers.values() if not worker.scenario)
        while self._todo and (idle or len(self._workers) < self._jobs):
            self._give(idle.popleft() if idle else self._start(), self._todo.popleft())
        if self._alone and not self._in_hand:
            self._give(idle.popleft() if idle else self._start(), self._alone.popleft())

    def _give(self, worker: Worker, scenario: Any) -> None:
        worker.scenario = scenario
        # One that has died is noticed when it is listened to.
        with suppress(OSError):
            worker.pipe.send(scenario.number)
        self._runner.show_workers(self._in_hand)

    def _start(self) -> Worker:
        here, there = multiprocessing.Pipe()
        others = [here, *self._workers]
        self._started += 1
        process = multiprocessing.get_context("fork").Process(
            target=_work, args=(self._runner, self._started, there, others), daemon=True
        )
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # The threads of this process touch a ledger and read a log; a worker needs none of their locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        there.close()
        worker = self._workers[here] = Worker(self._started, process, here)
        return worker

    def _kill(self, number: signal.Signals) -> None:
        for worker in self._workers.values():
            if worker.scenario or number == signal.SIGKILL:
                with suppress(ProcessLookupError):
                    os.kill(worker.process.pid or 0, number)

    def _listen(self, worker: Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        except Exception as error:
            worker.process.kill()
            self._bury(worker, f"could not be understood ({describe(error)})")
            return
        match message:
            case Question():
                self._answer(worker, message)
            case Outcome():
                self._take(worker, message)
            case End():
                self._part_with(worker, message)

    def _answer(self, worker: Worker, question: Question) -> None:
        try:
            answer = Answer(getattr(self._session, question.method)(*question.arguments))
        except Exception as error:
            answer = Answer(error=error)
        with suppress(OSError):
            worker.pipe.send(answer)

    def _take(self, worker: Worker, outcome: Outcome) -> None:
        scenario, worker.scenario = worker.scenario, None
        self._session.learn(outcome.news)
        self._runner.take(scenario, outcome)
        self._note_end(scenario)

    def _note_end(self, scenario: Any) -> None:
        self._ended.add(scenario.number)
        self._runner.show_workers(self._in_hand, scenario)
        if self._runner.should_stop(scenario):
            self._stop()

    def _part_with(self, worker: Worker, end: End) -> None:
        del self._workers[worker.pipe]
        worker.pipe.close()
        worker.process.join(END_SECONDS)
        if end.news:
            self._session.learn(end.news)
        scenario = worker.scenario
        if not scenario:
            self.problems += filter(None, [end.problem])
        elif not end.news:
            self._session.lost = f"no worker could begin ({end.problem})"
            self._stop()
        elif end.problem:
            self._runner.troubles.tell(scenario, "the worker", end.problem)
            self._note_end(scenario)
        elif not self._stopped:
            # It was interrupted alone, before it began this one.
            (self._alone if SERIAL in scenario.effective_tags else self._todo).appendleft(scenario)

    def _bury(self, worker: Worker, how: str = "") -> None:
        """Report the scenario that a worker had in hand when it died, and undo what that had made."""
        del self._workers[worker.pipe]
        worker.pipe.close()
        worker.process.join(END_SECONDS)
        scenario, stays = worker.scenario, ""
        if scenario:
            self._session.begun = scenario.number - 1
        try:
            self._session.take_over(worker.number, *_title_and_place(scenario))
        except Exception as error:
            stays = describe(error)
        death = f"its process {how or _death(worker.process.exitcode)}"
        if scenario:
            told = f"{death}; {stays or 'what it had made is undone'}"
            self._runner.troubles.tell(scenario, "the worker", told)
            self._note_end(scenario)
        elif stays:
            self.problems.append(f"{death}; {stays}")


def _work(runner: Any, worker: int, pipe: Connection, others: Sequence[Connection]) -> None:
    # Only the first process may hold its ends: when it dies, every worker has to notice.
    for other in others:
        other.close()
    serve(runner, worker, pipe)


def _title_and_place(scenario: Any) -> tuple[str, str]:
    if scenario is None:
        return "", "worker"
    return str(scenario.name), f"{scenario.location.basename()}:{scenario.location.line}"


def _death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"was killed ({signal.Signals(-exit_code).name})"
    return f"ended (exit code {exit_code})"
