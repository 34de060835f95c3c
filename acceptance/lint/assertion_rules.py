"""Who asserts and who changes what: a When acts and asserts nothing, a Then asserts and changes nothing."""

import ast

from acceptance.lint.finding import Rules
from acceptance.lint.suite import FUNCTION, StepFunction

HELPERS = "acceptance.checks.assertions"
RULES = Rules()


@RULES.of_definitions("move it into a Then")
def when_never_asserts(function: StepFunction) -> str:
    """A When stores what came back, and the Then looks at it; a helper of the file asserts for its caller."""
    if "when" in function.decorators and _asserts(function.node, _asserting_names(function.file.tree)):
        return f"{function.node.name} is a When that asserts"
    return ""


@RULES.of_definitions(f"assert in it with {HELPERS}")
def then_asserts(function: StepFunction) -> str:
    """A Then that asserts nothing is always true; a call that must succeed is an assertion as well."""
    names = _asserting_names(function.file.tree)
    if "then" in function.decorators and not _asserts(function.node, names, "must"):
        return f"{function.node.name} is a Then that asserts nothing"
    return ""


@RULES.of_definitions("read again what it needs, or keep it in a Given or When")
def then_changes_nothing(function: StepFunction) -> str:
    """The order of two Thens makes no difference: neither keeps anything nor assigns what the other reads."""
    if "then" in function.decorators and any(map(_changes, ast.walk(function.node))):
        return f"{function.node.name} is a Then that changes the scenario"
    return ""


def asserts(node: ast.AST) -> bool:
    """Return whether a node asserts, raises AssertionError or imports what asserts."""
    if isinstance(node, ast.ImportFrom):
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        return any(name.startswith((HELPERS, "hamcrest")) for name in names)
    if isinstance(node, ast.Import):
        return any(alias.name.startswith((HELPERS, "hamcrest")) for alias in node.names)
    return isinstance(node, ast.Assert) or (isinstance(node, ast.Name) and node.id == "AssertionError")


def _asserting_names(tree: ast.Module) -> set[str]:
    """Return the names of a file that assert when they are called: imported ones, and its own functions."""
    names = {"assert_that"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            imported = {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name for name, origin in imported.items() if origin.startswith(HELPERS)}
    functions = [node for node in tree.body if isinstance(node, FUNCTION)]
    # A helper that calls an asserting helper asserts, however long the chain.
    for _ in functions:
        names |= {function.name for function in functions if _asserts(function, names)}
    return names


def _asserts(function: ast.AST, names: set[str], prefix: str = "assert_that") -> bool:
    return any(asserts(node) or _called(node, names, prefix) for node in ast.walk(function))


def _called(node: ast.AST, names: set[str], prefix: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return node.func.attr.startswith(prefix) or (isinstance(owner, ast.Name) and owner.id in names)
    return isinstance(node.func, ast.Name) and (node.func.id in names or node.func.id.startswith(prefix))


def _changes(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) for target in node.targets)
    kept = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keep"
    return kept or (isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Attribute))
