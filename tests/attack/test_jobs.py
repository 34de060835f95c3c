"""Runs with worker processes that are interrupted, robbed of a worker, of the disk or of the service."""

import json
import os
import resource
import signal
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from acceptance.contract.document import load
from acceptance.prove.effect_faults import Known
from acceptance.prove.faults import ServerError
from acceptance.prove.proxy import Proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy, finished, wait_for
from tests.acceptance.test_resilience import Freezing
from tests.attack.residue import Residue
from tests.attack.trap import Case, Trap

FEATURES = ("features/identity/sessions.feature", "features/assistants/conversations.feature")
MAKING = "POST .*/(test-fixtures/apply|auth/token)"
COUNTS = (4, 9, 15)


def workers_of(victim) -> list[int]:
    return list(map(int, Path(f"/proc/{victim.pid}/task/{victim.pid}/children").read_text().split()))


class WorkerTrap(Trap):
    """Kills a worker instead of the run."""

    def spring(self, victim, number):
        os.kill(workers_of(victim)[0], number)


class FullDisk(Trap):
    """No file of any process of the run can grow any more."""

    def spring(self, victim, number):
        for pid in (victim.pid, *workers_of(victim)):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


class Attack:
    """A run with two workers, to whom something happens at a call."""

    def __init__(self, folder, service):
        self.residue, self._folder, self._service = Residue(service), folder, service

    def run(self, kind, number, count, served=True):
        trap = self.trap = kind(self._service).start()
        self.suite = SuiteCopy(self._folder / "suite", trap.base_url)
        trap.aim(Case("", number, MAKING, count, FEATURES, served))
        process = self.suite.start("--jobs", "2", *FEATURES)
        trap.at(process)
        out, _ = process.communicate(timeout=120)
        assert trap.sprung, out
        assert "Traceback" not in out
        return process.returncode, out

    def left(self):
        return [*map(str, (self.suite.reports / "ledger").glob("*")), *self.residue.left()]


@pytest.fixture
def attack(tmp_path, service):
    made = Attack(tmp_path, service)
    yield made
    made.trap.stop()


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_run_leaves_nothing(attack, number, count):
    code, out = attack.run(Trap, number, count)
    assert code == 1, out
    assert "not run: the run was interrupted" in out
    assert attack.left() == [], out


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("served", [False, True])
def test_a_killed_worker_costs_its_scenario_and_leaves_nothing(attack, count, served):
    code, out = attack.run(WorkerTrap, signal.SIGKILL, count, served)
    assert code == 1, out
    assert "the worker: its process was killed (SIGKILL); what it had made is undone" in out
    assert " passed, 1 broken  in " in out
    assert "not run" not in out
    assert attack.left() == [], out


@pytest.mark.parametrize("count", COUNTS)
def test_a_killed_run_is_swept(attack, count):
    code, out = attack.run(Trap, signal.SIGKILL, count)
    assert code == -signal.SIGKILL, out
    # The workers end what they have in hand, and hold their ledgers until then.
    ledgers = attack.suite.reports / "ledger"
    wait_for(lambda: "still going" not in attack.suite.command("sweep")[1], "the end of the workers")
    assert list(ledgers.glob("*")) == []
    assert attack.left() == []


@pytest.mark.parametrize("count", COUNTS)
def test_a_full_disk_ends_the_run_in_a_sentence_and_leaves_nothing(attack, count):
    code, out = attack.run(FullDisk, signal.SIGXFSZ, count)
    assert code == 1, out
    assert "cannot be written (File too large); the rest was not run" in out, out
    assert attack.left() == [], out


def test_a_service_that_dies_in_the_middle_ends_in_a_clear_failure(tmp_path):
    with running_service() as url:
        suite = SuiteCopy(tmp_path / "suite", url)
        process = suite.start("--jobs", "2", *FEATURES)
        journal = suite.reports / "exchanges.jsonl"
        wait_for(lambda: journal.exists() and "DELETE" in journal.read_text("utf-8"), "the middle of the run")
    code, out = finished(process)
    assert code == 1, out
    assert "no connection to" in out or "broke" in out
    assert "Traceback" not in out


def test_a_service_that_freezes_in_the_middle_is_not_waited_for_again_and_again(tmp_path, service):
    gateway = Freezing(service, Known()).start()
    suite = SuiteCopy(tmp_path / "suite", gateway.base_url, SMOKE_HTTP_TIMEOUT="3")
    code, out = suite.run("--jobs", "2", *FEATURES)
    gateway.stop()
    lines = (suite.reports / "exchanges.jsonl").read_text(encoding="utf-8").splitlines()
    assert code == 1, out
    assert f"error: {gateway.base_url} stopped answering; the rest was not run" in out
    assert "not run: the service had stopped answering" in out
    assert sum(not json.loads(line)["status"] for line in lines) < 40, out


def told(suite):
    """What a run reported of its scenarios and their calls, but for order and times."""
    coverage = json.loads((suite.reports / "coverage.json").read_text("utf-8"))
    lines = (suite.reports / "exchanges.jsonl").read_text("utf-8").splitlines()
    calls = Counter(
        (one["scenario"], one["person"], one["method"], one["path"], one["status"])
        for one in map(json.loads, lines)
        if one["scenario"]
    )
    cases = ElementTree.parse(suite.reports / "junit" / "acceptance.xml").getroot().iter("testcase")
    verdicts = sorted((case.get("file"), case.get("name"), [one.tag for one in case]) for case in cases)
    rerun = sorted((suite.reports / "rerun.txt").read_text("utf-8").splitlines())
    return coverage["operations"], calls, verdicts, rerun


def test_a_red_run_is_reported_as_by_one_process(tmp_path, service):
    proxy, contract = Proxy(service, Known()).start(), load()
    proxy.route(contract)
    proxy.armed = ServerError(contract.operation("DELETE", "/api/v1/conversations/{conversation_id}"))
    ended = []
    for jobs in ("1", "4"):
        suite = SuiteCopy(tmp_path / jobs, proxy.base_url)
        code, _ = suite.run("--jobs", jobs, *FEATURES)
        ended.append((code, *told(suite)))
    proxy.stop()
    assert ended[0][0] == 1
    assert ended[0] == ended[1]


def test_two_runs_with_workers_beside_each_other_come_to_the_same(tmp_path, service):
    both = [SuiteCopy(tmp_path / name, service).start("--jobs", "4", *FEATURES) for name in ("one", "other")]
    results = [finished(process) for process in both]
    assert [code for code, _ in results] == [0, 0], results
    totals = {out.splitlines()[-1].partition("  in ")[0] for _, out in results}
    assert len(totals) == 1
