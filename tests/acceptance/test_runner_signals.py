"""SIGINT, SIGTERM and SIGHUP end a run once: every cleanup runs, every report is written."""

import signal

import pytest

from tests.acceptance import suite_copy

STEPS = """
    import time
    from pathlib import Path

    @when("it takes long")
    def takes_long(context):
        Path("waiting").touch()
        time.sleep(60)

    @when("it takes long and tidies up")
    def takes_long_and_tidies_up(context):
        try:
            takes_long(context)
        finally:
            Path("waiting").touch()
            time.sleep(1)
            Path("cleaned").touch()

    @given("a slow cleanup")
    def slow_cleanup(context):
        def slow():
            Path("waiting").touch()
            time.sleep(1)
            Path("cleaned").touch()
        context.add_cleanup(slow)
"""
SCENARIOS = """
    Scenario: A lion waits
      Given a cleanup that says OUTER
      And a slow cleanup
      When it takes long

    Scenario: A lion never comes
      Given all is well
"""


@pytest.fixture
def waiting(project):
    return project.write("steps/slow.py", STEPS).feature(SCENARIOS)


def wait_for(path):
    suite_copy.wait_for(path.exists, path.name)
    path.unlink()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_a_step_cleans_up_and_reports(waiting, number):
    process = waiting.start()
    wait_for(waiting.root / "waiting")
    process.send_signal(number)
    done = waiting.finish(process)
    assert done.code == 1
    assert "OUTER" in done.out
    assert (waiting.root / "cleaned").exists()
    assert "SESSION CLOSED" in done.out
    assert done.junit_statuses() == {"A lion waits": "broken", "A lion never comes": "skipped"}
    never = done.junit()["A lion never comes"].find("skipped")
    assert never.get("message") == "not run: the run was interrupted"
    assert done.allure()["A lion waits"]["statusDetails"]["message"] == "the run was interrupted"


def test_more_signals_lose_no_cleanup(waiting):
    process = waiting.start()
    wait_for(waiting.root / "waiting")
    process.send_signal(signal.SIGTERM)
    wait_for(waiting.root / "waiting")
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)
    done = waiting.finish(process)
    assert done.code == 1
    assert (waiting.root / "cleaned").exists()
    assert "OUTER" in done.out
    assert "SIGTERM again; cleaning up first" in done.err


def test_more_signals_do_not_disturb_a_step_that_tidies_up(project):
    project.write("steps/slow.py", STEPS)
    process = project.feature("Scenario: A lion\n When it takes long and tidies up").start()
    wait_for(project.root / "waiting")
    process.send_signal(signal.SIGTERM)
    wait_for(project.root / "waiting")
    process.send_signal(signal.SIGTERM)
    assert project.finish(process).code == 1
    assert (project.root / "cleaned").exists()


def test_a_signal_in_a_hook_that_prepares_something_cleans_up(project):
    project.write(
        "environment.py",
        """
        import time
        from pathlib import Path

        def before_scenario(context, scenario):
            context.add_cleanup(lambda: Path("cleaned").touch())
            Path("waiting").touch()
            time.sleep(60)
    """,
    )
    process = project.feature("Scenario: A lion\n Given all is well").start()
    wait_for(project.root / "waiting")
    process.send_signal(signal.SIGTERM)
    done = project.finish(process)
    assert done.code == 1
    assert (project.root / "cleaned").exists()
    assert done.junit_statuses() == {"A lion": "broken"}


def test_a_signal_in_the_last_cleanup_is_still_an_interruption(project):
    project.write("steps/slow.py", STEPS)
    process = project.feature("Scenario: A lion\n Given a slow cleanup").start()
    wait_for(project.root / "waiting")
    process.send_signal(signal.SIGTERM)
    done = project.finish(process)
    assert (done.code, done.junit_statuses()) == (1, {"A lion": "passed"})


def test_a_first_signal_in_a_cleanup_waits_for_the_cleanups(project):
    project.write("steps/slow.py", STEPS)
    project.feature("""
        Scenario: A lion leaves
          Given a cleanup that says OUTER
          And a slow cleanup

        Scenario: A lion never comes
          Given all is well
    """)
    process = project.start()
    wait_for(project.root / "waiting")
    process.send_signal(signal.SIGTERM)
    done = project.finish(process)
    assert done.code == 1
    assert (project.root / "cleaned").exists()
    assert "OUTER" in done.out
    assert done.junit_statuses()["A lion leaves"] == "passed"
    assert done.junit_statuses()["A lion never comes"] != "passed"


def test_a_signal_while_the_session_opens_ends_with_a_sentence(project):
    project.runner("""
        def open_session(self):
            import time
            from pathlib import Path
            Path("waiting").touch()
            try:
                time.sleep(60)
            finally:
                print("STOPPED WHAT WAS STARTED")
    """)
    process = project.feature("Scenario: A lion\n Given all is well").start()
    wait_for(project.root / "waiting")
    process.send_signal(signal.SIGTERM)
    done = project.finish(process)
    assert (done.code, done.sentence) == (1, "the run was interrupted, before its first scenario")
    assert "STOPPED WHAT WAS STARTED" in done.out
