"""Declared deviations: where a target is known to break the contract, counted once instead of failing all.

Declared in the file of known issues, one `[[deviation]]` table each with `rule`, `reason` and
optionally `operation` and `where` (patterns, as is `rule`) and the `backend` on which alone it is met.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from acceptance import declared
from acceptance.contract.document import Finding
from acceptance.verdicts.known_issues import KnownIssue, checked

ZONE_RULE = "timestamp zone"


@dataclass(frozen=True)
class Deviation:
    """One declared way in which the target may break the contract, and why that is known."""

    rule: str
    reason: str
    operation: str = "*"
    where: str = "*"
    backend: str = ""


# Adopted for a target whose health answer shows it; the contract itself asks for a zone (RFC 3339).
WITHOUT_ZONES = Deviation(ZONE_RULE, "this target writes timestamps without a zone; they are read as UTC")


class Deviations:
    """The declared deviations of a run, with a count of how often each was met."""

    def __init__(self, entries: Iterable[Deviation] = ()) -> None:
        self.declared = tuple(entries)
        self.met: Counter[Deviation] = Counter()

    def of(self, rule: str, operation: str) -> Deviation | None:
        """Return the deviation that was declared for a rule and an operation, if any."""
        return declared.first(self.declared, rule=rule, operation=operation)

    def adopt(self, deviation: Deviation) -> None:
        """Add a deviation that the target itself showed; one declared for the rule before it stays."""
        if all(one.rule != deviation.rule for one in self.declared):
            self.declared += (deviation,)

    def remaining(self, operation: str, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that nobody declared, and count the others."""
        left = []
        for finding in findings:
            met = declared.first(self.declared, operation=operation, where=finding.where, rule=finding.rule)
            if met is None:
                left.append(finding)
            else:
                self.met[met] += 1
        return left

    def lines(self) -> list[str]:
        """Return one line for each deviation that was met, for the terminal summary."""
        return [f"deviation: {one.reason} ({one.rule}, {times} times)" for one, times in self.met.items()]


def declared_in(path: str, backend: str = "") -> tuple[list[KnownIssue], Deviations]:
    """Return the known issues and deviations of a file, the latter of this backend only; none for no path.

    Raises ConfigurationError when the file cannot be used.
    """
    entries = declared.read(path, known=KnownIssue, deviation=Deviation)
    met = [one for one in entries["deviation"] if one.backend in {"", backend}]
    return checked(path, entries["known"]), Deviations(met)
