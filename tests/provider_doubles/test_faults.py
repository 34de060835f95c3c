"""A double fails where it is told to, and nowhere else."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from provider_doubles import faults, mail, openai, otlp

KEY = {"Authorization": "Bearer sk-test"}


@pytest.fixture
def client() -> TestClient:
    return TestClient(openai.create_app())


def fail(client: TestClient, kind: str, text: str, times: int | None = None) -> str:
    answer = client.post("/_control/faults", json={"kind": kind, "text": text, "times": times})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def create(client: TestClient, name: str) -> Response:
    return client.post("/v1/vector_stores", json={"name": name}, headers=KEY)


@pytest.mark.parametrize(("kind", "status"), [("error", 500), ("rate_limit", 429)])
def test_a_fault_strikes_requests_that_hold_its_text(client, kind, status):
    fail(client, kind, "Doomed")
    assert create(client, "Doomed").status_code == status
    assert create(client, "Lucky").status_code == 200


def test_a_fault_strikes_by_path_as_well(client):
    store = create(client, "Lucky").json()["id"]
    fail(client, "error", f"/{store}")
    assert client.get(f"/v1/vector_stores/{store}", headers=KEY).status_code == 500


def test_a_fault_ends_when_it_is_removed(client):
    fault = fail(client, "error", "Doomed")
    assert client.delete(f"/_control/faults/{fault}").status_code == 204
    assert create(client, "Doomed").status_code == 200
    assert client.delete(f"/_control/faults/{fault}").status_code == 404


def test_a_fault_ends_when_it_has_struck_often_enough(client):
    fail(client, "rate_limit", "Doomed", times=1)
    assert create(client, "Doomed").headers["retry-after"] == "1"
    assert create(client, "Doomed").status_code == 200


def test_a_hanging_double_answers_in_the_end(client, monkeypatch):
    monkeypatch.setattr(faults, "LONGEST_HANG", 0.05)
    fail(client, "timeout", "Doomed")
    answer = create(client, "Doomed")
    assert answer.status_code == 500
    assert answer.elapsed.total_seconds() >= 0.05


@pytest.mark.parametrize(
    ("app", "path", "body"),
    [
        (mail.create_app(), "/emails", {"from": "a@b.example", "to": "Doomed@b.example", "subject": "s"}),
        (otlp.create_app(), "/v1/logs", {"resourceLogs": [], "note": "Doomed"}),
    ],
)
def test_every_double_can_be_told_to_fail(app: FastAPI, path: str, body: dict):
    client = TestClient(app)
    fail(client, "error", "Doomed")
    assert client.post(path, json=body).status_code == 500


@pytest.mark.parametrize("body", [{"kind": "explode", "text": "x"}, {"kind": "error", "text": ""}])
def test_a_fault_that_is_none_is_refused(client, body):
    assert client.post("/_control/faults", json=body).status_code in {400, 422}
