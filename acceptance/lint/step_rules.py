"""How step files are built: one file per noun, short bodies, documented, on their own."""

import ast
import re
from collections.abc import Iterator

from acceptance.lint.finding import Finding, Rule
from acceptance.lint.suite import StepFile, Suite

STEP_DECORATORS = frozenset({"given", "when", "then", "step"})
SENTENCE = re.compile(r"[A-Z0-9`].*\.", re.DOTALL)
MOST_BODY_LINES = 10


def definitions_have_docstrings(suite: Suite) -> Iterator[Finding]:
    """The docstring is the entry of the step catalogue."""
    for file, function in definitions(suite):
        if not ast.get_docstring(function):
            yield Finding(file.path, function.lineno, f"{function.name} has no docstring", "say what it does")


def definitions_name_their_type(suite: Suite) -> Iterator[Finding]:
    """@step would let one text be state, action and outcome."""
    for file, function in definitions(suite):
        if "step" in decorators(function):
            yield Finding(
                file.path, function.lineno, f"{function.name} is a @step", "use @given, @when or @then"
            )


def definitions_are_short(suite: Suite) -> Iterator[Finding]:
    """Fetch from the world, call support, store: ten lines at most."""
    for file, function in definitions(suite):
        if (count := _body_lines(function)) > MOST_BODY_LINES:
            yield Finding(
                file.path,
                function.lineno,
                f"the body of {function.name} has {count} lines",
                f"{MOST_BODY_LINES} are the most: move the rest into acceptance/",
            )


def docstrings_are_sentences(suite: Suite) -> Iterator[Finding]:
    """Whoever looks for a step reads it in the catalogue, beside others."""
    for file, function in definitions(suite):
        if (text := ast.get_docstring(function)) and not SENTENCE.fullmatch(text):
            yield Finding(
                file.path,
                function.lineno,
                f"the docstring of {function.name} is no sentence",
                "begin it with a capital, a number or a field in backticks, and end it with a full stop",
            )


def typed_words_are_registered_once(suite: Suite) -> Iterator[Finding]:
    """behave keeps one table of typed words: what is registered last counts for the steps of every file."""
    first = dict.fromkeys(suite.shared_words, "environment.py")
    for file in suite.step_files:
        for word, line in _typed_words(file.tree):
            if word in first:
                yield Finding(
                    file.path,
                    line,
                    f"the typed word {word} is registered in {first[word]} too",
                    "give it another name, or register it once for all in environment.py",
                )
            first.setdefault(word, f"{file.path}:{line}")


def steps_call_no_steps(suite: Suite) -> Iterator[Finding]:
    """Steps run from inside a step are seen by no report."""
    for file in suite.step_files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Attribute) and node.attr == "execute_steps":
                yield Finding(
                    file.path, node.lineno, "execute_steps", "call a plain function of acceptance/ instead"
                )


def step_files_stand_alone(suite: Suite) -> Iterator[Finding]:
    """behave runs step files one by one; one that imports another registers its steps twice."""
    siblings = {file.path.stem for file in suite.step_files} | {"steps"}
    for file in suite.step_files:
        for node in ast.walk(file.tree):
            if _imported(node) & siblings:
                yield Finding(
                    file.path,
                    node.lineno,  # type: ignore[attr-defined]
                    "a step file imports a step file",
                    "move what they share into acceptance/",
                )


def definitions(suite: Suite) -> Iterator[tuple[StepFile, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield every step definition with the file that it stands in."""
    for file in suite.step_files:
        for node in file.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and decorators(node):
                yield file, node


def decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return which of given, when, then and step a function is decorated with."""
    calls = (node.func for node in function.decorator_list if isinstance(node, ast.Call))
    return {node.id for node in calls if isinstance(node, ast.Name)} & STEP_DECORATORS


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _typed_words(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "register_type":
            yield from ((word.arg, word.value.lineno) for word in node.keywords if word.arg)


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]} | ({"steps"} if node.level else set())
    return set()


RULES: tuple[Rule, ...] = (
    definitions_have_docstrings,
    definitions_name_their_type,
    definitions_are_short,
    docstrings_are_sentences,
    typed_words_are_registered_once,
    steps_call_no_steps,
    step_files_stand_alone,
)
