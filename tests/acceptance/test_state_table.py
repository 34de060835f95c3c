"""A failed scenario shows what it knew by name: in Allure, and in the terminal while that is short."""

import pytest

from acceptance.redaction import learn
from acceptance.reports.state_table import state_table
from acceptance.verdicts.verdict import Status, Verdict

HOOKS = """
    from dataclasses import dataclass
    from behave import given
    from acceptance.scenarios.scenario_state import ScenarioState
    from acceptance.redaction import learn

    @dataclass
    class BigCat:
        id: str

    @given("{count:d} lions")
    def lions(context, count):
        for number in range(count):
            context.state.keep(f"Leo {number}", BigCat(f"lion-{number}"))

    @given("a lion called {secret}")
    def secret_lion(context, secret):
        learn(secret)
        context.state.keep("Leo", BigCat(secret))

    def before_scenario(context, scenario):
        context.state = ScenarioState()

    def after_scenario(context, scenario):
        scenario.things = list(context.state.rows())
        if "serial" in scenario.tags:
            raise ValueError("the gate is open")
"""
NAME = "what the scenario knew"


@pytest.fixture
def failing(project):
    def run(given: str, then: str = "Then it fails", tag: str = ""):
        project.write("environment.py", HOOKS)
        return project.feature(f"{tag}\nScenario: A lion roars\n Given {given}\n {then}").run()

    return run


def shown_by_allure(done):
    (result,) = done.allure_results()
    texts = {one["name"]: done.attachment(one) for one in result.get("attachments", [])}
    return texts.get(NAME)


def test_a_failed_scenario_shows_its_things_below_the_failure(failing):
    done = failing("2 lions")
    table = "title  kind     id\nLeo 0  big cat  lion-0\nLeo 1  big cat  lion-1"
    assert shown_by_allure(done) == table
    indented = "".join(f"      {line}\n" for line in table.splitlines())
    assert f"    expected a lion, got a mouse\n{indented}\n" in done.out


def test_a_scenario_that_a_hook_broke_shows_its_things(failing):
    done = failing("1 lions", then="", tag="@serial")
    assert "lion-0" in (shown_by_allure(done) or "")
    assert "      Leo 0  big cat  lion-0\n" in done.out


def test_a_green_scenario_and_one_without_things_show_no_table(failing):
    for given, then in (("2 lions", ""), ("0 lions", "Then it fails")):
        done = failing(given, then)
        assert shown_by_allure(done) is None
        assert "title  kind" not in done.out


@pytest.mark.parametrize(("count", "in_terminal"), [(10, True), (11, False)])
def test_more_than_ten_things_stand_in_the_report_alone(failing, count, in_terminal):
    done = failing(f"{count} lions")
    assert f"Leo {count - 1}" in (shown_by_allure(done) or "")
    assert ("title" in done.out) is in_terminal


def test_a_secret_is_hidden_in_both(failing):
    done = failing("a lion called Savannah-Grass-9")
    assert "«hidden»" in (shown_by_allure(done) or "")
    assert "      Leo    big cat  «hidden»\n" in done.out
    assert "Savannah-Grass-9" not in done.out.split("Failures")[1]
    assert "Savannah-Grass-9" not in str(shown_by_allure(done))


def test_what_a_service_sent_stays_on_its_line():
    learn("Savannah-Grass-9")
    verdict = Verdict("", "", "", 1, Status.FAILED, things=(("Leo", "cat", "a\nb\x1b[31m"), ("é", "c", "")))
    assert state_table(verdict) == ["title  kind  id", "Leo    cat   'a\\nb\\x1b[31m'", "é      c"]
