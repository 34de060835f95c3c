"""How one scenario of a run is run, in this process or in a worker, and what became of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from behave.model_type import Status
from behave.runner import Runner

from acceptance.reports.recorder import Recorder
from acceptance.reports.terminal_progress import ProgressFormatter
from acceptance.run.outcome import Outcome, show
from acceptance.run.pool import Pool
from acceptance.run.signals import Interrupts
from acceptance.verdicts.known_issues import KnownIssues
from acceptance.verdicts.verdict import Troubles, Verdict, judge, title_of, with_known_issue

if TYPE_CHECKING:
    # A dry run needs none of what a session imports.
    from acceptance.run.session import Session


class ScenarioRunner(Runner):  # type: ignore[misc]  # behave is untyped
    """behave's runner as far as it is about single scenarios: `selected`, each with its `number` from 1."""

    recorder: Recorder

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.interrupts = Interrupts()
        self.troubles = Troubles()
        self.known_issues = KnownIssues(())
        self.session: Session | None = None
        self.selected: list[Any] = []
        self._verdicts: dict[int, Verdict] = {}
        # Where worker processes run the scenarios; these have none.
        self._pool: Pool | None = None

    def attend(self, jobs: int) -> None:
        """Have known failures look at what they hide, and only a red verdict count as a failure to behave."""
        for number, scenario in enumerate(self.selected, 1):
            scenario.number = number
            scenario.continue_after_failed_step = bool(self.known_issues.about(title_of(scenario)))
            scenario.run = partial(self._run_one, scenario, scenario.run)
        self._pool = Pool(self, jobs) if jobs > 1 else None

    def part_with_workers(self) -> list[str]:
        """Wait for the end of every worker, if there are any; return what went wrong at their ends."""
        if self._pool:
            self._pool.close()
        return self._pool.problems if self._pool else []

    def _run_one(self, scenario: Any, run: Callable[[Any], bool], runner: Any) -> bool:
        """Run a scenario; return whether a run with --stop, or without a service, ends here."""
        if not self._pool:
            run(runner)
        elif self._pool.has_run(scenario):
            show(scenario, self)
        if self._pool and self.interrupts.received:
            self.abort(reason="KeyboardInterrupt")
        verdict = self._verdicts[id(scenario)] = self.judge(scenario)
        return verdict.red or bool(self.session and self.session.lost)

    def enter_worker(self) -> None:
        """Go on in a forked process, which writes no report and whose scenarios it runs itself."""
        self._pool = None
        self.interrupts.enter_worker()
        del self.context._stack[:-1]
        self.config.reporters.clear()
        self.formatters[:] = [self.recorder]
        for scenario in self.selected:
            self.recorder.attend(scenario)

    def take(self, scenario: Any, outcome: Outcome) -> None:
        """Take over a scenario that has ended in a worker."""
        self._verdicts[id(scenario)] = outcome.apply(scenario, self.recorder, self.troubles)
        undefined = (one for one in scenario.all_steps if one.status is Status.undefined)
        self.undefined_steps.extend(undefined)

    def should_stop(self, scenario: Any) -> bool:
        """Return whether no more scenarios are handed out, now that this one has ended in a worker."""
        lost = bool(self.session and self.session.is_lost())
        self.config.stop |= lost
        return lost or (self.config.stop and self.judge(scenario).red)

    def show_workers(self, in_hand: Sequence[Any], ended: Any = None) -> None:
        """Show which scenarios the workers have in hand, and count one that has ended."""
        for formatter in self.formatters:
            if isinstance(formatter, ProgressFormatter):
                formatter.at_work(in_hand, ended)

    def judge(self, scenario: Any) -> Verdict:
        """Return how a scenario ended."""
        if known := self._verdicts.get(id(scenario)):
            return known
        if self.interrupts.received:
            not_run = f"not run: {self.interrupts.reason}"
        elif self.session and self.session.lost:
            not_run = f"not run: {self.session.lost}"
        elif self.config.stop:
            not_run = "not run: the run stopped at its first failure (--stop)"
        else:
            not_run = "not run: the run was aborted"
        return with_known_issue(judge(scenario, self.troubles, not_run), self.known_issues)
