"""Deployments as they are: far away, behind a path prefix, behind TLS, dropping connections, or gone."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from starlette.responses import Response

from acceptance.prove.effect_faults import Known
from acceptance.prove.proxy import Proxy
from tests.acceptance import hostile
from tests.acceptance.certificates import self_signed
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy, finished, wait_for

HEALTH = "features/platform/health.feature"
CONVERSATIONS = "features/assistants/conversations.feature"
PREFIX = "/staging/v7"
LATENCY_SECONDS = 0.3
DROP_EVERY = 9


class Gateway(Proxy):
    """A gateway in front of a service: a path prefix, latency, connections dropped now and then."""

    def __init__(self, upstream: str, prefix: str = "", latency: float = 0.0, drop_every: int = 0) -> None:
        super().__init__(upstream, Known())
        self.base_url += prefix
        self._prefix, self._latency, self._drop_every = prefix, latency, drop_every
        self._count = 0

    async def _serve(self, request):
        await asyncio.sleep(self._latency)
        self._count += 1
        response = await super()._serve(request)
        if self._drop_every and self._count % self._drop_every == 0:
            response.headers["Connection"] = "close"
        return response

    def _incoming(self, request, body):
        incoming = super()._incoming(request, body)
        assert incoming.path.startswith(self._prefix)
        return replace(incoming, path=incoming.path.removeprefix(self._prefix))


class Freezing(Proxy):
    """A gateway behind which the service answers so many times and then hangs for good."""

    answers = 40

    async def _serve(self, request):
        self.answers -= 1
        if self.answers < 0:
            await asyncio.sleep(60)
        return await super()._serve(request)


class Documented(Proxy):
    """A gateway with an OpenAPI document of its own."""

    def __init__(self, upstream: str, document: bytes) -> None:
        super().__init__(upstream, Known())
        self._document = document

    async def _serve(self, request):
        if request.url.path == "/openapi.json":
            return Response(self._document, media_type="application/json")
        return await super()._serve(request)


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


@pytest.mark.parametrize(
    "gateway",
    [{"prefix": PREFIX}, {"latency": LATENCY_SECONDS}, {"drop_every": DROP_EVERY}],
    ids=["path prefix", "latency", "dropped connections"],
)
def test_the_suite_is_green_through_a_gateway(tmp_path, service, gateway):
    proxy = Gateway(service, **gateway).start()
    features = [HEALTH] if "latency" in gateway else [HEALTH, CONVERSATIONS]
    code, out = SuiteCopy(tmp_path / "suite", proxy.base_url).run(*features)
    proxy.stop()
    assert code == 0, out


def test_the_suite_is_green_behind_tls(tmp_path):
    key, certificate = self_signed(tmp_path)
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        "tests.acceptance.secure_app:create",
        "--port",
        "0",
    ]
    server = subprocess.Popen(
        [*command, "--ssl-keyfile", str(key), "--ssl-certfile", str(certificate)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr
    try:
        line = next(line for line in server.stderr if "running on" in line)
        url = line.split("running on ")[1].split(" ")[0]
        code, out = SuiteCopy(tmp_path / "suite", url, SSL_CERT_FILE=str(certificate)).run(HEALTH)
        assert code == 0, out
        code, out = SuiteCopy(tmp_path / "distrust", url).run(HEALTH)
        assert code == 4
        assert "no connection to" in out
        assert "Traceback" not in out
    finally:
        server.kill()
        server.communicate()


@pytest.mark.parametrize(
    "answer",
    [
        hostile.json_answer(b"<html>It works!</html>"),
        hostile.json_answer(b'{"detail": "boom"}', "500 Internal Server Error"),
        hostile.json_answer(b"[" * 100_000),
    ],
    ids=["another server", "a broken service", "an answer nested too deep"],
)
def test_what_is_no_api_service_ends_the_run_in_one_sentence(tmp_path, answer):
    with hostile.peer(answer) as peer:
        code, out = SuiteCopy(tmp_path / "suite", peer.url).run(HEALTH)
    assert code == 4, out
    (sentence,) = (line for line in out.splitlines() if line.startswith("error: "))
    assert "mend SMOKE_BASE_URL" in sentence or "is this the right port?" in sentence
    assert "Traceback" not in out


def test_a_document_that_cannot_be_read_ends_the_run(tmp_path, service):
    gateway = Documented(service, b'{"paths": {"/health": null}}').start()
    code, out = SuiteCopy(tmp_path / "suite", gateway.base_url).run(HEALTH)
    gateway.stop()
    assert code == 4, out
    assert "/openapi.json is no OpenAPI document" in out


def test_a_service_that_dies_in_the_middle_ends_in_a_clear_failure(tmp_path):
    with running_service() as url:
        suite = SuiteCopy(tmp_path / "suite", url)
        process = suite.start(CONVERSATIONS)
        journal = suite.reports / "exchanges.jsonl"
        wait_for(
            lambda: journal.exists() and "DELETE" in journal.read_text(encoding="utf-8"),
            "the middle of the run",
        )
    code, out = finished(process)
    assert code == 1, out
    assert "no connection to" in out or "broke" in out
    assert "Traceback" not in out


def test_a_service_that_freezes_in_the_middle_is_not_waited_for_again_and_again(tmp_path, service):
    gateway = Freezing(service, Known()).start()
    suite = SuiteCopy(tmp_path / "suite", gateway.base_url, SMOKE_HTTP_TIMEOUT="3")
    code, out = suite.run(CONVERSATIONS)
    gateway.stop()
    lines = (suite.reports / "exchanges.jsonl").read_text(encoding="utf-8").splitlines()
    unanswered = [line for line in map(json.loads, lines) if not line["status"]]
    assert code == 1, out
    assert f"error: {gateway.base_url} stopped answering; the rest was not run" in out
    assert "not run: the service had stopped answering" in out
    assert len(unanswered) < 20, out
