"""Errors outside the assertions of steps: red in terminal, JUnit and Allure, and the run goes on."""

import pytest

TWO = """
    Scenario: A lion sleeps
      Given all is well

    Scenario: A lion wakes
      Given all is well
"""


def statuses(done):
    allure = {name: result["status"] for name, result in done.allure().items()}
    assert allure == done.junit_statuses()
    return allure


def in_hook(name, body="raise ValueError('hungry')"):
    arguments = "context" if name.endswith("_all") else "context, item"
    only = (
        "True"
        if name.endswith("_all")
        else "getattr(item, 'name', item) in ('A lion sleeps', 'smoke', 'Lions')"
    )
    return f"import sys\ndef {name}({arguments}):\n    if {only}:\n        {body}\n"


@pytest.mark.parametrize("hook", ["before_scenario", "after_scenario", "before_tag", "after_tag"])
@pytest.mark.parametrize(
    ("body", "message"),
    [("raise ValueError('hungry')", "ValueError: hungry"), ("sys.exit(0)", "called sys.exit(0)")],
)
def test_a_hook_of_a_scenario_that_fails_breaks_it(project, hook, body, message):
    project.write("environment.py", in_hook(hook, body)).feature("@smoke" + TWO)
    done = project.run()
    assert done.code == 1
    assert statuses(done) == {"A lion sleeps": "broken", "A lion wakes": "passed"}
    assert message in done.allure()["A lion sleeps"]["statusDetails"]["message"]
    assert message in done.junit()["A lion sleeps"].find("error").get("message")
    assert message in done.out.split("Failures")[1]


@pytest.mark.parametrize("hook", ["before_step", "after_step"])
def test_a_hook_of_a_step_that_fails_breaks_the_scenario(project, hook):
    text = in_hook(hook).replace("'A lion sleeps'", "'all is well'")
    done = project.write("environment.py", text).feature(TWO).run()
    assert done.code == 1
    assert set(statuses(done).values()) == {"broken"}
    assert "ValueError: hungry" in done.junit()["A lion sleeps"].find("error").get("message")


@pytest.mark.parametrize("hook", ["before_all", "before_feature"])
def test_what_fails_before_the_scenarios_breaks_each_of_them(project, hook):
    done = project.write("environment.py", in_hook(hook)).feature(TWO).run()
    assert done.code == 1
    assert statuses(done) == {"A lion sleeps": "broken", "A lion wakes": "broken"}
    for result in done.allure_results():
        assert result["statusDetails"]["message"] == f"{hook}: ValueError: hungry"
    assert "SESSION CLOSED" in done.out


def test_a_failing_feature_leaves_the_other_features_alone(project):
    project.write("environment.py", in_hook("before_feature")).feature(TWO)
    done = project.feature("Scenario: A tiger sleeps\n Given all is well", "Tigers").run()
    assert statuses(done)["A tiger sleeps"] == "passed"


@pytest.mark.parametrize(("hook", "owner"), [("after_feature", "feature"), ("after_all", "run")])
def test_what_fails_after_the_scenarios_is_a_result_of_its_own(project, hook, owner):
    done = project.write("environment.py", in_hook(hook)).feature(TWO).run()
    assert done.code == 1
    assert statuses(done) == {
        "A lion sleeps": "passed",
        "A lion wakes": "passed",
        f"{hook} of the {owner}": "broken",
    }


@pytest.mark.parametrize(("hook", "owner"), [("before_feature", "feature"), ("before_all", "run")])
def test_a_failing_cleanup_around_the_scenarios_is_a_result_of_its_own(project, hook, owner):
    text = in_hook(hook, "context.add_cleanup(lambda: 1 / 0)")
    done = project.write("environment.py", text).feature(TWO).run()
    assert done.code == 1
    assert statuses(done)[f"cleanup <lambda> of the {owner}"] == "broken"


def test_a_rule_is_an_owner_of_its_own(project):
    text = in_hook("after_rule").replace("'Lions'", "'Quiet hours'")
    rule = "Rule: Quiet hours\n  Scenario: A lion sleeps\n    Given all is well"
    done = project.write("environment.py", text).feature(rule).run()
    assert statuses(done) == {"A lion sleeps": "passed", "after_rule of the rule": "broken"}


def test_a_failing_cleanup_is_red_and_the_others_run(project):
    done = project.feature("""
        Scenario: A lion is removed
          Given a cleanup that says FIRST
          And a cleanup that breaks
          And a cleanup that says LAST
    """).run()
    assert done.code == 1
    assert statuses(done) == {"A lion is removed": "broken"}
    assert done.out.index("LAST") < done.out.index("FIRST")
    assert "cleanup remove_lion: RuntimeError: the lion stays" in done.out.split("Failures")[1]


def test_a_product_failure_stays_one_when_the_cleanup_fails_as_well(project):
    done = project.feature("""
        Scenario: A lion roars
          Given a cleanup that breaks
          Then it fails
    """).run()
    failure = done.junit()["A lion roars"].find("failure").get("message")
    assert failure.splitlines() == [
        "expected a lion, got a mouse",
        "cleanup remove_lion: RuntimeError: the lion stays",
    ]


@pytest.mark.parametrize(
    "body", ["sys.exit(0)", "raise SystemExit('bye')", "context.add_cleanup(lambda: sys.exit(0))"]
)
def test_nothing_can_end_the_run_from_within(project, body):
    project.write("steps/leave.py", f"import sys\n@given('it leaves')\ndef leave(context):\n    {body}\n")
    done = project.feature(f"""
        Scenario: A lion leaves
          Given a cleanup that says CLEAN
          And it leaves
        {TWO}
    """).run()
    assert done.code == 1
    assert statuses(done) == {"A lion leaves": "broken", "A lion sleeps": "passed", "A lion wakes": "passed"}
    assert "called sys.exit(" in done.junit()["A lion leaves"].find("error").get("message")
    assert "CLEAN" in done.out


def test_a_formatter_that_raises_costs_no_cleanup(project):
    project.write(
        "loud.py",
        """
        from behave.formatter.base import Formatter

        class Loud(Formatter):
            def result(self, step):
                raise ValueError("too loud")
    """,
    )
    project.write(
        "environment.py",
        "def before_scenario(context, scenario):\n"
        "    context.add_cleanup(print, 'CLEAN')\n"
        "    context.add_cleanup(lambda: 1 / 0)\n",
    )
    done = project.feature("Scenario: A lion\n Given all is well").run("-f", "loud:Loud")
    assert done.code == 1
    assert "CLEAN" in done.out
    assert "SESSION CLOSED" in done.out


def test_undefined_and_pending_steps_are_red(project):
    project.write(
        "steps/later.py",
        """
        from behave.api.pending_step import StepNotImplementedError
        @given("it is made later")
        def later(context):
            raise StepNotImplementedError("later")
    """,
    )
    done = project.feature("""
        Scenario: Undefined
          Given nothing like it
        Scenario: Pending
          Given it is made later
    """).run()
    assert done.code == 1
    assert statuses(done) == {"Undefined": "broken", "Pending": "broken"}
    assert "  Given nothing like it\n    the step is undefined; docs/steps.md lists" in done.out
