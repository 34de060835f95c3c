"""The time that a run should take, and the switch that makes a longer one red."""

import pytest
from behave.userdata import UserData

from acceptance.errors import ConfigurationError
from acceptance.run.budget import exceeded, is_strict


@pytest.mark.parametrize(("seconds", "budget"), [(119.9, 120.0), (120.0, 120.0), (4000.0, 0.0)])
def test_a_run_within_its_budget_says_nothing(seconds, budget):
    assert exceeded(seconds, budget, "ZOO_BUDGET") == ""


def test_a_run_beyond_its_budget_says_by_how_much():
    said = "the run took 121.5 s, 1.5 s more than its budget of 120 s (ZOO_BUDGET)"
    assert exceeded(121.5, 120.0, "ZOO_BUDGET") == said


@pytest.mark.parametrize(
    ("given", "strict"), [({}, False), ({"strict_budget": "true"}, True), ({"strict_budget": "no"}, False)]
)
def test_the_budget_is_strict_when_that_is_said(given, strict):
    assert is_strict(UserData(given)) is strict


@pytest.mark.parametrize(
    ("name", "hint"),
    [("strict-budget", "did you mean -D strict_budget?"), ("browser", "there is only -D strict_budget")],
)
def test_what_would_be_ignored_is_refused(name, hint):
    with pytest.raises(ConfigurationError, match=f"-D {name} means nothing to this suite; {hint}"):
        is_strict(UserData({name: "true"}))


def test_an_odd_word_is_refused():
    with pytest.raises(ConfigurationError, match='-D strict_budget is "maybe"; write true or false'):
        is_strict(UserData({"strict_budget": "maybe"}))


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [([], 0, "note: the run took"), (["-D", "strict_budget"], 1, "The time of the run")],
)
def test_a_longer_run_says_so_and_is_red_where_the_budget_is_strict(project, options, code, told):
    project.feature("Scenario: All is well\n  Given all is well").runner("budget_seconds = 0.000001")
    finished = project.run(*options)
    assert finished.code == code
    assert told in finished.out + finished.err
    assert "its budget of 1e-06 s (ZOO_BUDGET)" in finished.out + finished.err


def test_a_run_within_its_budget_is_green(project):
    project.feature("Scenario: All is well\n  Given all is well").runner("budget_seconds = 600.0")
    finished = project.run("-D", "strict_budget")
    assert finished.code == 0
    assert "budget" not in finished.out + finished.err


def test_a_misspelt_definition_ends_before_anything_is_run(project):
    project.feature("Scenario: All is well\n  Given all is well")
    finished = project.run("-D", "strictbudget")
    assert finished.code == 2
    assert finished.sentence == "-D strictbudget means nothing to this suite; did you mean -D strict_budget?"
    assert "SESSION OPENED" not in finished.out
