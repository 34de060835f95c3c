"""What a worker process says of a scenario that it ran, and how the first process takes it over."""

import copyreg
from dataclasses import dataclass, replace
from typing import Any, Self

from behave.formatter.base import Formatter
from behave.matchers import NoMatch
from behave.model import Tag
from behave.model_type import Status

from acceptance.reports.recorder import Recorded, Recorder
from acceptance.run.sharing import News
from acceptance.verdicts.verdict import Noted, Troubles, Verdict

# A tag is a text that cannot be made without its line.
copyreg.pickle(Tag, lambda tag: (Tag, (str(tag), tag.line)))


@dataclass(frozen=True)
class Outcome:
    """One scenario that has ended: what the reports need, and what behave's formatters look at.

    `steps` are status, seconds and error of each; `news` is what the worker's session noted.
    """

    number: int
    verdict: Verdict
    status: Status
    steps: tuple[tuple[Status, float, str | None], ...]
    captured: tuple[Any, ...]
    recorded: Recorded
    troubles: Noted
    news: News

    @classmethod
    def of(cls, scenario: Any, verdict: Verdict, recorder: Recorder, troubles: Troubles, news: News) -> Self:
        """Return what became of a scenario that has ended here."""
        return cls(
            scenario.number,
            replace(verdict, scenario=None),
            scenario.status,
            tuple((step.status, step.duration, step.error_message) for step in scenario.all_steps),
            tuple(scenario.captured.captures),
            recorder.take(scenario),
            troubles.take(),
            news,
        )

    def apply(self, scenario: Any, recorder: Recorder, troubles: Troubles) -> Verdict:
        """Let it have ended here as it did in the worker; return its verdict."""
        for captured in self.captured:
            scenario.captured.add_captured(captured, use_merge=False)
        for step, (status, seconds, error) in zip(scenario.all_steps, self.steps, strict=True):
            step.status, step.duration, step.error_message = status, seconds, error
        scenario.set_status(self.status)
        recorder.give(scenario, self.recorded)
        troubles.add(self.troubles)
        return replace(self.verdict, scenario=scenario)


def show(scenario: Any, runner: Any) -> None:
    """Tell behave's formatters of a scenario that has ended, as behave does while it runs."""
    for formatter in runner.formatters:
        formatter.scenario(scenario)
    # To find a step's definition again takes long, and most formatters do not ask.
    watching = [one for one in runner.formatters if type(one).result is not Formatter.result]
    if not watching or (scenario.status is Status.skipped and not runner.config.show_skipped):
        return
    for step in scenario.all_steps:
        for formatter in watching:
            formatter.step(step)
    for step in scenario.all_steps:
        if step.duration or step.status is Status.undefined:
            match = runner.step_registry.find_match(step) or NoMatch()
            for formatter in watching:
                formatter.match(match)
                formatter.result(step)
