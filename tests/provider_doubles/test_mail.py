"""The mail double: what is sent can be read by its recipient."""

import threading
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from provider_doubles.mail import create_app

KEY = {"Authorization": "Bearer re_test"}
MAIL = {
    "from": "Acme <noreply@acme.example.com>",
    "to": ["Ann <Ann@acme.example.com>"],
    "subject": "Welcome",
    "text": "Hello Ann",
    "html": "<p>Hello Ann</p>",
    "tags": [{"name": "category", "value": "welcome"}],
}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app()) as client:
        yield client


def mailbox(client: TestClient, address: str, wait: float = 0) -> list[dict]:
    return client.get("/mailbox", params={"to": address, "wait": wait}).json()["mails"]


def test_a_mail_is_in_the_mailbox_of_its_recipient_only(client):
    sent = client.post("/emails", json=MAIL, headers=KEY)
    assert sent.status_code == 200
    [mail] = mailbox(client, "ann@ACME.example.com")
    assert mail["id"] == sent.json()["id"]
    expected = {"subject": "Welcome", "text": "Hello Ann", "html": "<p>Hello Ann</p>", "tags": MAIL["tags"]}
    assert {name: mail[name] for name in expected} == expected
    assert mailbox(client, "bob@acme.example.com") == []


def test_mails_come_oldest_first(client):
    for subject in ("One", "Two"):
        client.post("/emails", json={**MAIL, "to": "ann@acme.example.com", "subject": subject}, headers=KEY)
    assert [mail["subject"] for mail in mailbox(client, "ann@acme.example.com")] == ["One", "Two"]


def test_an_emptied_mailbox_is_empty(client):
    client.post("/emails", json=MAIL, headers=KEY)
    assert client.delete("/mailbox", params={"to": "ann@acme.example.com"}).json() == {"deleted": 1}
    assert mailbox(client, "ann@acme.example.com") == []


def test_a_reader_can_stay_until_the_mail_comes(client):
    sender = threading.Timer(0.1, lambda: client.post("/emails", json=MAIL, headers=KEY))
    sender.start()
    started = time.monotonic()
    assert len(mailbox(client, "ann@acme.example.com", wait=10)) == 1
    assert time.monotonic() - started < 5
    sender.join()


def test_a_reader_goes_away_empty_after_a_while(client):
    assert mailbox(client, "ann@acme.example.com", wait=0.05) == []


@pytest.mark.parametrize(
    "change", [{"to": "nobody"}, {"subject": ""}, {"from": None}, {"text": None, "html": None}]
)
def test_a_mail_that_cannot_be_sent_is_refused(client, change):
    refused = client.post("/emails", json={**MAIL, **change}, headers=KEY)
    assert refused.status_code == 422
    assert refused.json()["statusCode"] == 422
    assert mailbox(client, "ann@acme.example.com") == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer sk-test"}])
def test_a_bad_key_sends_nothing(client, headers):
    assert client.post("/emails", json=MAIL, headers=headers).status_code == 401
    assert mailbox(client, "ann@acme.example.com") == []
