"""How a feature file speaks: Given, When and Then, and words a product owner would use."""

import re
from collections.abc import Iterator

from behave.model import Step

from acceptance.lint.finding import Finding, Rule
from acceptance.lint.suite import FeatureFile, Suite

# Here the operation itself is the subject.
TECHNICAL_AREA = "access"
SHOULD = re.compile(r"\bshould\b")
REFUSED = re.compile(r"\bshould be refused\b")
# Stripe tells what happened; it does not try to do anything.
TRIED = re.compile(r"\b(?:tries|attempts) to\b|\buntil that is refused$|^Stripe\b")
TECHNICAL = {
    "a URL": re.compile(r"https?://|(?:^|[\s\"'])/[a-z][\w/{}.-]*"),
    "an HTTP verb": re.compile(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b"),
    "a status code": re.compile(
        r"\bHTTP\b|\b(?:201|202|204|30[1-478]|40[1-9]|41[0-5]|42[2-9]|50[1-4])\b"
        r"|\b(?:status|code|respon\w+|answer\w*|return\w*) (?:\w+ ){0,3}[1-5]\d\d\b"
    ),
    "a header": re.compile(
        r"\bheaders?\b|\bX-[A-Z]\w+|\bBearer\b|\bETag\b"
        r"|\b(?:Content|Cache|Retry|Last|If|Idempotency|User|Set|WWW)-[A-Z]\w+",
    ),
    "JSON": re.compile(r"\bJSON\b|[{\[]\s*\"\w+\"\s*[:,\]]", re.IGNORECASE),
    "an id": re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{24,}\b", re.IGNORECASE),
    "a date": re.compile(r"\b\d{4}-\d\d-\d\d\b"),
    "a pause": re.compile(r"\b(?:waits?|sleeps?|pauses?)\b.*\bseconds?\b", re.IGNORECASE),
}


def scenarios_have_one_when(suite: Suite) -> Iterator[Finding]:
    """One action makes a scenario; an And after When is a second action."""
    for file in suite.features:
        for scenario in file.written:
            count = sum(step.step_type == "when" for step in scenario.steps)
            if scenario.steps and count != 1:
                yield Finding(
                    file.path,
                    scenario.line,
                    f'"{scenario.name}" has {count} When steps',
                    "one scenario, one When: put state into Given, and a second rule into its own scenario",
                )


def scenarios_end_in_then(suite: Suite) -> Iterator[Finding]:
    """A scenario that ends without Then promises nothing."""
    for file in suite.features:
        for scenario in file.written:
            if scenario.steps and scenario.steps[-1].step_type != "then":
                yield Finding(
                    file.path,
                    scenario.line,
                    f'"{scenario.name}" does not end in Then',
                    "say what should be true",
                )


def backgrounds_are_given(suite: Suite) -> Iterator[Finding]:
    """A background is one or two lines of state."""
    for file in suite.features:
        for background in file.backgrounds:
            if len(background.steps) > 2 or any(step.step_type != "given" for step in background.steps):
                yield Finding(
                    file.path,
                    background.line,
                    "the background is more than two Given lines",
                    "keep what every scenario needs, move the rest into the scenarios",
                )


def only_then_says_should(suite: Suite) -> Iterator[Finding]:
    """Then says what should be; Given states what is, When what happens."""
    for file, step in _steps(suite):
        says_should = bool(SHOULD.search(step.name))
        if says_should and step.step_type != "then":
            yield Finding(
                file.path, step.line, f'{step.keyword} "{step.name}" says should', "state it as a fact"
            )
        elif not says_should and step.step_type == "then":
            yield Finding(
                file.path,
                step.line,
                f'{step.keyword} "{step.name}" does not say should',
                'say what "should" be',
            )


def refusals_were_tried(suite: Suite) -> Iterator[Finding]:
    """Whoever is refused has tried to: the action did not take place."""
    for file in suite.features:
        for scenario in file.written:
            if any(REFUSED.search(step.name) for step in scenario.steps):
                for step in scenario.steps:
                    if step.step_type == "when" and not TRIED.search(step.name):
                        yield Finding(
                            file.path, step.line, f'"{step.name}" is refused', 'say that somebody "tries to"'
                        )


def steps_have_no_trailing_colon(suite: Suite) -> Iterator[Finding]:
    """A table or text below a step needs no colon before it."""
    for file, step in _steps(suite):
        if step.name.endswith(":"):
            yield Finding(file.path, step.line, f'"{step.name}" ends with a colon', "drop it")


def texts_are_not_technical(suite: Suite) -> Iterator[Finding]:
    """If a route were renamed, the text would stay."""
    for file in suite.features:
        if file.area == TECHNICAL_AREA:
            continue
        for line, text in _texts(file):
            for name, pattern in TECHNICAL.items():
                if found := pattern.search(text):
                    yield Finding(
                        file.path,
                        line,
                        f'"{found.group().strip()}" is {name}',
                        "say it as a product owner would; the steps know the technical word",
                    )


def _steps(suite: Suite) -> Iterator[tuple[FeatureFile, Step]]:
    for file in suite.features:
        for step in file.written_steps:
            yield file, step


def _texts(file: FeatureFile) -> Iterator[tuple[int, str]]:
    for part in (file.feature, *file.rules, *file.written):
        yield part.line, part.name
    for step in file.written_steps:
        yield step.line, step.name
        if step.text:
            yield step.line, str(step.text)
    tables = [part.table for part in (*file.written_steps, *file.examples) if part.table]
    for table in tables:
        yield table.line, " | ".join(table.headings)
        for row in table.rows:
            yield row.line, " | ".join(row.cells)


RULES: tuple[Rule, ...] = (
    scenarios_have_one_when,
    scenarios_end_in_then,
    backgrounds_are_given,
    only_then_says_should,
    refusals_were_tried,
    steps_have_no_trailing_colon,
    texts_are_not_technical,
)
