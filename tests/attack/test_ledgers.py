"""Ledgers under attack: a disk that fills up in the middle of a run, answers that poison what is learnt."""

import json
import resource
import signal
from dataclasses import replace

import pytest

from acceptance.prove.effect_faults import Known
from acceptance.prove.proxy import Proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy
from tests.attack.residue import Residue
from tests.attack.trap import Case, Trap

FEATURES = ("features/identity/sessions.feature", "features/assistants/conversations.feature")


class FullDisk(Trap):
    """Instead of a signal, no file of the process can grow any more."""

    def spring(self, victim, number):
        resource.prlimit(victim.pid, resource.RLIMIT_FSIZE, (0, 0))


class Poison(Proxy):
    """Adds words of ours to every answer as if they were secrets."""

    async def _forward(self, incoming):
        reply = await super()._forward(incoming)
        try:
            body = json.loads(reply.body)
        except ValueError:
            return reply
        if isinstance(body, dict) and "/auth/" not in incoming.path and incoming.path != "/openapi.json":
            body |= {"token": "Nimbus", "password": "deprovision", "secret": "tenant_id", "codes": ["DELETE"]}
            return replace(reply, body=json.dumps(body).encode())
        return reply


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


@pytest.mark.parametrize("count", [2, 5, 9])
@pytest.mark.parametrize("served", [False, True])
def test_a_full_disk_ends_the_run_in_a_sentence_and_leaves_nothing(tmp_path, service, count, served):
    residue, trap = Residue(service), FullDisk(service).start()
    suite = SuiteCopy(tmp_path / "suite", trap.base_url)
    trap.aim(Case("full", signal.SIGXFSZ, "POST .*/test-fixtures/apply", count, FEATURES, served))
    process = suite.start(*FEATURES)
    trap.at(process)
    out, _ = process.communicate(timeout=120)
    trap.stop()
    assert trap.sprung
    assert process.returncode == 1, out
    assert "error: the ledger reports/ledger/" in out, out
    assert "cannot be written (File too large); the rest was not run" in out, out
    assert "Traceback" not in out
    assert residue.left() == [], out
    assert list((suite.reports / "ledger").glob("*")) == []


def test_words_that_a_service_calls_secret_keep_nothing_from_being_undone(tmp_path, service):
    residue, proxy = Residue(service), Poison(service, Known()).start()
    code, out = SuiteCopy(tmp_path / "suite", proxy.base_url).run(*FEATURES)
    proxy.stop()
    assert code in {0, 1}, out
    assert residue.left() == [], out
