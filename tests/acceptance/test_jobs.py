"""`--jobs`: several processes run the scenarios, and what is reported is as true as of one."""

import os
import re
import signal
from pathlib import Path

import pytest

from tests.acceptance import suite_copy
from tests.acceptance.test_progress import on_a_terminal
from tests.acceptance.test_reports_agree import HOOKS, ISSUES, SCENARIOS, SEED

TIGERS = """
    Background:
      Given all is well
    Scenario: A tiger sleeps
      Given all is well
    Scenario Outline: A tiger has <what>
      Given a picture of <what>
      Then it fails
      Examples:
        | what    |
        | stripes |
        | teeth   |
    @serial
    Scenario: A tiger is alone
      Given nobody else is here
"""
STEPS = """
    import os
    import signal
    import time
    from pathlib import Path
    from behave import given, when
    from acceptance.reports.allure import attach

    @given("a picture of {what}")
    def show_picture(context, what):
        print("seen:", what)
        attach("picture", what)

    @given("nobody else is here")
    def be_alone(context):
        assert not list(Path().glob("here-*"))

    @given("somebody is here")
    def be_here(context):
        here = Path(f"here-{os.getpid()}")
        here.touch()
        context.add_cleanup(here.unlink)
        time.sleep(0.3)

    @when("its process is killed")
    def be_killed(context):
        os.kill(os.getpid(), signal.SIGKILL)

    @when("the others have met here")
    def meet(context):
        Path(f"met-{os.getpid()}").touch()
        ends = time.monotonic() + 20
        while len(list(Path().glob("met-*"))) < 2:
            assert time.monotonic() < ends, "nobody came"
            time.sleep(0.01)

    @when("it takes long")
    def take_long(context):
        Path(f"waiting-{os.getpid()}").touch()
        time.sleep(60)
"""
# What differs from run to run: times, ids and the names of files.
CHANGING = {"uuid", "start", "stop", "source"}


@pytest.fixture
def zoo(project):
    return project.write("steps/many.py", STEPS)


def unchanging(value):
    if isinstance(value, dict):
        return {key: unchanging(one) for key, one in value.items() if key not in CHANGING}
    return [unchanging(one) for one in value] if isinstance(value, list) else value


def reported(done):
    """Everything that a run reported, but for order and times."""
    files = done.reports / "allure-results"
    results = sorted(done.allure_results(), key=lambda one: one["fullName"])
    attached = [
        (result["fullName"], one["name"], re.sub(r"line \d+", "", done.attachment(one)))
        for result in results
        for one in [
            *result.get("attachments", ()),
            *(a for s in result.get("steps", ()) for a in s.get("attachments", ())),
        ]
    ]
    return {
        "code": done.code,
        "allure": unchanging(results),
        "attachments": sorted(attached),
        "files": len(list(files.iterdir())),
        "junit": sorted(
            (name, case.get("file"), case.get("classname"), [(one.tag, one.text, one.attrib) for one in case])
            for name, case in done.junit().items()
        ),
        "rerun": sorted((done.reports / "rerun.txt").read_text().splitlines()),
        "terminal": sorted(re.sub(r"  in [\d.]+ s$", "", line) for line in done.out.splitlines()),
        "err": done.err,
    }


def test_every_report_is_that_of_a_sequential_run(zoo):
    zoo.write("environment.py", HOOKS).write("steps/seed.py", SEED).runner(ISSUES)
    zoo.feature(SCENARIOS).feature(TIGERS, "Tigers")
    alone = reported(zoo.run("--jobs", "1"))
    assert len(alone["allure"]) == 18
    assert reported(zoo.run("--jobs", "4")) == alone


def test_behave_s_own_formatters_show_the_same(zoo):
    zoo.write("steps/seed.py", SEED).feature(SCENARIOS).feature(TIGERS, "Tigers")
    shown = [zoo.run("--jobs", jobs, "-f", "plain", "--no-summary").out for jobs in ("1", "3")]
    one, many = (re.split(r"^(?=Feature: )", re.sub(r"in [\d.]+s", "", text), flags=re.M) for text in shown)
    assert sorted(one) == sorted(many)


def test_scenarios_run_in_several_processes_at_once(zoo):
    meetings = "\n".join(f"Scenario: Lion {n}\n When the others have met here" for n in range(2))
    assert zoo.feature(meetings).run("--jobs", "2").code == 0


def test_the_live_line_shows_what_the_workers_have_in_hand(zoo):
    meetings = "\n".join(f"Scenario: Lion {n}\n When the others have met here" for n in range(2))
    code, shown = on_a_terminal(zoo.feature(meetings), "--jobs", "2", columns=120)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert code == 0, shown
    assert "2/2  nothing  2 workers  Lions: Lion 0 | Lions: Lion 1" in shown
    assert "2/2  1 passed  Lions: Lion " in shown


def test_a_serial_scenario_runs_while_nothing_else_does(zoo):
    others = "\n".join(f"Scenario: Lion {n}\n Given somebody is here" for n in range(3))
    zoo.feature("@serial\nScenario: Alone\n Given nobody else is here\n" + others)
    assert zoo.run("--jobs", "4").code == 0
    zoo.feature("Scenario: Alone\n Given nobody else is here\n" + others)
    zoo.write(
        "steps/late.py", "from behave import given\nimport time\n@given('time')\ndef t(c): time.sleep(.1)\n"
    )
    zoo.feature("Scenario: Alone\n Given time\n And nobody else is here\n" + others)
    assert zoo.run("--jobs", "4").code == 1


def test_what_took_longest_last_time_begins_first(zoo):
    zoo.feature("Scenario: One\n Given all is well").feature(
        "Scenario: Two\n Given somebody is here", "Tigers"
    )
    zoo.run()
    features = [line.split()[1] for line in zoo.run("--jobs", "2").out.splitlines() if line[:3] == "ok "]
    assert features == ["Tigers", "Lions"]


def test_a_killed_worker_costs_its_scenario_only(zoo):
    zoo.runner("""
        def worker_died(self, *died):
            print("TAKEN OVER", died)
    """)
    killed = "Scenario: A lion is shot\n When its process is killed\n"
    done = zoo.feature(killed + "".join(f"Scenario: Lion {n}\n Given all is well\n" for n in range(4))).run(
        "--jobs", "2"
    )
    statuses = done.junit_statuses()
    assert statuses.pop("A lion is shot") == "broken"
    assert set(statuses.values()) == {"passed"}
    assert len(statuses) == 4
    message = done.allure()["A lion is shot"]["statusDetails"]["message"]
    assert message == "the worker: its process was killed (SIGKILL); what it had made is undone"
    assert "TAKEN OVER (1, 'A lion is shot', 'lions.feature:2')" in done.out
    assert done.code == 1


def test_when_every_worker_is_killed_the_rest_still_runs(zoo):
    shot = "".join(f"Scenario: Shot {n}\n When its process is killed\n" for n in range(3))
    done = zoo.feature(shot + "Scenario: Alive\n Given all is well").run("--jobs", "2")
    assert done.junit_statuses() == {
        "Shot 0": "broken",
        "Shot 1": "broken",
        "Shot 2": "broken",
        "Alive": "passed",
    }


def test_the_first_failure_ends_a_run_with_stop(zoo):
    late = "".join(f"Scenario: Late {n}\n Given all is well\n" for n in range(30))
    done = zoo.feature("Scenario: Fails\n Then it fails\n" + late).run("--jobs", "2", "--stop")
    statuses = done.junit_statuses()
    assert statuses["Fails"] == "failed"
    assert statuses["Late 29"] == "skipped"
    reason = done.junit()["Late 29"].find("skipped").get("message")
    assert reason == "not run: the run stopped at its first failure (--stop)"
    assert done.code == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_interrupts_every_worker_and_each_cleans_up(zoo, number):
    waits = "".join(
        f"Scenario: Waits {n}\n Given a cleanup that says CLEANED{n}\n When it takes long\n" for n in range(2)
    )
    process = zoo.feature(waits + "Scenario: Never\n Given all is well").start(
        "--jobs", "2", start_new_session=True
    )
    suite_copy.wait_for(lambda: len(list(zoo.root.glob("waiting-*"))) == 2, "two workers")
    # As a terminal does: every process of the run gets it.
    os.killpg(process.pid, number)
    done = zoo.finish(process)
    assert done.junit_statuses() == {"Waits 0": "broken", "Waits 1": "broken", "Never": "skipped"}
    assert all(text in done.out for text in ("CLEANED0", "CLEANED1", "SESSION CLOSED")), done.out
    assert done.junit()["Never"].find("skipped").get("message") == "not run: the run was interrupted"
    assert done.err.count(f"{number.name} received; cleaning up") == 1
    assert done.code == 1


def test_the_time_of_a_run_ends_its_workers_too(zoo):
    zoo.runner("seconds = 2")
    waits = "".join(f"Scenario: Waits {n}\n When it takes long\n" for n in range(2))
    done = zoo.feature(waits + "Scenario: Never\n Given all is well").run("--jobs", "2")
    reason = "the run took longer than 2 s (ZOO_RUN_TIMEOUT)"
    assert [done.allure()[f"Waits {n}"]["statusDetails"]["message"] for n in range(2)] == [reason] * 2
    assert done.junit()["Never"].find("skipped").get("message") == f"not run: {reason}"


def test_a_worker_dies_with_the_run(zoo):
    waits = "".join(f"Scenario: Waits {n}\n Given somebody is here\n" for n in range(40))
    process = zoo.feature(waits).start("--jobs", "2")
    suite_copy.wait_for(lambda: len(list(zoo.root.glob("here-*"))) == 2, "two workers")
    workers = [int(path.name.partition("-")[2]) for path in zoo.root.glob("here-*")]
    process.kill()
    process.wait()
    suite_copy.wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), "their end")
    assert not list(zoo.root.glob("here-*"))


def test_a_worker_that_cannot_begin_ends_the_run_with_the_reason(zoo):
    zoo.runner("""
        def worker_begins(self, worker, ask):
            raise OSError("no space left")
    """)
    done = zoo.feature("Scenario: One\n Given all is well\nScenario: Two\n Given all is well").run(
        "--jobs", "2"
    )
    assert done.junit_statuses() == {"One": "skipped", "Two": "skipped"}
    reason = done.junit()["One"].find("skipped").get("message")
    assert reason == "not run: no worker could begin (OSError: no space left)"
    assert done.code == 1


def test_what_goes_wrong_at_the_end_of_a_worker_is_reported(zoo):
    zoo.runner("""
        def worker_ends(self):
            raise SuiteError("the cage stays open")
    """)
    done = zoo.feature("Scenario: One\n Given all is well\nScenario: Two\n Given all is well").run(
        "--jobs", "2"
    )
    assert done.junit_statuses() == {"One": "passed", "Two": "passed", "The end of a worker": "broken"}
    assert done.code == 1


@pytest.mark.parametrize("hook", ["before_feature", "before_rule", "before_tag"])
def test_hooks_that_workers_would_not_see_are_refused(zoo, hook):
    zoo.write("environment.py", f"def {hook}(context, one): pass")
    zoo.feature("Scenario: One\n Given all is well\nScenario: Two\n Given all is well")
    done = zoo.run("--jobs", "2")
    assert done.code == 2
    assert done.sentence.startswith(f"environment.py has {hook}, which workers would not see")
    assert zoo.run().code == 0
