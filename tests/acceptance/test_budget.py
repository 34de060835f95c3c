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
