"""How a feature file speaks: Given, When and Then, and words a product owner would use."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from behave.model import Scenario, Step

from acceptance.lint.finding import Rules
from acceptance.lint.suite import FeatureFile

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
        r"|\b(?:Content|Cache|Retry|Last|If|Idempotency|User|Set|WWW)-[A-Z]\w+"
    ),
    "JSON": re.compile(r"\bJSON\b|[{\[]\s*\"\w+\"\s*[:,\]]", re.IGNORECASE),
    "an id": re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{24,}\b", re.IGNORECASE),
    "a date": re.compile(r"\b\d{4}-\d\d-\d\d\b"),
    "a pause": re.compile(r"\b(?:waits?|sleeps?|pauses?)\b.*\bseconds?\b", re.IGNORECASE),
}
RULES = Rules()


class Text(NamedTuple):
    """Something that a feature file says."""

    line: int
    text: str


@RULES.of_features(
    lambda file: file.single,
    "one scenario, one When: put state into Given, and a second rule into its own scenario",
)
def scenarios_have_one_when(scenario: Scenario) -> str:
    """One action makes a scenario; an And after When is a second action."""
    count = sum(step.step_type == "when" for step in scenario.steps)
    return f'"{scenario.name}" has {count} When steps' if scenario.steps and count != 1 else ""


@RULES.of_features(lambda file: file.written, "say what should be true")
def scenarios_end_in_then(scenario: Scenario) -> str:
    """A scenario that ends without Then promises nothing."""
    ends = not scenario.steps or scenario.steps[-1].step_type == "then"
    return "" if ends else f'"{scenario.name}" does not end in Then'


@RULES.of_features(lambda file: file.backgrounds, "keep what every scenario needs, move the rest into them")
def backgrounds_are_given(background: Any) -> str:
    """A background is one or two lines of state."""
    given = len(background.steps) <= 2 and all(step.step_type == "given" for step in background.steps)
    return "" if given else "the background is more than two Given lines"


@RULES.of_features(lambda file: file.written_steps, 'say "should" in Then, and state facts in Given and When')
def only_then_says_should(step: Step) -> str:
    """Then says what should be; Given states what is, When what happens."""
    says_should = bool(SHOULD.search(step.name))
    if says_should == (step.step_type == "then"):
        return ""
    return f'{step.keyword} "{step.name}" ' + ("says should" if says_should else "does not say should")


def _refused_actions(file: FeatureFile) -> Iterator[Step]:
    for scenario in file.written:
        if any(REFUSED.search(step.name) for step in scenario.steps):
            yield from (step for step in scenario.steps if step.step_type == "when")


@RULES.of_features(_refused_actions, 'say that somebody "tries to"')
def refusals_were_tried(step: Step) -> str:
    """Whoever is refused has tried to: the action did not take place."""
    return "" if TRIED.search(step.name) else f'"{step.name}" is refused'


@RULES.of_features(lambda file: file.written_steps, "drop it")
def steps_have_no_trailing_colon(step: Step) -> str:
    """A table or text below a step needs no colon before it."""
    return f'"{step.name}" ends with a colon' if step.name.endswith(":") else ""


def _texts(file: FeatureFile) -> Iterator[Text]:
    if file.area == TECHNICAL_AREA:
        return
    for part in (file.feature, *file.rules, *file.written, *file.written_steps):
        yield Text(part.line, part.name)
    for part in (*file.written_steps, *file.examples):
        if getattr(part, "text", None):
            yield Text(part.line, str(part.text))
        if part.table:
            yield Text(part.table.line, " | ".join(part.table.headings))
            yield from (Text(row.line, " | ".join(row.cells)) for row in part.table.rows)


@RULES.of_features(_texts, "say it as a product owner would; the steps know the technical word")
def texts_are_not_technical(said: Text) -> str:
    """If a route were renamed, the text would stay."""
    found = {name: pattern.search(said.text) for name, pattern in TECHNICAL.items()}
    return ", ".join(f'"{one.group().strip()}" is {name}' for name, one in found.items() if one)
