"""Known issues: scenarios that the target is known to fail, each with its reason and its defect.

A listed scenario still runs. Failing it is reported as known; passing it is red, because the entry is out
of date; an entry that names no scenario is red as well. Declared in the file that SMOKE_KNOWN_ISSUES names,
one `[[known]]` table each.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acceptance.errors import ConfigurationError

FIELDS = frozenset({"scenario", "reason", "defect", "link", "backend", "version"})


@dataclass(frozen=True)
class KnownIssue:
    """One scenario that fails on the target; `backend` and `version` say on which, empty on every one."""

    scenario: str
    reason: str
    defect: str = ""
    link: str = ""
    backend: str = ""
    version: str = ""

    @property
    def label(self) -> str:
        """The defect or link and the reason, in one line."""
        return ": ".join(part for part in (self.defect or self.link, self.reason) if part)

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


def read(path: str) -> dict[str, Any]:
    """Return the tables of the file of known issues and deviations; empty for an empty path.

    Raises ConfigurationError when the file cannot be read or has tables of another name.
    """
    if not path:
        return {}
    try:
        document = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"SMOKE_KNOWN_ISSUES names {path}, which cannot be read: {error}") from None
    unknown = sorted(set(document) - {"known", "deviation"})
    if unknown:
        raise ConfigurationError(f"{path} has {', '.join(unknown)}; it takes [[known]] and [[deviation]]")
    return document


def parse(path: str, tables: Iterable[Mapping[str, Any]]) -> list[KnownIssue]:
    """Return the known issues of a file's tables.

    Raises ConfigurationError for an unknown field, a missing scenario or reason, or a scenario listed twice.
    """
    found: list[KnownIssue] = []
    for table in tables:
        unknown = sorted(set(table) - FIELDS)
        wrong = f"unknown {', '.join(unknown)}" if unknown else "no scenario or no reason"
        if unknown or not table.get("scenario") or not table.get("reason"):
            raise ConfigurationError(f"{path}: a [[known]] has {wrong}; it takes {', '.join(sorted(FIELDS))}")
        issue = KnownIssue(**table)
        if any((one.scenario, one.backend) == (issue.scenario, issue.backend) for one in found):
            raise ConfigurationError(f'{path}: "{issue.scenario}" is listed twice; keep one entry')
        found.append(issue)
    return found
