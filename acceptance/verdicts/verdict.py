"""What became of a scenario: the one judgement that every report shows."""

import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import behave
from behave.model_type import Status as BehaveStatus

from acceptance.verdicts.known_issues import KnownIssues

RUN = Path(__file__).parent.parent / "run"
MACHINERY = (str(Path(behave.__file__).parent), str(RUN / "hook_guards.py"), str(RUN / "signals.py"))


class Status(StrEnum):
    """How a scenario ended; FAILED is about the product, BROKEN is the suite's own fault.

    KNOWN is a failure that the target is known for: it is no news, and no skip. NOT_RUN was selected and not
    reached; a run with one of these ends with 1.
    """

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"
    SKIPPED = "skipped"
    KNOWN = "known"
    NOT_RUN = "not run"


RED = frozenset({Status.FAILED, Status.BROKEN})


@dataclass(frozen=True)
class Verdict:
    """How one scenario ended and why.

    `message` is the error, or the reason of a skip; `start` and `stop` are epoch seconds. `failures` are the
    steps that failed (text without keyword, message); `outside_steps` what failed in a hook or cleanup.
    `things` is what the scenario knew by name: title, kind and id of each.
    """

    title: str
    feature: str
    file: str
    line: int
    status: Status
    message: str = ""
    step: str = ""
    trace: str = ""
    rule: str = ""
    tags: tuple[str, ...] = ()
    start: float = 0.0
    stop: float = 0.0
    failures: tuple[tuple[str, str], ...] = ()
    outside_steps: str = ""
    things: tuple[tuple[str, str, str], ...] = ()
    scenario: Any = field(default=None, repr=False, compare=False)

    @property
    def red(self) -> bool:
        """Whether this verdict makes the run fail."""
        return self.status in RED

    @property
    def ran(self) -> bool:
        """Whether the scenario was executed rather than skipped or not reached."""
        return self.status not in {Status.SKIPPED, Status.NOT_RUN}

    @property
    def location(self) -> str:
        """Return `file:line`, which behave accepts as an argument."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Trouble:
    """An error outside the steps: in a hook or in a cleanup."""

    where: str
    message: str
    trace: str


# By the identity of the owner, which stays the same in a forked process.
Noted = Mapping[int, list[Trouble]]


class Troubles:
    """The errors of hooks and cleanups, by the feature, rule or scenario (None: the run) they happened in."""

    def __init__(self) -> None:
        self._by_owner: defaultdict[int, list[Trouble]] = defaultdict(list)

    def note(self, owner: object, where: str, error: BaseException) -> None:
        """Remember an error of a hook or a cleanup."""
        self._by_owner[id(owner)].append(Trouble(where, f"{where}: {describe(error)}", trace_of(error)))

    def tell(self, owner: object, where: str, message: str) -> None:
        """Remember what went wrong that nobody raised here."""
        self._by_owner[id(owner)].append(Trouble(where, f"{where}: {message}", ""))

    def take(self) -> Noted:
        """Return what is noted, and forget it: for another process, forked from the one that will know."""
        taken, self._by_owner = dict(self._by_owner), defaultdict(list)
        return taken

    def add(self, noted: Noted) -> None:
        """Remember what a forked process has taken."""
        for owner, troubles in noted.items():
            self._by_owner[owner] += troubles

    def of(self, owner: object) -> list[Trouble]:
        """Return the errors noted for this owner, the oldest first."""
        return self._by_owner.get(id(owner), [])


def title_of(scenario: Any) -> str:
    """Return the scenario's title without behave's mark of the outline row."""
    return without_row(str(scenario.name)) or str(scenario.keyword)


def without_row(name: str) -> str:
    """Return a scenario's name without behave's mark of the outline row, such as ` -- @1.2 Refusals`."""
    return name.rsplit(" -- @", 1)[0]


def describe(error: BaseException) -> str:
    """Return an error as one text: the message of an assertion, the type and message of anything else."""
    if isinstance(error, AssertionError):
        return str(error).strip() or "assertion failed without a message"
    if isinstance(error, KeyboardInterrupt):
        return str(error) or "the run was interrupted"
    return f"{type(error).__name__}: {error}".rstrip(": ")


def trace_of(error: BaseException) -> str:
    """Return the traceback without the frames of behave and of the runner around it."""
    report = traceback.TracebackException.from_exception(error)
    link: traceback.TracebackException | None = report
    while link is not None:
        frames = [frame for frame in link.stack if not frame.filename.startswith(MACHINERY)]
        link.stack = traceback.StackSummary.from_list(frames)
        link = link.__cause__ or link.__context__
    return "".join(report.format())


def judge(scenario: Any, troubles: Troubles, not_run: str) -> Verdict:
    """Return how a scenario ended. `not_run` is the reason for one that the run did not reach."""
    step = next(iter(_failed_steps(scenario)), None)
    own = troubles.of(scenario)
    if step is not None:
        verdict = _verdict(scenario, *_step_failure(step, own))
        return replace(verdict, outside_steps="\n".join(trouble.message for trouble in own))
    if scenario.status in {BehaveStatus.hook_error, BehaveStatus.cleanup_error} or own:
        return _verdict(scenario, Status.BROKEN, *_joined(own))
    if scenario.status is BehaveStatus.passed:
        return _verdict(scenario, Status.PASSED)
    if scenario.status is BehaveStatus.skipped:
        return _verdict(scenario, Status.SKIPPED, scenario.skip_reason or "no reason given")
    above = [trouble for owner in _owners_above(scenario) for trouble in troubles.of(owner)]
    before = [trouble for trouble in above if trouble.where.startswith("before_")]
    if before:
        return _verdict(scenario, Status.BROKEN, *_joined(before))
    return _verdict(scenario, Status.NOT_RUN, not_run)


def with_known_issue(verdict: Verdict, issues: KnownIssues) -> Verdict:
    """Return the verdict as the list of known issues makes it: a known failure, or an entry to remove.

    A failure of another step, of another kind, or of a hook or cleanup beside it stays red.
    """
    issue = issues.about(verdict.title)
    if issue is None or not verdict.ran:
        return verdict
    if verdict.red:
        wrong = verdict.outside_steps or issue.mismatch(verdict.failures)
        if not wrong:
            message = f"known issue {issue.label}\n{verdict.message}"
            return replace(verdict, status=Status.KNOWN, message=message)
        return replace(verdict, message=f"{verdict.message}\n(not the known {issue.label}: {wrong})")
    if issues.is_outdated_by_passing(verdict.title):
        message = f"fixed: remove the entry about it from the known issues ({issue.label})"
        return replace(verdict, status=Status.FAILED, message=message)
    return verdict


def judge_container(owner: Any, troubles: Troubles) -> Iterator[Verdict]:
    """Yield one broken verdict for each error after the scenarios of a feature or rule (None: the run)."""
    for trouble in troubles.of(owner):
        if trouble.where.startswith("before_"):
            continue
        if owner is None:
            yield judge_run(f"{trouble.where} of the run", trouble.message, trouble.trace)
        else:
            yield Verdict(
                title=f"{trouble.where} of the {owner.keyword.lower()}",
                feature=(owner.feature if owner.type == "rule" else owner).name,
                file=str(owner.filename),
                line=owner.line,
                status=Status.BROKEN,
                message=trouble.message,
                trace=trouble.trace,
            )


def judge_run(title: str, message: str, trace: str = "") -> Verdict:
    """Return the broken verdict for something that is wrong with the run as a whole."""
    return Verdict(title, "Run", "environment.py", 1, Status.BROKEN, message, trace=trace)


def _step_failure(step: Any, troubles: list[Trouble]) -> tuple[Status, str, str, str]:
    text = f"{step.keyword} {step.name}"
    message, trace = _message(step), trace_of(step.exception) if step.exception else ""
    status = Status.FAILED if step.status is BehaveStatus.failed else Status.BROKEN
    return status, "\n".join([message, *(trouble.message for trouble in troubles)]), trace, text


def _failed_steps(scenario: Any) -> list[Any]:
    """Return the steps that failed; more than the first where the scenario goes on behind a known failure."""
    return [step for step in scenario.all_steps if step.status.has_failed()]


def _message(step: Any) -> str:
    if step.exception is not None:
        return describe(step.exception)
    hint = "; docs/steps.md lists the sentences that there are" * (step.status is BehaveStatus.undefined)
    return f"the step is {step.status.name}{hint}"


def _joined(troubles: list[Trouble]) -> tuple[str, str]:
    if not troubles:
        return "a hook or cleanup failed without a message", ""
    messages = "\n".join(trouble.message for trouble in troubles)
    return messages, "\n".join(trouble.trace for trouble in troubles)


def _verdict(scenario: Any, status: Status, message: str = "", trace: str = "", step: str = "") -> Verdict:
    return Verdict(
        title=title_of(scenario),
        feature=scenario.feature.name,
        file=str(scenario.filename),
        line=scenario.line,
        status=status,
        message=message,
        trace=trace,
        step=step,
        rule=next((owner.name for owner in _owners_above(scenario) if owner and owner.type == "rule"), ""),
        failures=tuple((str(one.name), _message(one)) for one in _failed_steps(scenario)),
        tags=tuple(sorted(scenario.effective_tags)),
        things=tuple(getattr(scenario, "things", ())),
        scenario=scenario,
    )


def _owners_above(scenario: Any) -> Iterable[Any]:
    owner = scenario.parent
    while owner is not None:
        yield owner
        owner = owner.parent
    yield None
