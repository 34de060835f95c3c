"""What a rule reports, what a rule is, and how a module makes its rules."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acceptance.lint.suite import FeatureFile, Suite


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule: where, what, and how to mend it."""

    path: Path
    line: int
    what: str
    mend: str


Rule = Callable[[Suite], Iterator[Finding]]
# Says what is wrong with one part of a suite, or returns an empty string.
Judge = Callable[[Any], str]
Adder = Callable[[Judge], Judge]
Parts = Callable[[Any], Iterable[Any]]


class Rules(list[Rule]):
    """The rules of one module. Each method adds a function, as its decorator, and leaves it as it is."""

    def of_suites(self, rule: Rule) -> Rule:
        """Add a function that yields the findings in a suite."""
        self.append(rule)
        return rule

    def of_features(self, parts: Callable[[FeatureFile], Iterable[Any]], mend: str) -> Adder:
        """Add a function that judges one part of a feature file; `parts` returns them, each with its line."""
        return functools.partial(self._add, lambda suite: suite.features, parts, mend)

    def of_definitions(self, mend: str) -> Adder:
        """Add a function that judges one step definition, a `StepFunction`."""
        return functools.partial(self._add, lambda suite: suite.step_files, lambda file: file.functions, mend)

    def _add(self, files: Parts, parts: Parts, mend: str, judge: Judge) -> Judge:
        @functools.wraps(judge)
        def rule(suite: Suite) -> Iterator[Finding]:
            for file in files(suite):
                for part in parts(file):
                    if what := judge(part):
                        yield Finding(file.path, part.line, what, mend)

        self.append(rule)
        return judge


def rule_name(rule: Rule) -> str:
    """Return the name under which findings of a rule are shown."""
    return rule.__name__.replace("_", "-")
