"""Check the style of the features and steps of the current folder."""

from argparse import Namespace
from pathlib import Path

from acceptance.lint import (
    assertion_rules,
    coverage_rules,
    feature_rules,
    journey_rules,
    matching_rules,
    semantics_rules,
    step_rules,
    wording_rules,
)
from acceptance.lint.finding import Finding, rule_name
from acceptance.lint.suite import Suite, load_suite

RULES = (
    *feature_rules.RULES,
    *journey_rules.RULES,
    *wording_rules.RULES,
    *coverage_rules.RULES,
    *step_rules.RULES,
    *assertion_rules.RULES,
    *matching_rules.RULES,
    *semantics_rules.RULES,
)


def findings(suite: Suite) -> list[tuple[Finding, str]]:
    """Return every finding with the name of its rule, by place."""
    rules = (*RULES, *suite.project.lint_rules)
    return sorted((finding, rule_name(rule)) for rule in rules for finding in rule(suite))


def summary(suite: Suite) -> str:
    """Return one line of numbers: sizes, and how many scenarios run for each step definition."""
    written, definitions = len(suite.scenarios), len(suite.definitions)
    run = sum(1 for file in suite.features for _ in file.feature.walk_scenarios())
    ratio = f", {run / definitions:.1f} runs for each definition" if definitions else ""
    sizes = f"{len(suite.features)} features, {written} scenarios that run as {run}"
    return f"{sizes}, {definitions} step definitions{ratio}"


def run(_: Namespace) -> int:
    """Print the findings and a summary; return 1 when there are findings.

    Raises ConfigurationError when the suite cannot be read.
    """
    suite = load_suite(Path.cwd())
    found = findings(suite)
    for finding, rule in found:
        print(f"{finding.path}:{finding.line}: {rule}: {finding.what}; {finding.mend}")
    print(summary(suite) + (f": {len(found)} findings" if found else ": no finding"))
    return 1 if found else 0
