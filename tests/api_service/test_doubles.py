"""What the service sent to others is read from doubles, whoever started them."""

import socket

import httpx
import pytest

from acceptance.errors import NotOfferedError, TargetError
from api_service import doubles
from api_service.doubles import MAIL, OTLP, WEBHOOKS, Doubles

MAIL_TO_ANN = {"from": "acme@example.com", "to": ["ann@example.com"], "subject": "Hello", "text": "Hi"}


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    log = tmp_path_factory.mktemp("doubles") / "doubles.log"
    process, urls = doubles.start([MAIL, OTLP, WEBHOOKS], 0, log)
    yield urls
    process.stop()


def test_mails_and_deliveries_are_read_by_their_recipient(started):
    headers = {"Authorization": "Bearer re_test"}
    httpx.post(f"{started[MAIL]}/emails", json=MAIL_TO_ANN, headers=headers).raise_for_status()
    target = {"X-Webhook-Target": "https://hooks.example.com/ann"}
    httpx.post(f"{started[WEBHOOKS]}/deliveries", content=b"{}", headers=target).raise_for_status()
    received = Doubles(started)
    assert [mail["subject"] for mail in received.mails("ann@example.com", 5)] == ["Hello"]
    assert [one["body"] for one in received.deliveries("https://hooks.example.com/ann", 5)] == ["{}"]
    assert received.mails("bob@example.com", 0) == []
    assert received.log_records("nothing", 0) == []


def test_what_no_double_receives_is_not_offered():
    received = Doubles({MAIL: "", OTLP: "http://127.0.0.1:1"})
    with pytest.raises(NotOfferedError, match="SMOKE_MAILBOX_URL"):
        received.mails("ann@example.com", 0)
    with pytest.raises(AssertionError, match="does not say what it received"):
        received.log_records("word", 0)


def test_a_receiver_that_runs_already_is_shared(started):
    port = int(started[OTLP].rpartition(":")[2])
    assert doubles.listening(OTLP, "/received", port) == {OTLP: started[OTLP]}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert doubles.listening(OTLP, "/received", port) == {}


def test_a_taken_port_is_one_sentence(started, tmp_path):
    port = int(started[MAIL].rpartition(":")[2])
    with pytest.raises(TargetError, match="the double otlp did not start"):
        doubles.start([OTLP], port, tmp_path / "doubles.log")
