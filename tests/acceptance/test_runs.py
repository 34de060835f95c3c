"""Whole runs on one service: repeatable, side by side, tidy after signals, and silent about secrets."""

import json
import re
import signal
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from behave.parser import parse_file

from acceptance.contract.document import load
from acceptance.known_secrets import SHORTEST
from acceptance.prove.effect_faults import Known
from acceptance.prove.faults import ServerError
from acceptance.prove.proxy import Proxy
from acceptance.redaction import is_secret_key
from acceptance.scenarios.ledger_file import read
from acceptance.verdicts.verdict import title_of
from api_service.settings import Settings
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy, finished, wait_for

CONVERSATIONS = "features/assistants/conversations.feature"
SESSIONS = "features/identity/sessions.feature"
LOGS = "features/observability/logs.feature"
TOTALS = re.compile(r"^\d+ features?: (.*)  in ", re.MULTILINE)


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


@pytest.fixture
def suite(tmp_path, service):
    return SuiteCopy(tmp_path / "suite", service)


def totals(out: str) -> str:
    found = TOTALS.search(out)
    assert found, out
    return found[1]


def operator(base_url: str) -> httpx.Client:
    settings = Settings()
    body = {"email": settings.operator_email, "password": settings.user_password}
    answer = httpx.post(f"{base_url}/api/v1/auth/token", json=body).json()
    return httpx.Client(base_url=base_url, headers={"Authorization": f"Bearer {answer['access_token']}"})


def left_behind(base_url: str) -> list[str]:
    """The tenants that are neither the seed's own nor deprovisioned."""
    with operator(base_url) as client:
        accounts = client.get("/api/v1/platform/tenants", params={"limit": 200}).json()["accounts"]
    return [
        one["slug"]
        for one in accounts
        if not one["slug"].startswith("smoke") and one["status"] != "deprovisioned"
    ]


def something_open(ledgers: Path) -> bool:
    return any(read(path.read_bytes()).entries for path in ledgers.glob("*.jsonl"))


def test_a_run_can_be_repeated_and_run_beside_itself(suite, tmp_path, service):
    code, first = suite.run(CONVERSATIONS)
    assert code == 0, first
    beside = SuiteCopy(tmp_path / "beside", service)
    both = [suite.start(CONVERSATIONS, SESSIONS), beside.start(CONVERSATIONS, SESSIONS)]
    results = [finished(process) for process in both]
    assert [code for code, _ in results] == [0, 0], results
    assert totals(results[0][1]) == totals(results[1][1])
    assert left_behind(service) == []


def test_two_runs_of_one_checkout_have_reports_of_their_own(suite, service):
    # The first run is held in the middle, so that it is still there however slowly the second one starts.
    suite.environ |= {"SMOKE_HTTP_TIMEOUT": "120", "SMOKE_STREAM_TIMEOUT": "120"}
    first = suite.start(CONVERSATIONS, SESSIONS)
    wait_for((suite.reports / "exchanges.jsonl").exists, "the first run")
    first.send_signal(signal.SIGSTOP)
    code, out = suite.run("features/platform/health.feature")
    first.send_signal(signal.SIGCONT)
    (folder,) = suite.reports.glob("beside-*")
    assert code == 0, out
    assert f"note: another run writes to reports/; this one writes to reports/{folder.name}/" in out
    assert "error:" not in out
    code, out = finished(first)
    assert code == 0, out
    files = {suite.reports: "conversations", folder: "health"}
    for reports, feature in files.items():
        lines = map(json.loads, (reports / "exchanges.jsonl").read_text("utf-8").splitlines())
        assert feature in {line["request_id"].split(".feature")[0] for line in lines}
    code, out = suite.run("features/platform/health.feature")
    assert (code, list(suite.reports.glob("beside-*"))) == (0, []), out


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_middle_leaves_nothing_behind(suite, service, sent):
    process = suite.start(SESSIONS)
    ledgers = suite.reports / "ledger"
    wait_for(lambda: something_open(ledgers), "something to undo")
    process.send_signal(sent)
    code, out = finished(process)
    assert code == 1, out
    assert left_behind(service) == []
    assert list(ledgers.iterdir()) == []


def test_after_a_kill_the_sweep_undoes_what_is_left(suite, service):
    process = suite.start(SESSIONS)
    ledgers = suite.reports / "ledger"
    # The ledger is written before the tenant is made: there has to be one.
    wait_for(lambda: left_behind(service), "a tenant")
    process.kill()
    process.communicate()
    code, out = suite.command("sweep")
    assert code == 0, out
    assert left_behind(service) == []
    assert list(ledgers.iterdir()) == []


def test_the_sweep_leaves_a_run_alone_that_is_still_going(suite):
    process = suite.start(SESSIONS)
    ledgers = suite.reports / "ledger"
    wait_for(lambda: list(ledgers.glob("*.jsonl")), "the ledger")
    process.send_signal(signal.SIGSTOP)
    code, out = suite.command("sweep")
    process.send_signal(signal.SIGCONT)
    assert (code, "left alone" in out) == (0, True), out
    assert finished(process)[0] == 0


class Tap(Proxy):
    """The proxy, which also keeps every secret that it sees on the wire."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream, Known())
        self.secrets: set[str] = set()

    async def _forward(self, incoming):
        reply = await super()._forward(incoming.without_header("accept-encoding"))
        # Documents of the API describe secrets and hold none.
        if incoming.operation is not None:
            self.secrets.add(incoming.authorization.removeprefix("Bearer "))
            self._keep(incoming.body)
            self._keep(reply.body)
        return reply

    def _keep(self, body: bytes) -> None:
        try:
            self._collect(json.loads(body))
        except ValueError:
            return

    def _collect(self, value: object, secret: bool = False) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                self._collect(inner, secret or is_secret_key(key))
        elif isinstance(value, list):
            for inner in value:
                self._collect(inner, secret)
        elif secret and isinstance(value, str):
            self.secrets.add(value)


@pytest.mark.parametrize("order", [1, -1])
def test_every_report_names_each_scenario_as_its_feature_does(suite, order):
    paths = ["features/activity/receipts.feature", "features/platform/status_management.feature", LOGS]
    scenarios = [one for path in paths for one in parse_file(path).walk_scenarios()]
    code, out = suite.run("--format=plain", *paths[::order])
    assert code == 0, out
    cases = ElementTree.parse(suite.reports / "junit" / "acceptance.xml").iter("testcase")
    assert {case.get("name") for case in cases} == {title_of(one) for one in scenarios}
    results = [json.loads(path.read_bytes()) for path in suite.reports.glob("allure-results/*-result.json")]
    assert {result["name"] for result in results} == {title_of(one) for one in scenarios}
    steps = {f"{step.keyword} {step.name}" for one in scenarios for step in one.all_steps}
    assert {step["name"] for result in results for step in result["steps"]} == steps
    lines = (suite.reports / "exchanges.jsonl").read_text(encoding="utf-8").splitlines()
    names = {one.name for one in scenarios}
    assert {json.loads(line)["scenario"] for line in lines} - {""} <= names
    assert [one.name for one in scenarios if f": {one.name}\n" not in out] == []


def test_no_secret_reaches_a_report_or_the_terminal_not_even_after_failures(tmp_path, service):
    tap = Tap(service).start()
    contract = load()
    tap.route(contract)
    tap.armed = ServerError(contract.operation("DELETE", "/api/v1/auth/sessions/{session_id}"))
    suite = SuiteCopy(tmp_path / "suite", tap.base_url, SMOKE_ENABLE_AUTH_SIGNUP="1", SMOKE_ENABLE_AI="1")
    # What one process has met is to be hidden by the one that writes the reports.
    code, out = suite.run("--jobs", "4", "features/identity", "features/assistants/chat.feature")
    tap.stop()
    assert code == 1, out
    assert "curl" in out
    out += suite.command("report")[1]
    assert (suite.reports / "coverage.html").exists()
    # What stands in a feature, a step or the contract, such as a made-up token or a path, is no secret.
    published = (
        *Path("features").rglob("*.feature"),
        *Path("steps").rglob("*.py"),
        Path("contract/openapi.json"),
    )
    public = "".join(path.read_text(encoding="utf-8") for path in published)
    secrets = {one for one in tap.secrets if len(one) >= SHORTEST and one not in public}
    assert len(secrets) > 20
    texts = {"the terminal": out}
    for path in suite.reports.rglob("*"):
        if path.is_file():
            texts[str(path.relative_to(suite.reports))] = path.read_text(encoding="utf-8", errors="replace")
    leaks = [
        f"{secret[:4]}… in {name}" for name, text in texts.items() for secret in secrets if secret in text
    ]
    assert leaks == []
