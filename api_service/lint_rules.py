"""What the layers of this project keep to: subjects ask and never assert; only a When acts."""

import ast
from collections.abc import Iterator
from pathlib import Path

from acceptance.lint.assertion_rules import asserts
from acceptance.lint.finding import Finding, Rule
from acceptance.lint.step_rules import decorators, definitions
from acceptance.lint.suite import Suite

SUBJECTS = Path("api_service/subjects")


def subjects_never_assert(suite: Suite) -> Iterator[Finding]:
    """A subject says how the API is asked and what came back; the Then judges it."""
    for path in sorted((suite.root / SUBJECTS).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if asserts(node):
                place, line = path.relative_to(suite.root), getattr(node, "lineno", 0)
                yield Finding(place, line, "a subject asserts", "return what was found; assert in a Then")


def only_when_acts(suite: Suite) -> Iterator[Finding]:
    """`world.act` makes the answer that every Then looks at; a Given uses `must`, a Then `must` or `look`."""
    for file, function in definitions(suite):
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and node.attr == "act" and "when" not in decorators(function):
                yield Finding(
                    file.path, node.lineno, f"{function.name} is no When, but acts", "use must or look"
                )


RULES: tuple[Rule, ...] = (subjects_never_assert, only_when_acts)
