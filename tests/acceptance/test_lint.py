"""Each rule finds its bad example, and nothing else does; the good suite has no finding."""

from pathlib import Path

import pytest

from acceptance.__main__ import main
from acceptance.commands.lint import RULES, findings, summary
from acceptance.errors import ConfigurationError
from acceptance.lint.finding import rule_name
from acceptance.lint.suite import load_suite
from api_service.project import PROJECT
from tests.acceptance import lint_examples, lint_step_examples, semantics_lint_examples
from tests.acceptance.lint_examples import (
    ARRIVES,
    FEATURE,
    FIRST,
    GOOD,
    SENDS,
    STEPS,
    in_feature,
    in_steps,
    journey,
)
from tests.acceptance.semantics_lint_examples import ENTRY, declaring

BAD = lint_examples.BAD | lint_step_examples.BAD | semantics_lint_examples.BAD


def suite_in(root: Path, files: dict[str, str]) -> Path:
    (root / "steps").mkdir()
    (root / "pyproject.toml").write_text('[tool.acceptance]\nproject = "api_service.project:PROJECT"\n')
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def rules_found(root: Path) -> set[str]:
    return {rule for _, rule in findings(load_suite(root))}


def test_the_good_suite_has_no_finding(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(suite_in(tmp_path, GOOD))
    assert main(["lint"]) == 0
    assert capsys.readouterr().out.endswith("no finding\n")


@pytest.mark.parametrize(
    ("rule", "files"), [pytest.param(rule, files, id=rule) for rule in BAD for files in BAD[rule]]
)
def test_a_bad_example_is_found(tmp_path, rule, files):
    assert rule in rules_found(suite_in(tmp_path, files))


def test_an_operation_that_is_declared_lacks_nothing_but_its_row(tmp_path):
    assert rules_found(suite_in(tmp_path, declaring(ENTRY))) == {"protected-operations-are-in-the-matrix"}


def test_a_journey_may_have_many_actions_and_steps(tmp_path):
    files = journey(FIRST + (SENDS + ARRIVES) * 18)
    files["features/post/parcels.feature"] = FEATURE.replace("  @smoke\n", "")
    assert rules_found(suite_in(tmp_path, files)) == set()


def test_every_rule_has_a_bad_example():
    assert {rule_name(rule) for rule in (*RULES, *PROJECT.lint_rules)} == set(BAD)


def test_the_access_area_may_speak_of_operations(tmp_path):
    technical = FEATURE.replace("| burn   |", "| DELETE |")
    root = suite_in(tmp_path, {"features/access/parcels.feature": technical, "steps/parcels.py": STEPS})
    assert rules_found(root) == set()


@pytest.mark.parametrize(
    "text",
    [
        "A parcel of 200 books arrives within 30 days",
        "Alice sees 3 parcels and/or 120 letters",
        "They patch the parcel and delete the label",
        "The Content of a parcel stays private",
    ],
)
def test_everyday_words_are_not_technical(tmp_path, text):
    root = suite_in(tmp_path, in_feature("A sent parcel arrives", text))
    assert rules_found(root) == set()


def test_a_description_of_a_scenario_is_no_misspelt_step(tmp_path):
    title = "  Scenario: A sent parcel arrives\n"
    root = suite_in(tmp_path, in_feature(title, f"{title}    The parcel is on its way for a day or two.\n"))
    assert rules_found(root) == set()


def test_a_finding_names_place_rule_and_mend(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(suite_in(tmp_path, in_feature("@billing", "@biling")))
    assert main(["lint"]) == 1
    line = capsys.readouterr().out.splitlines()[0]
    place = FEATURE[: FEATURE.index("@billing")].count("\n") + 1
    said = "tags-are-declared: @biling is not a declared tag; did you mean @billing?"
    assert line == f"features/post/parcels.feature:{place}: {said}"


def test_the_summary_counts_runs_for_each_definition(tmp_path):
    suite = load_suite(suite_in(tmp_path, GOOD))
    sizes = "1 features, 4 scenarios that run as 5, 5 step definitions"
    assert summary(suite) == f"{sizes}, 1.0 runs for each definition"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"steps/parcels.py": STEPS}, "no feature file"),
        (GOOD | {"features/post/odd.feature": "Scenario: alone\n"}, "features/post/odd.feature"),
        (GOOD | {"features/post/odd.feature": "\n"}, "holds no feature"),
        (in_steps("@then(", "@whenever("), "steps/parcels.py:24 does not load: NameError"),
        (in_steps("{action:w}", "{action:Unheard}"), "steps/parcels.py:18 does not load: ValueError"),
        (GOOD | {"environment.py": "import nothing_of_this_name\n"}, "environment.py:1 does not load"),
        (
            GOOD
            | {
                "steps/odd.py": "from behave import given\nuse_step_matcher('re')\n"
                "@given('(')\ndef odd(context): ...\n"
            },
            "behave cannot read the pattern of",
        ),
    ],
)
def test_a_suite_that_cannot_be_read_is_one_sentence(tmp_path, capsys, monkeypatch, files, sentence):
    monkeypatch.chdir(suite_in(tmp_path, files))
    assert main(["lint"]) == ConfigurationError.exit_code
    assert sentence in capsys.readouterr().err
