"""Known issues in a run: known is not red, fixed is, and an entry about nothing is."""

import pytest

SCENARIOS = """
    Scenario: The product fails
      Then it fails
    Scenario: All is well
      Given all is well
"""


def listing(project, *titles: str, **more: str):
    about = {"step": "it fails", "shows": "got a mouse", "kind": "defect", "reason": "the lion sleeps"} | more
    entries = ", ".join(f"KnownIssue({title!r}, defect='D7', **{about!r})" for title in titles)
    return project.runner(f"issues = KnownIssues([{entries}])").feature(SCENARIOS)


def test_a_failure_that_is_listed_is_told_as_known_everywhere_and_fails_nothing(project):
    done = listing(project, "The product fails").run()
    assert done.code == 0
    assert "1 passed, 1 known" in done.out
    assert "  The product fails: known issue D7 (defect): the lion sleeps\n" in done.out
    assert "Failures" not in done.out
    told = "known issue D7 (defect): the lion sleeps\nexpected a lion, got a mouse"
    assert done.junit()["The product fails"].find("skipped").get("message") == told
    result = done.allure()["The product fails"]
    assert (result["status"], result["statusDetails"]["message"]) == ("skipped", told)


def test_a_listed_scenario_that_passes_is_red_because_its_entry_is_out_of_date(project):
    done = listing(project, "The product fails", "All is well").run()
    assert done.code == 1
    assert "fixed: remove the entry about it from the known issues (D7 (defect): the lion sleeps)" in done.out
    assert done.allure()["All is well"]["status"] == "failed"


def test_an_entry_for_a_backend_that_nobody_told_does_not_hold_against_a_pass(project):
    done = listing(project, "The product fails", "All is well", backend="sqlite").run()
    assert done.code == 0


def test_an_entry_that_names_no_scenario_is_red(project):
    done = listing(project, "The product fails", "Gone").run()
    assert done.code == 1
    assert '"Gone" is listed and no scenario has that title' in done.out


@pytest.mark.parametrize("arguments", [("-n", "product"), ("features/zoo/lions.feature",)])
def test_a_filtered_run_does_not_ask_for_what_it_left_out(project, arguments):
    done = listing(project, "The product fails", "Gone").run(*arguments)
    assert done.code == 0


def test_another_failure_beside_a_known_one_is_still_red(project):
    done = listing(project, "Something else").run()
    assert done.code == 1
    assert done.junit_statuses()["The product fails"] == "failed"


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        ("Then it breaks", 'it should fail at "it fails"'),
        (
            "Given a cleanup that breaks\n      Then it fails",
            "cleanup remove_lion: RuntimeError: the lion stays",
        ),
        ("Then it fails\n      And it breaks", '"it breaks" should hold'),
    ],
)
def test_what_fails_in_another_way_than_the_entry_says_is_red(project, scenario, why):
    listing(project, "The product fails", shows="got a mouse")
    done = project.feature(f"""
    Scenario: The product fails
      {scenario}
    """).run()
    assert done.code == 1
    assert f"(not the known D7 (defect): the lion sleeps: {why}" in done.out
    assert done.junit_statuses()["The product fails"] in {"failed", "broken"}


def test_another_message_at_the_known_step_is_red(project):
    done = listing(project, "The product fails", shows="got a cat").run()
    assert done.code == 1
    assert '"it fails" should fail with "got a cat"' in done.out


def test_the_steps_behind_a_known_failure_run_and_may_be_known_as_well(project):
    listing(project, "The product fails", also="it breaks")
    done = project.feature("""
    Scenario: The product fails
      Then it fails
      And it breaks
      Given all is well
    """).run()
    assert done.code == 0
    steps = done.allure()["The product fails"]["steps"]
    assert [step["status"] for step in steps] == ["failed", "broken", "passed"]
