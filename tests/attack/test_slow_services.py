"""Services that hang, drip or never end: a run ends in time, and says what it did not run."""

import random
import re
import threading
import time

import httpx
import pytest

from tests.acceptance.raw_proxy import raw_proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy

CONVERSATIONS = "features/assistants/conversations.feature"


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        # Made when it is first asked for, which takes longer than the short deadlines here on a busy machine.
        httpx.get(f"{url}/openapi.json", timeout=60).raise_for_status()
        yield url


def test_a_service_that_hangs_in_most_calls_is_not_waited_for_to_the_end(tmp_path, service):
    drawn, started = random.Random(7), time.monotonic()

    def hanging(asked, forward):
        if asked.path.startswith("/api") and "fixtures" not in asked.path and drawn.random() < 0.8:
            time.sleep(10)
            return None
        return forward(asked).raw()

    with raw_proxy(service, hanging) as url:
        code, out = SuiteCopy(tmp_path / "suite", url, SMOKE_HTTP_TIMEOUT="3").run(CONVERSATIONS)
    assert code == 1, out
    assert "stopped answering; the rest was not run" in out
    assert time.monotonic() - started < 110


def test_a_service_that_uses_up_every_deadline_is_left_when_the_time_of_the_run_is_over(tmp_path, service):
    def slow(asked, forward):
        time.sleep(0.9)
        return forward(asked).raw()

    with raw_proxy(service, slow) as url:
        suite = SuiteCopy(tmp_path / "suite", url, SMOKE_HTTP_TIMEOUT="2", SMOKE_RUN_TIMEOUT="15")
        code, out = suite.run(CONVERSATIONS)
    assert took(out) < 25
    assert code == 1, out
    assert "  not run: the run took longer than 15 s (SMOKE_RUN_TIMEOUT)" in out
    junit = (suite.reports / "junit/acceptance.xml").read_text("utf-8")
    assert 'message="not run: the run took longer' in junit


@pytest.mark.parametrize("timeout", ["2", "60"])
def test_a_cleanup_that_hangs_is_told_and_does_not_keep_the_run(tmp_path, service, timeout):
    frozen = threading.Event()

    def freezing(asked, forward):
        if asked.method == "DELETE" and "conversations" in asked.path:
            frozen.set()
        if frozen.is_set():
            time.sleep(60)
        return forward(asked).raw()

    with raw_proxy(service, freezing) as url:
        suite = SuiteCopy(tmp_path / "suite", url, SMOKE_HTTP_TIMEOUT=timeout, SMOKE_RUN_TIMEOUT="15")
        code, out = suite.run(CONVERSATIONS)
    assert took(out) < 25
    assert code == 1, out
    assert "Traceback" not in out
    assert "was left behind" in out
    assert list((suite.reports / "ledger").iterdir())


def test_a_service_that_hangs_before_the_first_scenario_is_left_in_time(tmp_path, service):
    def hanging(asked, forward):
        time.sleep(60)

    with raw_proxy(service, hanging) as url:
        started = time.monotonic()
        environ = {"SMOKE_HTTP_TIMEOUT": "60", "SMOKE_RUN_TIMEOUT": "2"}
        code, out = SuiteCopy(tmp_path / "suite", url, **environ).run(CONVERSATIONS)
    assert time.monotonic() - started < 12
    assert code == 1, out
    assert "error: the run took longer than 2 s (SMOKE_RUN_TIMEOUT), before its first scenario" in out


def took(out: str) -> int:
    """The seconds of a run by its own clock, without the start of Python on a busy machine."""
    minutes, seconds = re.findall(r" in (?:(\d+) min )?(\d+)(?:\.\d)? s$", out, re.MULTILINE)[-1]
    return int(minutes or 0) * 60 + int(seconds)
