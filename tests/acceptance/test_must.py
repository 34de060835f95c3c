"""The list of operations that the smoke tier has to pass, and what a run lacks of it."""

import pytest

from acceptance.errors import ConfigurationError
from acceptance.reports.must import missing, required

GATES = [{"tag": "vector"}, {"tag": "storage"}]


def report(smoke: list[str]) -> dict:
    return {"gates": GATES, "operations": [{"method": "GET", "path": "/things", "smoke": smoke}]}


def listed(tmp_path, text: str) -> dict[str, frozenset[str]]:
    path = tmp_path / "must.csv"
    path.write_text(text, encoding="utf-8")
    return required(path)


def test_without_a_list_nothing_is_required(tmp_path):
    assert required(tmp_path / "must.csv") == {}


def test_an_operation_that_smoke_passed_is_not_missing(tmp_path):
    must = listed(tmp_path, "operation,gates\nGET /things,\n")
    assert list(missing(report(["provider", "smoke"]), must)) == []


def test_an_operation_that_smoke_passed_by_is_named(tmp_path):
    must = listed(tmp_path, "operation,gates\nGET /things,\n")
    (problem,) = missing(report([]), must)
    assert problem.startswith("GET /things ")
    assert "no @smoke scenario" in problem


def test_a_gate_that_the_list_does_not_name_is_too_much(tmp_path):
    must = listed(tmp_path, "operation,gates\nGET /things,vector\n")
    assert list(missing(report(["smoke", "vector"]), must)) == []
    (problem,) = missing(report(["smoke", "storage", "vector"]), must)
    assert "behind @storage," in problem


def test_an_operation_that_there_is_not_is_named(tmp_path):
    must = listed(tmp_path, "operation,gates\nGET /thing,\n")
    (problem,) = missing(report(["smoke"]), must)
    assert "not in the contract" in problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "path\nGET /things\n",
        "operation,gates\nGET /things\n",
        "operation,gates\nGET /things,,\n",
        "operation,gates\nGET /things,\nGET /things,vector\n",
    ],
)
def test_a_list_of_another_form_is_a_sentence(tmp_path, text):
    with pytest.raises(ConfigurationError, match=r"must\.csv"):
        listed(tmp_path, text)
