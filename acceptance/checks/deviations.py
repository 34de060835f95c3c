"""Declared deviations: where a target is known to break the contract, counted once instead of failing all.

Declared in the file of known issues, one `[[deviation]]` table each with `rule`, `reason` and
optionally `operation` and `where` (shell patterns) and the `backend` on which alone it is met.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from acceptance.contract.document import Finding
from acceptance.verdicts.known_issues import entries

ZONE_RULE = "timestamp zone"
FIELDS = frozenset({"rule", "reason", "operation", "where", "backend"})


@dataclass(frozen=True)
class Deviation:
    """One declared way in which the target may break the contract, and why that is known."""

    rule: str
    reason: str
    operation: str = "*"
    where: str = "*"
    backend: str = ""

    def covers(self, operation: str, finding: Finding) -> bool:
        """Whether a finding on an operation is this deviation."""
        patterns = ((operation, self.operation), (finding.where, self.where), (finding.rule, self.rule))
        return all(_matches(text, pattern) for text, pattern in patterns)


# Adopted for a target whose health answer shows it; the contract itself asks for a zone (RFC 3339).
WITHOUT_ZONES = Deviation(ZONE_RULE, "this target writes timestamps without a zone; they are read as UTC")


class Deviations:
    """The declared deviations of a run, with a count of how often each was met."""

    def __init__(self, declared: Iterable[Deviation] = ()) -> None:
        self.declared = tuple(declared)
        self.met: Counter[Deviation] = Counter()

    def of(self, rule: str, operation: str) -> Deviation | None:
        """Return the deviation that was declared for a rule and an operation, if any."""
        fitting = (one for one in self.declared if one.rule == rule and _matches(operation, one.operation))
        return next(fitting, None)

    def adopt(self, deviation: Deviation) -> None:
        """Add a deviation that the target itself showed; one declared for the rule before it stays."""
        if all(one.rule != deviation.rule for one in self.declared):
            self.declared += (deviation,)

    def remaining(self, operation: str, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that nobody declared, and count the others."""
        left = []
        for finding in findings:
            declared = next((one for one in self.declared if one.covers(operation, finding)), None)
            if declared is None:
                left.append(finding)
            else:
                self.met[declared] += 1
        return left

    def lines(self) -> list[str]:
        """Return one line for each deviation that was met, for the terminal summary."""
        return [f"deviation: {one.reason} ({one.rule}, {times} times)" for one, times in self.met.items()]


def parse(path: str, tables: Any, backend: str = "") -> Deviations:
    """Return the deviations of a file's tables, less those of another backend than this one.

    Raises ConfigurationError for an entry that does not fit.
    """
    found = (Deviation(**table) for table in entries(path, "deviation", tables, FIELDS, ("rule", "reason")))
    return Deviations(one for one in found if one.backend in {"", backend})


def _matches(text: str, pattern: str) -> bool:
    # Only the star is special: brackets and braces stand in paths.
    return fnmatchcase(text, pattern.replace("[", "[[]"))
