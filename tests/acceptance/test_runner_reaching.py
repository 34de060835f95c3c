"""Every way in which a selected scenario is not executed, or fails as known, and how such a run ends."""

import time

import pytest

from acceptance.calls.deadlines import CLEANUP_SECONDS, UNDER_WAY_SECONDS, Deadline

STEPS = """
    import os, signal, time
    from behave import given

    @given("the service is lost")
    def lose(context):
        context.session.lost, context.config.stop = "the service had stopped answering", True

    @given("somebody interrupts")
    def interrupt(context):
        os.kill(os.getpid(), signal.SIGINT)

    @given("the run is aborted")
    def abort(context):
        context.abort("no more")

    @given("the time of the run is over")
    def wait(context):
        while True:
            time.sleep(1)

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


def test_a_run_ends_with_its_time_and_cleans_up(project):
    project.write("steps/reaching.py", STEPS).runner("seconds = 1.5")
    project.feature("""
        Scenario: A
          Given a cleanup that says TIDY
          And the time of the run is over

        Scenario: Last
          Given all is well
    """)
    done = project.run()
    reason = "the run took longer than 1.5 s (ZOO_RUN_TIMEOUT)"
    assert (done.code, ": 1 broken, 1 not run  in" in done.out) == (1, True), done.out
    assert "TIDY" in done.out
    assert f"{reason}; cleaning up" in done.err
    assert done.junit()["Last"].find("skipped").get("message") == f"not run: {reason}"
    assert done.allure()["A"]["statusDetails"]["message"] == reason


def test_a_run_whose_time_is_over_before_its_first_scenario_says_so(project):
    project.runner("""
        seconds = 0.5

        def open_session(self):
            import time
            time.sleep(60)
    """)
    done = project.feature("Scenario: A\n Given all is well").run()
    sentence = "the run took longer than 0.5 s (ZOO_RUN_TIMEOUT), before its first scenario"
    assert (done.code, done.sentence) == (1, sentence)
    assert done.junit_statuses() == {"The start of the run": "broken"}


@pytest.mark.parametrize(
    ("begins", "most"),
    [(-60, 60 + UNDER_WAY_SECONDS), (0, CLEANUP_SECONDS), (3, CLEANUP_SECONDS - 3), (20, 0)],
    ids=["before", "at the end", "in the cleanup", "when all is over"],
)
def test_no_call_outlives_the_time_of_the_run(monkeypatch, begins, most):
    monkeypatch.setattr(Deadline, "run_ends", time.monotonic() - begins)
    deadline = Deadline()
    with deadline.within(3600):
        if most:
            assert deadline.limit(None, TimeoutError) == pytest.approx(most, abs=0.5)
        else:
            with pytest.raises(TimeoutError):
                deadline.limit(None, TimeoutError)


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
