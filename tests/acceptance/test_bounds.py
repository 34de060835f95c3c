"""What an answer may cost: bytes as sent and unpacked, time while unpacking, and nothing that lasts."""

import errno
import gzip
import time
import zlib
from pathlib import Path

import httpx
import pytest

from acceptance.calls import other_hosts
from acceptance.calls.bounds import MOST_BYTES
from acceptance.calls.client import Client, Connection
from acceptance.calls.deadlines import trusted
from acceptance.calls.exchange import Call
from acceptance.errors import ConfigurationError, unprepared
from tests.acceptance import hostile
from tests.acceptance.test_api import CONTRACT, SOON, answered, client_of

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CHUNKED = PLAIN + b"Transfer-Encoding: chunked\r\n\r\n"
PIECE = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
GZIP = "Content-Encoding: gzip"
THINGS = Call("Alice", "GET", "/things")
BOMB = gzip.compress(bytes(20 * MOST_BYTES))


@pytest.mark.parametrize(
    "answer",
    [
        hostile.endless(CHUNKED, PIECE),
        hostile.endless(PLAIN + b"Content-Length: 2000000000\r\n\r\n", b"a" * 65536),
        hostile.endless(PLAIN + b"\r\n", b"a" * 65536),
        hostile.json_answer(BOMB, "200 OK", "text/plain", GZIP),
    ],
    ids=["chunks", "2 GB promised", "until the end", "packed"],
)
@pytest.mark.parametrize("where", ["the service", "a stream", "another host"])
def test_an_answer_is_no_longer_than_is_read(answer, where):
    with hostile.peer(answer) as peer:
        started = time.monotonic()
        if where == "another host":
            with pytest.raises(httpx.HTTPError, match="longer than 2,000,000 bytes"):
                other_hosts.request("GET", peer.url, timeout=SOON)
        elif where == "a stream":
            with client_of(peer.url, SOON).stream(Call("A", "GET", "/stream")) as stream:
                assert "longer than 2,000,000 bytes" in stream.exchange.failure
        else:
            assert "longer than 2,000,000 bytes" in client_of(peer.url, SOON).send(THINGS).failure
        assert time.monotonic() - started < SOON


def test_an_answer_is_asked_for_as_it_is():
    with hostile.peer(hostile.json_answer(b"{}")) as peer:
        client_of(peer.url).send(THINGS)
        other_hosts.request("GET", peer.url, timeout=SOON)
        assert len([one for one in peer.requests if b"\r\nAccept-Encoding: identity\r\n" in one]) == 2


@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        (gzip.compress(b'{"n": 1}'), "gzip"),
        (gzip.compress(b'{"n": 1}'), "X-GZIP"),
        (zlib.compress(b'{"n": 1}'), "deflate"),
        (b'{"n": 1}', "identity"),
    ],
)
def test_what_is_packed_nevertheless_is_read(packed, coding):
    assert answered(packed, headers=[f"Content-Encoding: {coding}"]).body == {"n": 1}


@pytest.mark.parametrize(
    ("packed", "coding", "said"),
    [
        (gzip.compress(gzip.compress(b"{}")), "gzip, gzip", 'encoded as "gzip, gzip"'),
        (b"{}", "br", 'encoded as "br"'),
        (b"{}", "gzip", "says it is compressed and is not"),
        (gzip.compress(b"{}")[:-4], "gzip", "does not end where it says"),
        (gzip.compress(b"{}") + b"more", "gzip", "does not end where it says"),
    ],
)
def test_what_is_packed_strangely_is_a_failure_of_the_answer(packed, coding, said):
    assert said in answered(packed, headers=[f"Content-Encoding: {coding}"]).failure


def test_the_deadline_holds_while_an_answer_is_unpacked():
    slow = hostile.dripping(gzip.compress(b"a" * 1000, 0), f"{GZIP}\r\nContent-Length: 1023")
    with hostile.peer(slow) as peer:
        started = time.monotonic()
        exchange = client_of(peer.url, 0.5).send(THINGS)
        assert "no answer" in exchange.failure
        with pytest.raises(httpx.TimeoutException):
            other_hosts.request("GET", peer.url, timeout=0.5)
        assert time.monotonic() - started < 2


def test_no_cookie_of_one_answer_is_in_another_request():
    with hostile.peer(
        hostile.json_answer(b"{}", "200 OK", "application/json", "Set-Cookie: session=alice; Path=/")
    ) as peer:
        connection = Connection(peer.url, CONTRACT, SOON, SOON)
        for person in ("Alice", "Alice", "a visitor"):
            assert Client(connection).send(Call(person, "GET", "/things")).status == 200
        assert len(peer.requests) == 3
        assert not [one for one in peer.requests if b"cookie" in one.lower()]


@pytest.mark.parametrize(
    "call",
    [
        Call("A", "GET", "/vector-stores/{store_id}", {"store_id": "i" * 100_000}),
        Call("A", "GET", "/things", token="t\u00f6ken"),
        Call("A", "GET", "/things", token="a\r\nb"),
        Call("A", "POST", "/things", json={"n": "\ud800"}),
    ],
    ids=["an endless id", "a token that is no ASCII", "a token with a line break", "half a surrogate pair"],
)
def test_what_an_answer_said_and_no_request_can_hold_is_a_failure(call):
    with hostile.peer(hostile.json_answer(b"{}")) as peer:
        client = client_of(peer.url, SOON)
        exchange = client.send(call)
        assert exchange.failure
        with client.stream(call) as stream:
            assert stream.read(SOON) == []
    assert exchange.went_wrong


@pytest.mark.parametrize(
    "url", ["http://[", "ftp://127.0.0.1/", "http://x\u0000y/", "http://" + "a" * 70_000]
)
def test_an_address_that_is_none_is_an_http_error(url):
    with pytest.raises(httpx.HTTPError, match=r"."):
        other_hosts.request("GET", url, timeout=SOON)


@pytest.mark.parametrize("sent", [b"[]", b'{"id": ', b"[" * 5000, b'{"other": 1}'])
def test_an_answer_of_another_host_that_lacks_what_is_needed_is_a_value_error(sent):
    with hostile.peer(hostile.json_answer(sent)) as peer:
        answer = other_hosts.request("GET", peer.url, timeout=SOON)
    with pytest.raises(ValueError, match=r"."):
        other_hosts.body(answer, "id")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_told_by_the_setting_that_names_them(
    tmp_path, monkeypatch, content
):
    file = tmp_path / "ca.pem"
    if content:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    trusted.cache_clear()
    with pytest.raises(ConfigurationError, match=rf'^SSL_CERT_FILE is "{file}", where no certificates'):
        client_of("https://127.0.0.1:9")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OSError(errno.ENOSPC, "No space left", "/reports/x.jsonl"),
            "the reports folder /reports cannot be wri",
        ),
        (OSError(errno.ENOSPC, "No space left"), "the reports folder /reports cannot be"),
        (
            OSError(errno.EACCES, "Denied", "/reports/a/b"),
            "the reports folder /reports cannot be wri",
        ),
        (
            OSError(errno.EACCES, "Denied", "/bin/x"),
            "the run cannot be prepared (Denied: /bin/x)",
        ),
        (OSError(errno.EAGAIN, "Not now"), "the run cannot be prepared (Not now)"),
        (OSError("no words"), "the run cannot be prepared (no words)"),
    ],
)
def test_what_keeps_a_run_from_beginning_is_told_as_what_it_is(error, sentence):
    assert str(unprepared(Path("/reports"), error)).startswith(sentence)
