"""How step files are built: one file per noun, short bodies, documented, on their own."""

import ast
import re
from collections.abc import Iterator

from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import StepFunction, Suite

SENTENCE = re.compile(r"[A-Z0-9`].*\.", re.DOTALL)
MOST_BODY_LINES = 10
RULES = Rules()


@RULES.of_definitions("say what it does")
def definitions_have_docstrings(function: StepFunction) -> str:
    """The docstring is the entry of the step catalogue."""
    return "" if ast.get_docstring(function.node) else f"{function.node.name} has no docstring"


@RULES.of_definitions("use @given, @when or @then")
def definitions_name_their_type(function: StepFunction) -> str:
    """@step would let one text be state, action and outcome."""
    return f"{function.node.name} is a @step" if "step" in function.decorators else ""


@RULES.of_definitions(f"{MOST_BODY_LINES} are the most: move the rest into acceptance/")
def definitions_are_short(function: StepFunction) -> str:
    """Fetch from the world, call support, store: ten lines at most."""
    node = function.node
    body = node.body[1:] if ast.get_docstring(node) else node.body
    count = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
    return f"the body of {node.name} has {count} lines" if count > MOST_BODY_LINES else ""


@RULES.of_definitions("begin it with a capital, a number or a field in backticks, end it with a full stop")
def docstrings_are_sentences(function: StepFunction) -> str:
    """Whoever looks for a step reads it in the catalogue, beside others."""
    text = ast.get_docstring(function.node)
    wrong = text and not SENTENCE.fullmatch(text)
    return f"the docstring of {function.node.name} is no sentence" if wrong else ""


@RULES.of_suites
def typed_words_are_registered_once(suite: Suite) -> Iterator[Finding]:
    """behave keeps one table of typed words: what is registered last counts for the steps of every file."""
    first = dict.fromkeys(suite.shared_words, "environment.py")
    for file in suite.step_files:
        for word, line in _typed_words(file.tree):
            if word in first:
                what = f"the typed word {word} is registered in {first[word]} too"
                mend = "give it another name, or register it once for all in environment.py"
                yield Finding(file.path, line, what, mend)
            first.setdefault(word, f"{file.path}:{line}")


@RULES.of_suites
def steps_call_no_steps(suite: Suite) -> Iterator[Finding]:
    """Steps run from inside a step are seen by no report."""
    mend = "call a plain function of acceptance/ instead"
    for file in suite.step_files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Attribute) and node.attr == "execute_steps":
                yield Finding(file.path, node.lineno, "execute_steps", mend)


@RULES.of_suites
def step_files_stand_alone(suite: Suite) -> Iterator[Finding]:
    """behave runs step files one by one; one that imports another registers its steps twice."""
    siblings = {file.path.stem for file in suite.step_files} | {"steps"}
    mend = "move what they share into acceptance/"
    for file in suite.step_files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and _imported(node) & siblings:
                yield Finding(file.path, node.lineno, "a step file imports a step file", mend)


def _typed_words(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "register_type":
            yield from ((word.arg, word.value.lineno) for word in node.keywords if word.arg)


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {(node.module or "").split(".")[0]} | ({"steps"} if node.level else set())
