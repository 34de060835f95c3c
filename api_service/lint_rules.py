"""What the layers of this project keep to: subjects ask and never assert; only a When acts."""

import ast
from collections.abc import Iterator
from pathlib import Path

from acceptance.lint.assertion_rules import asserts
from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import StepFunction, Suite

SUBJECTS = Path("api_service/subjects")
RULES = Rules()


@RULES.of_suites
def subjects_never_assert(suite: Suite) -> Iterator[Finding]:
    """A subject says how the API is asked and what came back; the Then judges it."""
    for path in sorted((suite.root / SUBJECTS).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if asserts(node):
                place, line = path.relative_to(suite.root), getattr(node, "lineno", 0)
                yield Finding(place, line, "a subject asserts", "return what was found; assert in a Then")


@RULES.of_definitions("use must or look")
def only_when_acts(function: StepFunction) -> str:
    """`world.act` makes the answer that every Then looks at; a Given uses `must`, a Then `must` or `look`."""
    acts = any(isinstance(node, ast.Attribute) and node.attr == "act" for node in ast.walk(function.node))
    return f"{function.node.name} is no When, but acts" if acts and "when" not in function.decorators else ""
