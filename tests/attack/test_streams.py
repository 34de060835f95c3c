"""Streams of a whole run: heartbeats and ids of every form leave it green, what is no stream is told."""

import pytest

from tests.acceptance.raw_proxy import Answer, raw_proxy
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy

CHAT = "features/assistants/chat_stream.feature"
STREAM = "text/event-stream"


@pytest.fixture(scope="module")
def service():
    with running_service() as url:
        yield url


def twisted(twist, media_type=STREAM):
    def answer(asked, forward):
        got = forward(asked)
        kind = {name.lower(): value for name, value in got.headers}.get("content-type", "")
        if not kind.startswith(STREAM):
            return got.raw()
        kept = [pair for pair in got.headers if pair[0].lower() != "content-type"]
        return Answer(got.status, [*kept, ("Content-Type", media_type)], twist(got.body)).raw()

    return answer


def every_event(before: bytes):
    return lambda body: b"".join(before + event + b"\n\n" for event in body.split(b"\n\n") if event)


@pytest.mark.parametrize(
    ("twist", "media_type"),
    [
        (lambda body: b"\xef\xbb\xbf" + body, "Text/Event-Stream; charset=utf-8"),
        (lambda body: body.replace(b"\r\n", b"\n").replace(b"\n", b"\r"), STREAM),
        (lambda body: body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), "text/event-stream;"),
        (every_event(b": ping\r\rid: 7\n: ping\n\nretry: 1000\n\nevent: ping\n\n"), STREAM),
    ],
    ids=["byte order mark", "carriage returns", "both", "heartbeats"],
)
def test_a_stream_by_the_standard_is_green(tmp_path, service, twist, media_type):
    with raw_proxy(service, twisted(twist, media_type)) as url:
        suite = SuiteCopy(tmp_path / "suite", url, SMOKE_ENABLE_AI="1")
        code, out = suite.run(CHAT, "--name", "A reply arrives")
    assert code == 0, out


@pytest.mark.parametrize(
    ("twist", "told"),
    [
        (every_event(b"data: " + b"[" * 900 + b"]" * 900 + b"\n\n"), "nested more than 100 levels"),
        (every_event(b'data: "\\ud800"\n\n'), "half a surrogate pair"),
        (every_event(b"data: \xff\n\n"), "the stream is not UTF-8"),
        (every_event(b": ping\n" * 30_000), "more than 20,000 events and heartbeats"),
        (lambda body: b"data: " + b"a" * 6_000_000, "longer than 2,000,000 bytes"),
    ],
    ids=["900 levels", "surrogates", "no UTF-8", "endless heartbeats", "one endless event"],
)
def test_what_is_no_stream_is_told_with_its_exchange(tmp_path, service, twist, told):
    with raw_proxy(service, twisted(twist)) as url:
        suite = SuiteCopy(tmp_path / "suite", url, SMOKE_ENABLE_AI="1")
        code, out = suite.run(CHAT, "--name", "A reply arrives")
    assert code == 1, out
    assert told in out
    assert "Error" not in out
    assert told in (suite.reports / "exchanges.jsonl").read_text("utf-8")
