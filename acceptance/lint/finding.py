"""What a rule reports, and what a rule is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from acceptance.lint.suite import Suite


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule: where, what, and how to mend it."""

    path: Path
    line: int
    what: str
    mend: str


Rule = Callable[[Suite], Iterator[Finding]]


def rule_name(rule: Rule) -> str:
    """Return the name under which findings of a rule are shown."""
    return rule.__name__.replace("_", "-")
