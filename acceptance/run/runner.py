"""behave's runner for this suite: honest exit codes, reports for every run, and no lost cleanup."""

import contextlib
import io
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from behave.runner import the_step_registry
from rich.console import Console

from acceptance.calls.deadlines import Deadline
from acceptance.errors import ConfigurationError, NothingRanError, SuiteError, unwritable
from acceptance.reports import github, junit
from acceptance.reports.allure import suite_versions
from acceptance.reports.masked_output import masked_output, obeyed
from acceptance.reports.terminal_progress import ProgressFormatter
from acceptance.reports.terminal_summary import dry_summary, print_summary
from acceptance.reports.writer import Claim, Reports, prepare
from acceptance.run import project
from acceptance.run.budget import exceeded, is_strict
from acceptance.run.error_messages import BEHAVE_ERRORS, about_behave, about_loading, end, say
from acceptance.run.feature_checks import check_features, check_files
from acceptance.run.hook_guards import GuardedSteps, guard_cleanups, guard_hooks
from acceptance.run.pool import check_hooks, longest_first, usable_cores
from acceptance.run.scenario_runner import ScenarioRunner
from acceptance.run.step_files import area_folders
from acceptance.run.tags import check_tags, expressions, misspelt_tag
from acceptance.verdicts.empty_runs import hollow_reason
from acceptance.verdicts.verdict import Status, describe, title_of

if TYPE_CHECKING:
    # A dry run needs none of what a session imports.
    from acceptance.run.session import Session

MOMENT = 0.001
CATALOGUES = ("steps", "tags", "sphinx")


class AcceptanceRunner(ScenarioRunner):
    """Exit codes: 0 all well, 1 something failed, 2 configuration, 3 nothing ran, 4 target."""

    reports_folder = Path("reports")

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self._started = time.monotonic()
        # The reports name every skip; behave would print some of them in the middle of the progress.
        logging.getLogger("behave").setLevel(logging.ERROR)

    def open_session(self) -> "Session":
        """Return the session of this run. Raises SuiteError."""
        everybody = not _is_filtered(self.config)
        session: Session = project.current().open_session(self.reports_folder, everybody=everybody)
        return session

    def run_timeout(self) -> tuple[float, str]:
        """Return the seconds that the run may take, and the setting that says so. Raises SuiteError."""
        config = project.current().settings.load()
        return config.run_timeout, config.name_of("run_timeout")

    def budget(self) -> tuple[float, str]:
        """Return the seconds that the run should take (0 for any), and the setting that says so."""
        config = project.current().settings.load()
        return config.budget, config.name_of("budget")

    def gate_tags(self) -> Iterable[str]:
        """Return the tags of all gates."""
        return project.current().gates

    def run(self) -> bool:
        """Run; return whether something failed. Raises SystemExit for every other exit code."""
        if any(name.split(".")[0] in CATALOGUES for name in self.config.format):
            self.config.dry_run = True
        with masked_output(self.config.outputs), self.interrupts:
            try:
                return bool(super().run())
            except SuiteError as error:
                end(str(error), error.exit_code)
            except tuple(BEHAVE_ERRORS) as error:
                end(about_behave(error), ConfigurationError.exit_code)
            except KeyboardInterrupt as error:
                end(f"{error}, before its first scenario", SuiteError.exit_code)

    def load_hooks(self, filename: str | None = None) -> None:
        """Load environment.py. Raises ConfigurationError when that fails."""
        _load(lambda: super(AcceptanceRunner, self).load_hooks(filename))
        guard_hooks(self.hooks, self.interrupts, self.troubles)

    def load_step_definitions(self, extra_step_paths: list[str] | None = None) -> None:
        """Load the step files. Raises ConfigurationError when that fails."""
        paths = [*area_folders(Path(self.base_dir)), *(extra_step_paths or ())]
        _load(lambda: super(AcceptanceRunner, self).load_step_definitions(paths))

    def feature_locations(self) -> list[Any]:
        """Return where the features to run are. Raises ConfigurationError for a file that cannot be read."""
        locations: list[Any] = super().feature_locations()
        check_files(location.filename for location in locations)
        return locations

    def run_model(self, features: list[Any] | None = None) -> bool:
        """Check the features, then run them between opening and closing the session."""
        check_tags(self.features, self.gate_tags())
        check_features(self.features)
        is_strict(self.config.userdata)
        misspelt = misspelt_tag(expressions(self.config), self.gate_tags())
        selected = self._selected()
        if not selected and not self.config.dry_run:
            raise NothingRanError(f"no scenario ran: {misspelt or 'nothing matches what was asked for'}")
        if misspelt:
            raise ConfigurationError(misspelt)
        if self.config.dry_run:
            return self._look(selected, features)
        return self._run_selected(selected, features)

    def _run_selected(self, selected: list[Any], features: list[Any] | None) -> bool:
        last_run = junit.seconds_of_last_run(self.reports_folder / junit.PLACE)
        jobs = min(self.config.jobs or usable_cores(), len(selected))
        if jobs > 1:
            check_hooks(self.hooks)
            self.features.sort(key=longest_first(selected, last_run))
        self.selected = self._selected()
        self._claim_reports()
        prepare(self.reports_folder)
        reports = self._attach_reports(last_run, jobs)
        self.context.session = session = self.session = self._open(reports)
        self.known_issues = session.known_issues
        self.attend(jobs)
        session.scenario_tags = {str(one.name): frozenset(map(str, one.effective_tags)) for one in selected}
        try:
            failed = super().run_model(features)
        finally:
            # A formatter that raises leaves cleanups undone; after an ordinary end none are left.
            try:
                self.context._do_remaining_cleanups()
            finally:
                problems = self.part_with_workers()
                close_error = _close(session)
        for problem in problems:
            reports.report_run("The end of a worker", problem)
        return self._conclude(bool(failed), reports, session, close_error)

    def _look(self, selected: list[Any], features: list[Any] | None) -> bool:
        """Match the steps without running any. behave's own totals would call untested features failed."""
        self.config.reporters.clear()
        failed = bool(super().run_model(features))
        print("\n".join(dry_summary(selected, self.undefined_steps)))
        return failed

    def run_hook_with_capture(self, hook_name: str, *args: Any, **kwargs: Any) -> bool:
        """Run a hook; what a failing one printed goes to the reports, not into the middle of the progress."""
        shown = io.StringIO() if self.should_capture_hook(hook_name) else sys.stdout
        with contextlib.redirect_stdout(shown):
            return bool(super().run_hook_with_capture(hook_name, *args, **kwargs))

    def _open(self, reports: Reports) -> "Session":
        try:
            with self.interrupts.allowed():
                self._limit_time(*self.run_timeout())
                return self.open_session()
        except (SuiteError, KeyboardInterrupt) as error:
            if isinstance(error, KeyboardInterrupt):
                error = SuiteError(f"{error}, before its first scenario")
            reports.report_run("The start of the run", str(error))
            self._publish(reports, self._environment())
            raise error from None

    def _limit_time(self, seconds: float, setting: str) -> None:
        left = max(seconds - self._seconds(), MOMENT)
        Deadline.run_ends = time.monotonic() + left
        self.interrupts.after(left, f"the run took longer than {seconds:g} s ({setting})")

    def _claim_reports(self) -> None:
        """Have the reports folder, or one of this run's own while another run writes there."""
        try:
            self._claim = Claim(self.reports_folder)
        except OSError as error:
            raise unwritable(self.reports_folder, error) from error
        if self._claim.folder != self.reports_folder:
            beside = f"another run writes to {self.reports_folder}/; this one writes to {self._claim.folder}/"
            print(f"note: {beside}", file=sys.stderr)
            self.reports_folder = self._claim.folder

    def _selected(self) -> list[Any]:
        scenarios = (scenario for feature in self.features for scenario in feature.walk_scenarios())
        return [scenario for scenario in scenarios if scenario.should_run(self.config)]

    def _attach_reports(self, last_run: junit.Seconds, jobs: int) -> Reports:
        guard_cleanups(self.context, self.troubles)
        # The reports name every failed cleanup; behave would print its traceback as well.
        self.context.on_cleanup_error = self.context.ignore_cleanup_error
        self.step_registry = GuardedSteps(the_step_registry, self.interrupts)
        reports = Reports(self.reports_folder, self.config, self.selected, self.judge, self.troubles)
        self.recorder = reports.recorder
        if jobs == 1:
            self.formatters.append(self.recorder)
        for formatter in self.formatters:
            if isinstance(formatter, ProgressFormatter):
                formatter.expect(self.selected, self.judge, last_run)
        # Instead of behave's own: its JUnit files hide no secret, its summary adds up the time of steps.
        self.config.reporters[:] = [reports]
        return reports

    def _conclude(self, failed: bool, reports: Reports, session: "Session", close_error: str | None) -> bool:
        if close_error:
            reports.report_run("The end of the run", close_error)
        for title, fault in session.complaints().items():
            reports.report_run(title, fault, Status.FAILED)
        for problem in (*self._unmatched_issues(), *session.outdated()):
            reports.report_run("Known issues", problem)
        missed = any(verdict.status is Status.NOT_RUN for verdict in reports.verdicts)
        failed = failed or missed or self.interrupts.received or reports.red
        filtered = _is_filtered(self.config)
        lacking = session.lacking(whole=not failed and not filtered)
        hollow = None if failed else hollow_reason(reports.verdicts, session.gates.open_tags, filtered)
        if lacking:
            reports.report_run("What the target serves", lacking, Status.FAILED)
        elif hollow:
            reports.report_run("The whole run", hollow)
        failed = self._over_budget(reports) or failed
        self._publish(reports, self._environment() | _about(session))
        if self.config.summary:
            console = Console(file=obeyed(sys.stdout), highlight=False, markup=False, soft_wrap=True)
            print_summary(console, reports.verdicts, session.report_lines(), self._seconds())
        for sentence in filter(None, [*reports.errors, close_error]):
            say(sentence)
        if not failed and (hollow or lacking):
            raise NothingRanError(lacking.partition("\n")[0] or str(hollow))
        return failed or bool(reports.errors)

    def _over_budget(self, reports: Reports) -> bool:
        """Tell of a run that took longer than it should; return whether that makes it red."""
        over = exceeded(self._seconds(), *self.budget())
        strict = is_strict(self.config.userdata)
        if over and strict:
            reports.report_run("The time of the run", over, Status.FAILED)
        elif over:
            print(f"note: {over}", file=sys.stderr)
        return bool(over) and strict

    def _unmatched_issues(self) -> list[str]:
        if _is_filtered(self.config):
            return []
        titles = (title_of(scenario) for feature in self.features for scenario in feature.walk_scenarios())
        unmatched = self.known_issues.unmatched(titles)
        return [f'"{title}" is listed and no scenario has that title' for title in unmatched]

    def _publish(self, reports: Reports, environment: dict[str, str]) -> None:
        reports.write(environment)
        if os.environ.get("GITHUB_ACTIONS") != "true":
            return
        for line in github.annotations(reports.verdicts):
            print(line, file=obeyed(sys.stdout))
        if path := os.environ.get("GITHUB_STEP_SUMMARY"):
            reports.attempt(lambda: github.write_job_summary(Path(path), reports.verdicts, self._seconds()))

    def _environment(self) -> dict[str, str]:
        tags = " and ".join(expressions(self.config)) or "(all)"
        return {**suite_versions(), "tags": tags, "cpu_seconds": f"{time.process_time():.2f}"}

    def _seconds(self) -> float:
        return time.monotonic() - self._started


def _about(session: "Session") -> dict[str, str]:
    gates = session.gates
    return {
        **session.facts(),
        "target": session.target.name,
        "gates_open": ", ".join(sorted(gates.open_tags)) or "(none)",
        "gates_closed": ", ".join(sorted(gates.tags - gates.open_tags)) or "(none)",
    }


def _load(load: Callable[[], None]) -> None:
    try:
        load()
    except (Exception, SystemExit) as error:
        raise ConfigurationError(about_loading(error)) from error


def _close(session: "Session") -> str | None:
    """Close the session; return what went wrong, since the results of the run must still be shown."""
    try:
        session.close()
    except SuiteError as error:
        return str(error)
    except Exception as error:
        return f"the session could not be closed ({describe(error)})"
    return None


def _is_filtered(config: Any) -> bool:
    all_paths = [os.path.normpath(path) for path in config.defaults.get("paths") or [config.base_dir]]
    chosen = config.name or config.include_re or config.exclude_re or expressions(config)
    return bool(chosen) or config.paths != all_paths
