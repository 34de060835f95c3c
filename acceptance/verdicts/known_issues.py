"""Known issues: scenarios that the target is known to fail, each pinned to the step that fails and how.

A listed scenario still runs, and goes on behind the failing step. Failing just as the entry says is reported
as known. Any other failure is red; so is passing, because the entry is out of date, and an entry that names
no scenario. Declared in the file of known issues, one `[[known]]` table each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from acceptance.errors import EVIDENCE, ConfigurationError

# The service breaks a promise; it is meant so, and debatable; the suite asks for more than was promised.
KINDS = ("defect", "design", "wish")


@dataclass(frozen=True)
class KnownIssue:
    """One scenario that fails on the target, and how.

    `step` is the text of the first step that fails, without its keyword; `shows` a part of its message before
    the evidence; `also`, with a line each, the steps behind it that fail as well. `backend` and `version` say
    on which target, empty on every one.
    """

    scenario: str
    step: str
    shows: str
    kind: str
    reason: str
    also: str = ""
    defect: str = ""
    link: str = ""
    backend: str = ""
    version: str = ""

    @property
    def label(self) -> str:
        """Defect or link, kind and reason, in one line."""
        return f"{self.defect or self.link} ({self.kind}): {self.reason}".strip()

    def mismatch(self, failures: Sequence[tuple[str, str]]) -> str:
        """Return what is not as the entry says, or an empty string.

        `failures` are the steps that failed, in their order: text without keyword, and message.
        """
        if not failures:
            return f'it should fail at "{self.step}", and no step failed'
        (step, message), behind = failures[0], [text for text, _ in failures[1:]]
        if step != self.step:
            return f'it should fail at "{self.step}"'
        if self.shows not in message.partition(EVIDENCE)[0]:
            return f'"{self.step}" should fail with "{self.shows}"'
        unexpected = [text for text in behind if text not in self.also.splitlines()]
        return f'"{unexpected[0]}" should hold' if unexpected else ""

    def holds_for(self, backend: str, version: str) -> bool | None:
        """Return whether the entry is about such a target; None when the target does not say enough."""
        answers = [
            None if not told else told == named
            for named, told in ((self.backend, backend), (self.version, version))
            if named
        ]
        if False in answers:
            return False
        return None if None in answers else True


class KnownIssues:
    """The known issues that apply to one target."""

    def __init__(self, declared: Iterable[KnownIssue], backend: str = "", version: str = "") -> None:
        applying = [(one, one.holds_for(backend, version)) for one in declared]
        self._certain = {one.scenario: one for one, holds in applying if holds}
        self._possible = {one.scenario: one for one, holds in applying if holds is None}

    def about(self, title: str) -> KnownIssue | None:
        """Return the entry about a scenario, if there is one for this target."""
        return self._certain.get(title) or self._possible.get(title)

    def is_outdated_by_passing(self, title: str) -> bool:
        """Whether a scenario that passed makes its entry out of date."""
        return title in self._certain

    def unmatched(self, titles: Iterable[str]) -> list[str]:
        """Return the scenarios that are listed and do not exist."""
        known = {*self._certain, *self._possible}
        return sorted(known - set(titles))


def checked(path: str, declared: Iterable[KnownIssue]) -> list[KnownIssue]:
    """Return the known issues of a file.

    Raises ConfigurationError for another kind, or a scenario listed twice for one target.
    """
    found: dict[tuple[str, str, str], KnownIssue] = {}
    for issue in declared:
        if issue.kind not in KINDS:
            raise ConfigurationError(f'{path}: "{issue.kind}" is no kind; write one of {", ".join(KINDS)}')
        target = (issue.scenario, issue.backend, issue.version)
        if target in found:
            raise ConfigurationError(f'{path}: "{issue.scenario}" is listed twice; keep one entry')
        found[target] = issue
    return list(found.values())
