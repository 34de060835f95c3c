"""allure-behave's listener, made truthful about hooks, cleanups, skips, rules and namesakes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import allure_commons
from allure_behave.listener import AllureListener
from allure_behave.utils import step_status
from allure_commons.mapping import labels_set, parse_tag
from allure_commons.model2 import GlobalAttachment, Globals, Label, StatusDetails, TestResult
from allure_commons.types import AttachmentType, LinkType
from allure_commons.utils import md5, now, uuid4
from attr import asdict
from behave.formatter.base import Formatter, StreamOpener

from acceptance.errors import ConfigurationError
from acceptance.redaction import mask_keys
from acceptance.reports.allure import MaskedFiles, github_issues
from acceptance.reports.state_table import state_table
from acceptance.verdicts.verdict import Status, Verdict, describe, title_of

ISSUE_TAG = "issue-"
# The result of a scenario, and the files that are attached to it, by their names.
Recorded = tuple[TestResult, Mapping[str, bytes]]
ISSUE_PATTERN = re.compile(r"[^{}]*\{\}[^{}]*")
# As for a test that is expected to fail: shown apart, by its message and category.
RESULT_STATUS = {Status.KNOWN: Status.SKIPPED, Status.NOT_RUN: Status.SKIPPED}


class Recorder(AllureListener, Formatter):  # type: ignore[misc]  # both are untyped
    """A behave formatter without output that makes an Allure result of each scenario, for `files` to write.

    A result is kept until the verdict on it is known, which is at the end of its feature.
    Raises ConfigurationError for a pattern of issues that is none, and when a formatter of allure-behave
    listens as well: both would write into one result, and it hides no secret.
    """

    name = "recorder"

    def __init__(self, config: Any, folder: Path) -> None:
        if any(isinstance(one, AllureListener) for one in allure_commons.plugin_manager.get_plugins()):
            raise ConfigurationError(f"every run writes {folder}; leave out the formatter of allure-behave")
        Formatter.__init__(self, StreamOpener("recorder"), config)
        AllureListener.__init__(self, config)
        self.issue_pattern: str | None = self.issue_pattern or github_issues()
        if self.issue_pattern and not ISSUE_PATTERN.fullmatch(self.issue_pattern):
            raise ConfigurationError(f"{self.issue_pattern}: put {{}} once, where an issue's number goes")
        self.files = MaskedFiles(folder)
        self._unjudged: dict[int, TestResult] = {}
        # Below every scenario, so that it gets what is attached outside of them.
        self._whole_run = TestResult(uuid=uuid4())
        self.logger.schedule_test(self._whole_run.uuid, self._whole_run)
        for plugin in (self, self.files):
            allure_commons.plugin_manager.register(plugin)

    def feature(self, feature: Any) -> None:
        """Have the start and the end of every scenario told, cleanups included."""
        for scenario in feature.walk_scenarios():
            self.attend(scenario)

    def attend(self, scenario: Any) -> None:
        """Have the start and the end of a scenario told."""
        scenario.run = allure_commons.test(scenario.run, {"scenario": scenario})

    def take(self, scenario: Any) -> Recorded:
        """Return what is recorded of a scenario that has ended, and keep it no longer."""
        return self._unjudged.pop(id(scenario)), self.files.take()

    def give(self, scenario: Any, recorded: Recorded) -> None:
        """Keep what another process of the run has recorded of a scenario."""
        result, files = recorded
        self._unjudged[id(scenario)] = result
        self.files.add(files)

    def start_scenario(self, scenario: Any) -> None:
        """Begin a scenario; all its steps are shown, also when none is run."""
        super().start_scenario(scenario)
        self.steps.extend(scenario.all_steps)

    def start_behave_step(self, step: Any) -> None:
        """Begin a step; its table and its text are named as in the feature."""
        super().start_behave_step(step)
        for attachment in self.logger.get_item(self.current_step_uuid).attachments:
            attachment.name = attachment.name.removeprefix(".")

    def stop_behave_step(self, step: Any) -> None:
        """End a step; later attachments belong to the scenario."""
        details = StatusDetails(message=describe(step.exception)) if step.exception else None
        status = step_status(step) or Status.BROKEN
        self.logger.stop_step(self.current_step_uuid, stop=now(), status=status, statusDetails=details)

    match = AllureListener.match_step
    result = stop_behave_step

    def stop_scenario(self, scenario: Any) -> None:
        """Keep the result of a scenario for its verdict."""
        self.flush_steps()
        result = self._unjudged[id(scenario)] = self.logger.get_test(self.current_scenario_uuid)
        result.stop = now()
        self.logger.drop_test(result.uuid)
        self.group_context.exit()

    def add(self, verdict: Verdict) -> Verdict:
        """Report a scenario, or a hook or cleanup around scenarios; return the verdict with its times."""
        result = self._result_of(verdict.scenario)
        number = _number_among_namesakes(verdict.scenario)
        result.name = verdict.title
        result.fullName = f"{verdict.file}: {verdict.title}" + (f" ({number})" if number > 1 else "")
        # Allure merges results of one identity as retries; the feature's name alone is not unique.
        result.historyId = result.testCaseId = md5(f"{verdict.file}\n{verdict.title}\n{number}")
        result.titlePath = [*Path(verdict.file).parts[:-1], verdict.feature]
        result.status = RESULT_STATUS.get(verdict.status, verdict.status)
        if verdict.message:
            result.statusDetails = StatusDetails(message=verdict.message, trace=verdict.trace)
        result.labels = labels_set([*result.labels, *_labels(verdict)])
        for parameter in result.parameters or ():
            (parameter.value,) = mask_keys({parameter.name: parameter.value}).values()
        self.logger.schedule_test(result.uuid, result)
        self._link_issues(verdict)
        self._attach_of_failure(verdict)
        self.logger.close_test(result.uuid)
        return replace(verdict, start=result.start / 1000, stop=result.stop / 1000)

    def end(self, environment: Mapping[str, str]) -> None:
        """Report the run as a whole, and receive no more attachments."""
        whole_run = [GlobalAttachment(**asdict(item)) for item in self._whole_run.attachments]
        if whole_run:
            allure_commons.plugin_manager.hook.report_globals(globals_item=Globals(attachments=whole_run))
        self.files.describe_run(environment)
        for plugin in (self, self.files):
            allure_commons.plugin_manager.unregister(plugin)

    def _result_of(self, scenario: Any) -> TestResult:
        if scenario is None:
            return TestResult(uuid=uuid4(), start=now(), stop=now())
        if id(scenario) not in self._unjudged:
            # The run did not reach it.
            self.start_scenario(scenario)
            self.stop_scenario(scenario)
        return self._unjudged.pop(id(scenario))

    def _link_issues(self, verdict: Verdict) -> None:
        for tag in verdict.tags:
            if tag.startswith(ISSUE_TAG) and self.issue_pattern:
                number = tag.removeprefix(ISSUE_TAG)
                self.add_link(number, LinkType.ISSUE, f"#{number}")

    def _attach_of_failure(self, verdict: Verdict) -> None:
        if verdict.scenario and verdict.red:
            captured = verdict.scenario.captured.make_report()
            texts = {"captured output": captured, "what the scenario knew": "\n".join(state_table(verdict))}
            for name, text in texts.items():
                if text:
                    self.attach_data(text, name, AttachmentType.TEXT, None)


def _number_among_namesakes(scenario: Any) -> int:
    """Return which of the scenarios of its title a scenario is in its feature, whether they are run or not."""
    scenarios = scenario.feature.walk_scenarios() if scenario else ()
    namesakes = [id(one) for one in scenarios if title_of(one) == title_of(scenario)]
    return namesakes.index(id(scenario)) + 1 if scenario else 1


def _labels(verdict: Verdict) -> list[Label]:
    labels = {
        "epic": Path(verdict.file).parent.name.replace("_", " ").capitalize() or "Run",
        "feature": verdict.feature,
        "story": verdict.rule,
        "severity": "critical" if "smoke" in verdict.tags else "",
        # Allure's timeline shows only what has both.
        "host": "local",
        "thread": "main",
    }
    tags = [label for label in map(parse_tag, verdict.tags) if isinstance(label, Label)]
    return tags + [Label(name, value) for name, value in labels.items() if value]
