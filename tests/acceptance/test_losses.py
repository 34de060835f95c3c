"""Reads that are lost are told and too many are red; a service that hangs in most calls is lost."""

import random

import pytest

from acceptance.calls.exchange import Call, Exchange
from acceptance.calls.losses import Losses
from acceptance.contract.document import Operation
from tests.acceptance.raw_proxy import raw_proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy

CONVERSATIONS = "features/assistants/conversations.feature"
TIMEOUT = 1.0


def call(path: str = "/things", method: str = "GET", status: int = 200, seconds: float = 0.1, **more: str):
    operation = Operation(method, path, "things", {"200": {}})
    made = Exchange(operation, Call("Alice", method, path), path, "1", status=status, seconds=seconds)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def noted(*exchanges: Exchange) -> Losses:
    losses = Losses(TIMEOUT)
    for exchange in exchanges:
        losses.note(exchange)
    return losses


HANGS = [call(f"/{number % 3}", status=0, seconds=TIMEOUT) for number in range(4)]


@pytest.mark.parametrize(
    ("exchanges", "suspicious", "hopeless"),
    [
        ([call()] * 30, False, False),
        ([call(status=0, seconds=TIMEOUT)] * 5, True, False),
        ([call(status=0, seconds=TIMEOUT)] * 30, True, False),
        ([*HANGS, call()] * 3, False, True),
        ([*HANGS[:2], call(), call()] * 10, False, False),
        ([call(status=0, seconds=0.1)] * 30, False, False),
        ([*HANGS, call()] * 3 + [call()] * 10, False, False),
    ],
)
def test_a_service_is_given_up_when_it_hangs_in_most_calls(exchanges, suspicious, hopeless):
    losses = noted(*exchanges)
    assert (losses.suspicious, losses.hopeless) == (suspicious, hopeless)


@pytest.mark.parametrize(
    ("exchanges", "summary", "red"),
    [
        ([call()] * 2000, "", False),
        ([call(lost="broke")] + [call()] * 999, "1 of 1000 calls, 1 of them answered", False),
        ([call(lost="broke")], "1 of 1 calls, 1 of them answered", False),
        ([call(lost="broke")] * 2 + [call()] * 1998, "2 of 2000 calls, 2 of them answered", False),
        ([call(lost="broke")] * 2 + [call()] * 1997, "2 of 1999 calls, 2 of them answered", True),
        ([call(lost="broke", failure="broke", status=0)] * 2, "2 of 2 calls, 0 of them answered", True),
        ([call(method="POST", lost="broke", failure="broke", status=0)], "", False),
    ],
)
def test_lost_reads_are_counted_and_one_in_a_thousand_is_borne(exchanges, summary, red):
    losses = noted(*exchanges)
    assert losses.summary.startswith(summary)
    assert bool(losses.summary) is bool(summary)
    assert bool(losses.complaint) is red


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


def test_a_run_that_loses_reads_says_so_everywhere_and_is_red(tmp_path, service):
    drawn = random.Random(4)

    def lossy(asked, forward):
        lose = asked.method == "GET" and asked.path.startswith("/api") and drawn.random() < 0.2
        return None if lose else forward(asked).raw()

    with raw_proxy(service, lossy) as url:
        suite = SuiteCopy(tmp_path / "suite", url)
        code, out = suite.run(CONVERSATIONS, "--name", "archived")
    assert code == 1, out
    assert "Lost reads" in out
    assert "\nlost reads: " in out
    assert '"lost": "Server disconnected' in (suite.reports / "exchanges.jsonl").read_text("utf-8")
    for report in ("junit/acceptance.xml", "allure-results/environment.properties"):
        text = (suite.reports / report).read_text("utf-8")
        assert "lost_reads" in text
        assert "answered when asked again" in text
