"""Server-sent events by the standard (WHATWG HTML, section 9.2.6).

The cases are the facts that web-platform-tests' eventsource suite checks; each stream is fed whole and byte
by byte.
"""

import pytest

from acceptance.calls.event_parser import EventParser
from acceptance.calls.exchange import Call
from tests.acceptance import hostile
from tests.acceptance.test_api import SOON, client_of, followed

LONG = "x" * 2000

CASES = {
    "a byte order mark at the beginning is none of the data": ("\ufeffdata:a\n\n", ["a"]),
    "a second byte order mark belongs to the name": ("\ufeff\ufeffdata:a\n\ndata:b\n\n", ["b"]),
    "a byte order mark later on belongs to the name": ("data:a\n\n\ufeffdata:b\n\ndata:c\n\n", ["a", "c"]),
    "comments say nothing": (
        f"data:a\r:\0\n:\r\ndata:b\n:{LONG}\rdata:c\n:data:no\ndata:d\n\n",
        ["a\nb\nc\nd"],
    ),
    "data without a value is an empty line": ("data:\n\ndata\ndata\n\ndata:a\n\n", ["", "\n", "a"]),
    "an event whose end never came is none": ("data:a\n\nid:1\ndata:b", ["a"]),
    "one blank after the colon is left out": ("data: a\n\ndata:  b\n\ndata:\tc\n\n", ["a", " b", "\tc"]),
    "names are exact": ("Data:a\nda-ta:a\ndata\0:a\n\0data:a\n data:a\ndata:b\n\n", ["b"]),
    "unknown fields say nothing": ("data:a\nretries:1\nsometext\n:c\ndata:b\n\n", ["a\nb"]),
    "a null character stays in the data": ("data:\0\n\n\n\n", ["\0"]),
    "lines end as they like": ("data:a\r\ndata\rdata:b\n\r\ndata:c\r\rdata:d\n\n", ["a\n\nb", "c", "d"]),
    "other separators end no line": ("data:a\u2028b\u0085c\x0bd\x0ce\n\n", ["a\u2028b\u0085c\x0bd\x0ce"]),
    "the data is UTF-8": ("data:oκ…\U0001f600\n\n", ["oκ…\U0001f600"]),
    "a reconnection time is no event": ("retry:1000\n\nretry:1000x\n\nretry\n\ndata:a\nretry:3\n\n", ["a"]),
    "an id alone is no event": ("id:1\n\ndata:a\n\nid:2\n\n", ["a"]),
    "a type alone is no event": ("event:ping\n\ndata:a\n\n", ["a"]),
    "a colon may stand in the data": ('data:{"a":"b:c"}\n\n', ['{"a":"b:c"}']),
}


def parsed(stream: str, size: int):
    parser, content = EventParser(), stream.encode()
    pieces = (content[start : start + size] for start in range(0, len(content), size))
    return parser, [event for piece in pieces for event in parser.feed(piece)]


@pytest.mark.parametrize("size", [1, 2, 3, 100_000])
@pytest.mark.parametrize(("stream", "data"), CASES.values(), ids=CASES.keys())
def test_a_stream_is_read_as_a_browser_reads_it(stream, data, size):
    assert [event.data for event in parsed(stream, size)[1]] == data


def test_types_and_ids_are_those_of_their_events():
    stream = "event:add\nid:1\ndata:a\n\nevent:\ndata:b\n\nid:2\n\ndata:c\nid\n\nid:3\0\ndata:d\n\n"
    assert [(one.data, one.kind, one.last_id) for one in parsed(stream, 5)[1]] == [
        ("a", "add", "1"),
        ("b", "message", "1"),
        ("c", "message", ""),
        ("d", "message", ""),
    ]


@pytest.mark.parametrize(
    ("heartbeat", "times"),
    [
        (":\n\n", 1),
        (": ping\r\r", 1),
        (":ping\r\n:ping\r\n", 2),
        ("retry: 1000\n\n", 1),
        ("id: 7\r\n\r\n", 1),
        ("event: ping\n\n", 1),
        ("\n", 0),
    ],
)
def test_heartbeats_of_every_form_are_counted_and_are_no_event(heartbeat, times):
    parser, events = parsed(heartbeat * 3 + "data:a\n\n" + heartbeat, 4)
    assert [event.data for event in events] == ["a"]
    assert parser.heartbeats == 4 * times


@pytest.mark.parametrize("beat", [b": a\r", b":\r\n", b"retry: 1\n\n", b"id: 4\n: a\n\n", b"event: ping\r\r"])
def test_a_heartbeat_is_seen_when_it_comes_and_ends_no_reading(beat):
    with hostile.peer(hostile.beating(beat)) as peer, followed(peer.url) as stream:
        assert stream.read(SOON, lambda payload: payload == {"n": 1}) == [{"n": 1}]
        assert stream.ended == ""
        stream.read(SOON, heartbeat_is_enough=True)
        assert stream.ended == "heartbeat"


@pytest.mark.parametrize(
    "media_type",
    [
        "text/event-stream",
        "Text/Event-Stream; charset=utf-8",
        "text/event-stream;",
        "text/event-stream;x=bogus",
    ],
)
def test_the_media_type_is_known_in_any_case_and_with_parameters(media_type):
    answer = hostile.json_answer(b"data: 1\n\n", "200 OK", media_type)
    with hostile.peer(answer) as peer, followed(peer.url) as stream:
        assert stream.read_to_end(SOON, lambda payload: payload == 1) == [1]
    assert (stream.ended, stream.exchange.failure) == ("terminal", "")


@pytest.mark.parametrize(
    ("sent", "payload", "finding"),
    [
        ("data: [NaN]\n\n", ["NaN"], "strict JSON at event 2: NaN is no JSON number"),
        ('data: "\\ud800"\n\n', "\ufffd", "strict JSON at event 2: half a surrogate pair"),
        (f"data: {'[' * 900}{']' * 900}\n\n", "", "strict JSON at event 2: it is nested more than 100"),
        (f"data: {'[' * 30_000}\n\n", "", "strict JSON at event 2: it is nested more than 100"),
    ],
)
def test_what_is_no_json_by_the_standard_in_an_event_is_a_finding(sent, payload, finding):
    with hostile.peer(hostile.stream_of("data: 1\n\n", sent)) as peer, followed(peer.url) as stream:
        assert stream.read(SOON) == [1, payload]
    assert [str(one)[: len(finding)] for one in stream.exchange.findings] == [finding]


@pytest.mark.parametrize(
    ("piece", "problem"),
    [
        (b"data: 1\n\n" * 5000, "more than 20,000"),
        (b":\n" * 5000, "more than 20,000"),
        (b"data: " + b"a" * 65536, "longer than 2,000,000 bytes"),
        (b"\n" * 65536, "more than 20,000"),
        (b"data: \xff\n\n", "the stream is not UTF-8"),
    ],
    ids=["events", "heartbeats", "one event", "nothing", "no UTF-8"],
)
def test_a_stream_without_bounds_ends(piece, problem):
    with (
        hostile.peer(hostile.endless(hostile.HEAD, piece)) as peer,
        client_of(peer.url, 20).stream(Call("A", "GET", "/stream")) as stream,
    ):
        stream.read(20)
    assert stream.ended == "broken"
    assert problem in stream.exchange.failure
