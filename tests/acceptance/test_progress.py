"""The terminal: a live line or a line a feature, then failures last and skips with their reasons."""

import os
import pty
import re
import time

import pytest

SCENARIOS = """
    Scenario: A lion sleeps
      Given all is well
    Scenario: A lion roars
      Then it fails
    @billing
    Scenario: A lion pays
      Given all is well
    @billing
    Scenario: A lion pays again
      Given all is well
"""
GATE = "def before_scenario(context, s): 'billing' in s.effective_tags and s.skip('gate @billing is closed')"


@pytest.fixture
def zoo(project):
    return project.write("environment.py", GATE).feature(SCENARIOS)


def on_a_terminal(project, *arguments, columns=80, **environ):
    """Run on a pseudo terminal; return the exit code and what was shown."""
    leader, follower = pty.openpty()
    environ = {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": "40"} | environ
    process = project.start(*arguments, stdout=follower, stderr=follower, env=environ)
    os.close(follower)
    shown = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # Linux reports the end of a pseudo terminal as an error.
            chunk = b""
        if not chunk:
            break
        shown += chunk
    os.close(leader)
    return process.wait(timeout=30), shown.decode()


def test_without_a_terminal_there_is_one_line_a_feature(zoo):
    done = zoo.feature("Scenario: A tiger sleeps\n Given all is well", "Tigers").run()
    lines = [line for line in done.out.splitlines() if line.startswith(("ok ", "FAIL "))]
    assert lines == [
        "FAIL  Lions  (features/zoo/lions.feature)  1 passed, 1 failed, 2 skipped",
        "ok    Tigers  (features/zoo/tigers.feature)  1 passed",
    ]
    assert "\x1b" not in done.out


def test_the_end_names_skips_by_reason_then_failures_then_totals(zoo):
    end = zoo.run().out.split("SESSION CLOSED\n")[1].splitlines()
    assert end[:-1] == [
        "",
        "Skipped",
        "     2  gate @billing is closed",
        "",
        "Failures",
        "",
        "failed  A lion roars",
        "  features/zoo/lions.feature:5",
        "  Then it fails",
        "    expected a lion, got a mouse",
        "",
        "coverage: 3/4 operations",
    ]
    assert end[-1].startswith("1 feature: 1 passed, 1 failed, 2 skipped  in ")


def test_the_time_is_the_wall_time(project):
    project.write("environment.py", "import time\ndef before_scenario(context, s): time.sleep(0.6)")
    started = time.monotonic()
    done = project.feature("Scenario: Slow\n Given all is well").run()
    seconds = float(done.out.rsplit("in ", 1)[1].removesuffix(" s\n"))
    assert 0.6 <= seconds <= time.monotonic() - started


def test_a_terminal_shows_the_running_scenario_and_the_counts(zoo):
    code, shown = on_a_terminal(zoo)
    assert code == 1
    assert "1/4" in shown
    assert "Lions: A lion roars" in shown
    assert "\x1b[32m1 passed" in shown
    assert "FAIL" not in shown


def test_a_terminal_shows_how_long_it_will_take_by_the_last_run(project):
    project.feature("Scenario: One\n Given all is well\nScenario: Two\n Given all is well")
    _, first = on_a_terminal(project, NO_COLOR="1")
    results = project.root / "reports" / "junit" / "acceptance.xml"
    results.write_text(re.sub(r'(<testcase [^>]*time=)"[^"]*"', r'\1"0.6"', results.read_text()))
    _, second = on_a_terminal(project, NO_COLOR="1")
    assert " left" not in first
    assert "1/2  1.2 s left" in second
    assert "2/2  1 passed" in second


def test_no_color_is_obeyed(zoo):
    _, shown = on_a_terminal(zoo, NO_COLOR="1")
    assert "1 passed" in shown
    assert "\x1b[3" not in shown


def test_the_live_line_stays_one_line_on_a_narrow_terminal(zoo):
    _, shown = on_a_terminal(zoo, columns=30, NO_COLOR="1")
    live = [line for line in shown.replace("\r", "\n").splitlines() if "/4" in line]
    assert live
    assert all(len(line.split("\x1b")[0]) <= 30 for line in live)
    # One step up when the line is removed; a line that had wrapped would need more.
    assert shown.count("\x1b[1A") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_unicode_shows_what_it_can(project, encoding):
    project.feature("Scenario: Löwe 猫 schläft\n Then it fails", "Tiere")
    done = project.run(env={"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert done.code == 1
    assert "failed  L" in done.out
    assert "Traceback" not in done.out + done.err


def test_another_formatter_has_the_terminal_for_itself(zoo):
    done = zoo.run("-f", "plain")
    assert "Scenario: A lion sleeps" in done.out
    assert "FAIL  Lions" not in done.out
    assert "1 feature: 1 passed, 1 failed, 2 skipped" in done.out


def test_a_reader_that_leaves_does_not_end_the_run(zoo):
    process = zoo.start()
    process.stdout.readline()
    process.stdout.close()
    process.stdout = None
    done = zoo.finish(process)
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert done.junit_statuses()["A lion sleeps"] == "passed"


def test_github_gets_annotations_and_a_summary(zoo, tmp_path):
    summary = tmp_path / "summary.md"
    done = zoo.run(env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)})
    assert (
        "::error file=features/zoo/lions.feature,line=5,title=A lion roars::"
        "Then it fails%0Aexpected a lion, got a mouse"
    ) in done.out.splitlines()
    text = summary.read_text()
    assert "| 1 | 1 | 0 | 2 |" in text
    assert "failed: A lion roars" in text
    assert "2 x gate @billing is closed" in text


def test_outside_github_there_is_no_annotation(zoo):
    assert "::error" not in zoo.run().out
