"""How a feature file is built: titles, descriptions, scenarios, outlines."""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from acceptance.lint.finding import Finding, Rule
from acceptance.lint.suite import Suite

MOST_SCENARIOS = 20
MOST_STEPS = 9
MOST_COLUMNS = 5
TEST_WORDS = re.compile(r"(verify|verifies|check|checks|test|tests)\b", re.IGNORECASE)
KEYWORDS = ("Given", "When", "Then", "And", "But", "Examples:", "Background:", "Scenario:", "Rule:")
BAR = re.compile(r"(?<!\\)\|")
NOT_MISSPELT = frozenset({"The", "They"})


def feature_titles_unique(suite: Suite) -> Iterator[Finding]:
    """No two features share a title."""
    return _repeated((file.feature.name, file.path, file.feature.line) for file in suite.features)


def scenario_titles_unique(suite: Suite) -> Iterator[Finding]:
    """No two scenarios of the suite share a title; reports would show them as one."""
    return _repeated(
        (scenario.name, file.path, scenario.line) for file in suite.features for scenario in file.written
    )


def titles_differ_as_they_run(suite: Suite) -> Iterator[Finding]:
    """No two rows of an outline share a title: known issues and reports name a scenario by it."""
    return _repeated(
        (scenario.name.partition(" -- @")[0], file.path, scenario.line)
        for file in suite.features
        for scenario in file.feature.walk_scenarios()
    )


def _repeated(titles: Iterable[tuple[str, Path, int]]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for title, path, line in titles:
        if title in first:
            yield Finding(
                path, line, f'the title "{title}" is used at {first[title]} too', "say what differs"
            )
        first.setdefault(title, f"{path}:{line}")


def titles_state_facts(suite: Suite) -> Iterator[Finding]:
    """A title exists and states a rule; it does not announce a test."""
    for file in suite.features:
        for part in (file.feature, *file.rules, *file.written):
            if not part.name:
                yield Finding(
                    file.path, part.line, f"a {part.keyword} without title", "state the rule as a fact"
                )
            elif TEST_WORDS.match(part.name):
                yield Finding(
                    file.path, part.line, f'"{part.name}" announces a test', "state the rule as a fact"
                )


def features_have_two_description_lines(suite: Suite) -> Iterator[Finding]:
    """Two lines under the title say why the subject matters."""
    for file in suite.features:
        if (count := len(file.feature.description)) != 2:
            yield Finding(
                file.path,
                file.feature.line,
                f"the feature has {count} description lines",
                "write two lines that say why it matters",
            )


def scenarios_have_steps(suite: Suite) -> Iterator[Finding]:
    """An empty scenario would pass."""
    for file in suite.features:
        if not file.written:
            yield Finding(
                file.path, file.feature.line, "the feature has no scenario", "write one or remove it"
            )
        for scenario in file.written:
            if not scenario.steps:
                yield Finding(file.path, scenario.line, f'"{scenario.name}" has no step', "write its steps")


def scenarios_are_short(suite: Suite) -> Iterator[Finding]:
    """A scenario has at most nine steps, its background not counted."""
    for file in suite.features:
        for scenario in file.written:
            if (count := len(scenario.steps)) > MOST_STEPS:
                yield Finding(
                    file.path,
                    scenario.line,
                    f'"{scenario.name}" has {count} steps',
                    f"{MOST_STEPS} are the most: split it by rule or raise the level of its steps",
                )


def files_are_short(suite: Suite) -> Iterator[Finding]:
    """A file keeps to one subject."""
    for file in suite.features:
        if (count := len(file.written)) > MOST_SCENARIOS:
            yield Finding(
                file.path,
                file.feature.line,
                f"the file has {count} scenarios",
                f"{MOST_SCENARIOS} are the most: split it by rule",
            )


def outlines_have_examples(suite: Suite) -> Iterator[Finding]:
    """behave drops an outline without rows silently."""
    for file in suite.features:
        for outline in file.outlines:
            if not any(examples.table and examples.table.rows for examples in outline.examples):
                yield Finding(
                    file.path, outline.line, f'the outline "{outline.name}" has no rows', "add named Examples"
                )


def examples_are_named(suite: Suite) -> Iterator[Finding]:
    """The name of an Examples table says what its rows have in common."""
    for file in suite.features:
        for examples in file.examples:
            if not examples.name:
                yield Finding(file.path, examples.line, "Examples without name", "name what the rows share")


def examples_are_narrow(suite: Suite) -> Iterator[Finding]:
    """An Examples table has at most five columns."""
    for file in suite.features:
        for examples in file.examples:
            if examples.table and (count := len(examples.table.headings)) > MOST_COLUMNS:
                yield Finding(
                    file.path,
                    examples.line,
                    f"Examples with {count} columns",
                    f"{MOST_COLUMNS} are the most: one outline, one behaviour",
                )


def outline_titles_vary(suite: Suite) -> Iterator[Finding]:
    """The varying word stands in the title, so that rows can be told apart."""
    for file in suite.features:
        for outline in file.outlines:
            columns = {
                column
                for examples in outline.examples
                if examples.table
                for column in examples.table.headings
            }
            if not any(f"<{column}>" in outline.name for column in columns):
                yield Finding(
                    file.path,
                    outline.line,
                    f'"{outline.name}" does not name what varies',
                    "put a column in the title, such as <action>",
                )


def examples_rows_unique(suite: Suite) -> Iterator[Finding]:
    """A row that is written twice proves nothing twice."""
    for file in suite.features:
        for examples in file.examples:
            seen: set[tuple[str, ...]] = set()
            for row in examples.table.rows if examples.table else ():
                if tuple(row.cells) in seen:
                    yield Finding(file.path, row.line, f"the row {row.cells} is there twice", "remove one")
                seen.add(tuple(row.cells))


def tables_are_aligned(suite: Suite) -> Iterator[Finding]:
    """People read a table by its columns: each bar of a row stands below that of the row above."""
    for file in suite.features:
        above: list[int] = []
        for line, text in enumerate(file.lines, start=1):
            bars = [found.start() for found in BAR.finditer(text)] if text.lstrip().startswith("|") else []
            if above and bars and bars != above:
                yield Finding(file.path, line, "the row does not stand below the one above", "align its bars")
            above = bars


def descriptions_hide_no_steps(suite: Suite) -> Iterator[Finding]:
    """behave reads a misspelt first keyword as description and drops the step."""
    for file in suite.features:
        for part in (*file.rules, *file.backgrounds, *file.written):
            for line in part.description:
                if keyword := _nearest_keyword(line):
                    yield Finding(
                        file.path,
                        part.line,
                        f'the description line "{line}" looks like a misspelt step',
                        f'write "{keyword}", or begin the line with another word',
                    )


def _nearest_keyword(line: str) -> str | None:
    first = line.split(maxsplit=1)[0]
    if first in NOT_MISSPELT:
        return None
    near = difflib.get_close_matches(first.capitalize(), KEYWORDS, n=1, cutoff=0.75)
    return near[0] if near else None


RULES: tuple[Rule, ...] = (
    feature_titles_unique,
    scenario_titles_unique,
    titles_differ_as_they_run,
    titles_state_facts,
    features_have_two_description_lines,
    scenarios_have_steps,
    scenarios_are_short,
    files_are_short,
    outlines_have_examples,
    examples_are_named,
    examples_are_narrow,
    outline_titles_vary,
    examples_rows_unique,
    tables_are_aligned,
    descriptions_hide_no_steps,
)
