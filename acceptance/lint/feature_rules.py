"""How a feature file is built: titles, descriptions, scenarios, outlines."""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from behave.model import Examples, Feature, Scenario, ScenarioOutline

from acceptance.lint.finding import Finding, Rules
from acceptance.lint.suite import FeatureFile, Suite
from acceptance.run.feature_checks import idle_parts
from acceptance.verdicts.verdict import without_row

MOST_SCENARIOS = 20
MOST_STEPS = 9
MOST_COLUMNS = 5
TEST_WORDS = re.compile(r"(verify|verifies|check|checks|test|tests)\b", re.IGNORECASE)
KEYWORDS = ("Given", "When", "Then", "And", "But", "Examples:", "Background:", "Scenario:", "Rule:")
BAR = re.compile(r"(?<!\\)\|")
NOT_MISSPELT = frozenset({"The", "They"})
RULES = Rules()


@RULES.of_suites
def feature_titles_unique(suite: Suite) -> Iterator[Finding]:
    """No two features share a title."""
    return _repeated((file.feature.name, file.path, file.feature.line) for file in suite.features)


@RULES.of_suites
def scenario_titles_unique(suite: Suite) -> Iterator[Finding]:
    """No two scenarios of the suite share a title; reports would show them as one."""
    return _repeated((one.name, file.path, one.line) for file in suite.features for one in file.written)


@RULES.of_suites
def titles_differ_as_they_run(suite: Suite) -> Iterator[Finding]:
    """No two rows of an outline share a title: known issues and reports name a scenario by it."""
    runs = ((file, one) for file in suite.features for one in file.feature.walk_scenarios())
    return _repeated((without_row(one.name), file.path, one.line) for file, one in runs)


def _repeated(titles: Iterable[tuple[str, Path, int]]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for title, path, line in titles:
        if title in first:
            what = f'the title "{title}" is used at {first[title]} too'
            yield Finding(path, line, what, "say what differs")
        first.setdefault(title, f"{path}:{line}")


@RULES.of_features(lambda file: (file.feature, *file.rules, *file.written), "state the rule as a fact")
def titles_state_facts(part: Any) -> str:
    """A title exists and states a rule; it does not announce a test."""
    if not part.name:
        return f"a {part.keyword} without title"
    return f'"{part.name}" announces a test' if TEST_WORDS.match(part.name) else ""


@RULES.of_features(lambda file: [file.feature], "write two lines that say why it matters")
def features_have_two_description_lines(feature: Feature) -> str:
    """Two lines under the title say why the subject matters."""
    count = len(feature.description)
    return f"the feature has {count} description lines" if count != 2 else ""


@RULES.of_suites
def scenarios_do_something(suite: Suite) -> Iterator[Finding]:
    """A feature without scenario, an outline without row and a scenario without step would seem to pass."""
    for file in suite.features:
        yield from (Finding(file.path, *problem) for problem in idle_parts(file.feature))


@RULES.of_features(
    lambda file: file.single, f"{MOST_STEPS} are the most: split it by rule or raise the level of its steps"
)
def scenarios_are_short(scenario: Scenario) -> str:
    """A scenario has at most nine steps, its background not counted."""
    count = len(scenario.steps)
    return f'"{scenario.name}" has {count} steps' if count > MOST_STEPS else ""


@RULES.of_features(lambda file: [file], f"{MOST_SCENARIOS} are the most: split it by rule")
def files_are_short(file: FeatureFile) -> str:
    """A file keeps to one subject."""
    count = len(file.written)
    return f"the file has {count} scenarios" if count > MOST_SCENARIOS else ""


@RULES.of_features(lambda file: file.examples, "name what the rows share")
def examples_are_named(examples: Examples) -> str:
    """The name of an Examples table says what its rows have in common."""
    return "" if examples.name else "Examples without name"


@RULES.of_features(lambda file: file.examples, f"{MOST_COLUMNS} are the most: one outline, one behaviour")
def examples_are_narrow(examples: Examples) -> str:
    """An Examples table has at most five columns."""
    count = len(examples.table.headings) if examples.table else 0
    return f"Examples with {count} columns" if count > MOST_COLUMNS else ""


@RULES.of_features(lambda file: file.outlines, "put a column in the title, such as <action>")
def outline_titles_vary(outline: ScenarioOutline) -> str:
    """The varying word stands in the title, so that rows can be told apart."""
    columns = {name for one in outline.examples if one.table for name in one.table.headings}
    varies = any(f"<{column}>" in outline.name for column in columns)
    return "" if varies else f'"{outline.name}" does not name what varies'


@RULES.of_suites
def examples_rows_unique(suite: Suite) -> Iterator[Finding]:
    """A row that is written twice proves nothing twice."""
    for file in suite.features:
        for examples in file.examples:
            seen: set[tuple[str, ...]] = set()
            for row in examples.table.rows if examples.table else ():
                if tuple(row.cells) in seen:
                    yield Finding(file.path, row.line, f"the row {row.cells} is there twice", "remove one")
                seen.add(tuple(row.cells))


@RULES.of_suites
def tables_are_aligned(suite: Suite) -> Iterator[Finding]:
    """People read a table by its columns: each bar of a row stands below that of the row above."""
    for file in suite.features:
        above: list[int] = []
        for line, text in enumerate(file.lines, start=1):
            bars = [found.start() for found in BAR.finditer(text)] if text.lstrip().startswith("|") else []
            if above and bars and bars != above:
                yield Finding(file.path, line, "the row does not stand below the one above", "align its bars")
            above = bars


@RULES.of_features(
    lambda file: (*file.rules, *file.backgrounds, *file.written),
    "write the keyword, or begin the line with another word",
)
def descriptions_hide_no_steps(part: Any) -> str:
    """behave reads a misspelt first keyword as description and drops the step."""
    near = {line: _nearest_keyword(line) for line in part.description}
    hidden = [f'"{line}" looks like a misspelt "{keyword}"' for line, keyword in near.items() if keyword]
    return f"in the description {' and '.join(hidden)}" if hidden else ""


def _nearest_keyword(line: str) -> str | None:
    first = line.split(maxsplit=1)[0]
    if first in NOT_MISSPELT:
        return None
    near = difflib.get_close_matches(first.capitalize(), KEYWORDS, n=1, cutoff=0.75)
    return near[0] if near else None
