"""What the runner needs of a session, so that it can run without the real one."""

from collections.abc import Iterable
from typing import Protocol

from acceptance.verdicts.known_issues import KnownIssues


class GateState(Protocol):
    """Which gates there are and which are open, by tag."""

    @property
    def tags(self) -> frozenset[str]:
        """Every gate's tag."""

    @property
    def open_tags(self) -> frozenset[str]:
        """The tags of the open gates."""


class NamedTarget(Protocol):
    """The service under test."""

    @property
    def name(self) -> str:
        """What reports call it."""


class RunSession(Protocol):
    """What a run stands on: a started and seeded target. Hooks find it as `context.session`.

    `scenario_tags` is set by the runner: the tags of each selected scenario by its name.
    """

    @property
    def target(self) -> NamedTarget:
        """The service under test."""

    @property
    def gates(self) -> GateState:
        """The gates of this run."""

    @property
    def known_issues(self) -> KnownIssues:
        """What the target is known to fail."""

    @property
    def lost(self) -> bool:
        """Whether the target has stopped answering, which ends the run."""

    scenario_tags: dict[str, frozenset[str]]

    def report_lines(self) -> Iterable[str]:
        """Return lines for the end of the summary; called after `close()`."""

    def close(self) -> None:
        """Stop the target and write its reports. Raises SuiteError."""
