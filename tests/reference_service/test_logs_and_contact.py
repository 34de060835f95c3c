"""Log records of clients, their export, and the contact form."""

import hashlib
import hmac
import json

import httpx
import pytest
from fastapi.testclient import TestClient

from provider_doubles import otlp
from provider_doubles.serving import running
from reference_service.app import create_app
from reference_service.config import Config
from tests.reference_service.support import Api, refused

OWNER = "owner@acme.example.com"
RECORD = {"event": "page.crashed", "level": "error", "fields": {"marker": "m-1"}}
MESSAGE = {"email": "guest@example.com", "message": "Do you deliver?"}


def signed(config: Config, record: dict) -> dict:
    content = json.dumps(record).encode()
    signature = hmac.new(config.log_secret.encode(), content, hashlib.sha256).hexdigest()
    return {
        "content": content,
        "headers": {"X-Log-Signature": signature, "Content-Type": "application/json"},
    }


def test_records_come_from_people_or_carry_a_signature(api: Api, acme: dict, config: Config) -> None:
    accepted = api.call(OWNER, "POST", "/logs", json=RECORD)
    assert (accepted.status_code, accepted.json()) == (202, {"accepted": True})
    assert api.call(None, "POST", "/logs", **signed(config, RECORD)).status_code == 202
    refused(api.call(None, "POST", "/logs", json=RECORD), 401, "Missing")
    forged = {**signed(config, RECORD), "content": json.dumps({**RECORD, "level": "info"}).encode()}
    refused(api.call(None, "POST", "/logs", **forged), 401, "Invalid")


@pytest.mark.parametrize("scheme", ["Basic abc", "Bearer", "Bearer nonsense"])
def test_a_bad_token_is_no_way_in(api: Api, scheme: str) -> None:
    refused(api.call(None, "POST", "/logs", json=RECORD, headers={"Authorization": scheme}), 401)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"fields": {str(number): number for number in range(33)}}, 422),
        ({"event": "e" * 129}, 422),
        ({"fields": {"text": "t" * 17_000}}, 413),
        ({"fields": {"event": "mine", "correlation_id": "mine"}}, 202),
    ],
)
def test_the_size_of_a_record_is_limited(api: Api, acme: dict, change: dict, status: int) -> None:
    assert api.call(OWNER, "POST", "/logs", json={**RECORD, **change}).status_code == status


def test_a_record_is_exported_under_the_id_of_its_request() -> None:
    with running(otlp.create_app()) as collector:
        config = Config(otlp_url=collector)
        api = Api(TestClient(create_app(config)))
        forged = {**RECORD, "fields": {"marker": "m-1", "correlation_id": "mine"}}
        answer = api.call(None, "POST", "/logs", **signed(config, forged))
        received = httpx.get(f"{collector}/received", params={"contains": "m-1", "wait": 5})
    [record] = received.json()["records"]
    assert record["attributes"]["correlation_id"] == answer.headers["x-correlation-id"]
    assert (record["severity"], record["body"]) == ("ERROR", "page.crashed")
    assert record["attributes"]["frontend_authenticated"] is False


def test_log_ingestion_can_be_switched_off() -> None:
    api = Api(TestClient(create_app(Config(log_ingestion=False))))
    assert api.call(None, "POST", "/logs", json=RECORD).status_code == 404


def test_messages_are_accepted_and_robots_dropped(api: Api) -> None:
    first, second = (api.call(None, "POST", "/contact", json=MESSAGE).json()["data"] for _ in range(2))
    assert first["reference_id"] != second["reference_id"]
    assert (first["delivered"], first["suppressed"]) == (False, False)
    robot = api.call(None, "POST", "/contact", json={**MESSAGE, "honeypot": "x"}).json()["data"]
    assert robot["suppressed"] is True
    limited = api.call(None, "POST", "/contact", json=MESSAGE)
    refused(limited, 429)
    assert 0 < int(limited.headers["retry-after"]) <= 3600


@pytest.mark.parametrize("change", [{"message": "Too short"}, {"email": "nobody"}, {"message": "x" * 2001}])
def test_a_message_that_is_none_is_refused(api: Api, change: dict) -> None:
    refused(api.call(None, "POST", "/contact", json={**MESSAGE, **change}), 422)
