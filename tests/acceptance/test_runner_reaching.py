"""Every way in which a selected scenario is not executed, or fails as known, and how such a run ends."""

import pytest

STEPS = """
    import os, signal
    from behave import given

    @given("the service is lost")
    def lose(context):
        context.session.lost = context.config.stop = True

    @given("somebody interrupts")
    def interrupt(context):
        os.kill(os.getpid(), signal.SIGINT)

    @given("the run is aborted")
    def abort(context):
        context.abort("no more")

    @given("it is not offered")
    def skip(context):
        context.scenario.skip("the zoo has no lions")
"""
HOOKS = """
    def before_scenario(context, scenario):
        if "billing" in scenario.effective_tags:
            scenario.skip("gate @billing is closed")
"""
RUNNER = "issues = KnownIssues([KnownIssue('Known', 'it fails', 'got a mouse', 'defect', 'the lion sleeps')])"
STOPPED = "not run: the run stopped at its first failure (--stop)"


@pytest.mark.parametrize(
    ("first", "arguments", "code", "totals", "reason"),
    [
        ("Scenario: A\nThen it fails", [], 1, "1 passed, 1 failed", ""),
        ("Scenario: A\nThen it fails", ["--stop"], 1, "1 failed, 1 not run", STOPPED),
        (
            "Scenario: A\nGiven the service is lost",
            [],
            1,
            "1 passed, 1 not run",
            "not run: the service had stopped answering",
        ),
        (
            "Scenario: A\nGiven somebody interrupts",
            [],
            1,
            "1 broken, 1 not run",
            "not run: the run was interrupted",
        ),
        (
            "Scenario: A\nGiven the run is aborted",
            [],
            1,
            "1 passed, 1 not run",
            "not run: the run was aborted",
        ),
        (
            "@billing\nScenario: A\nThen it fails",
            ["--stop"],
            0,
            "1 passed, 1 skipped",
            "gate @billing is closed",
        ),
        (
            "Scenario: A\nGiven it is not offered",
            ["--stop"],
            0,
            "1 passed, 1 skipped",
            "the zoo has no lions",
        ),
        ("Scenario: Known\nThen it fails", ["--stop"], 0, "1 passed, 1 known", ""),
        ("Scenario: Known\nGiven all is well", ["--stop"], 1, "1 failed, 1 not run", STOPPED),
        ("Scenario: Known\nThen it breaks", ["--stop"], 1, "1 broken, 1 not run", STOPPED),
        (
            "Scenario: Known\nThen it fails\nGiven the service is lost",
            [],
            1,
            "1 known, 1 not run",
            "not run: ",
        ),
    ],
)
def test_only_what_was_left_out_for_a_reason_of_the_target_leaves_a_run_green(
    project, first, arguments, code, totals, reason
):
    project.write("steps/reaching.py", STEPS).write("environment.py", HOOKS).runner(RUNNER)
    project.feature(first)
    done = project.feature("Scenario: Last\nGiven all is well", name="Tigers").run("--name=.", *arguments)
    assert (done.code, f": {totals}  in" in done.out) == (code, True), done.out
    assert reason in done.out
    last = done.junit()["Last"].find("skipped")
    assert (last is not None and last.get("message").startswith("not run: ")) is ("not run" in totals)
