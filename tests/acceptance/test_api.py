"""The client: deadlines on the wall clock, honest failures, no repeated writes, streams that end."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest

from acceptance import redaction
from acceptance.calls.client import Client, Connection
from acceptance.calls.event_stream import EventStream
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Contract
from acceptance.contract.semantics import Semantics
from acceptance.contract.wire import Wire
from acceptance.errors import NotOfferedError
from acceptance.known_secrets import KnownSecrets
from tests.acceptance import hostile

OK = {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}
STREAM = {"200": {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}
CONTRACT = Contract(
    {
        "paths": {
            "/things": {"get": {"responses": OK}, "post": {"responses": OK}},
            "/vector-stores/{store_id}": {"get": {"responses": OK}},
            "/stream": {"get": {"responses": STREAM}},
        }
    },
    Semantics(wire=Wire(address="X-Forwarded-For", not_routed={"detail": "Not Found"})),
)
QUICK = 0.6
SOON = 5.0


def client_of(url: str, timeout: float = QUICK) -> Client:
    return Client(Connection(url, CONTRACT, timeout, timeout))


def answered(body: bytes, headers: Sequence[str] = ()) -> Exchange:
    """The exchange of a read that a peer answers with this body."""
    with hostile.peer(hostile.json_answer(body, "200 OK", "application/json", *headers)) as peer:
        return client_of(peer.url, SOON).send(Call("Alice", "GET", "/things"))


def followed(url: str) -> AbstractContextManager[EventStream]:
    return client_of(url, SOON).stream(Call("A", "GET", "/stream"))


@pytest.mark.parametrize("behaviour", [hostile.silent, hostile.dripping_head])
def test_a_peer_that_never_answers_is_given_up_at_the_deadline(behaviour):
    with hostile.peer(behaviour) as peer:
        started = time.monotonic()
        exchange = client_of(peer.url).send(Call("Alice", "GET", "/things"))
    assert "no answer" in exchange.failure
    assert exchange.went_wrong
    assert time.monotonic() - started < SOON


def test_nothing_listening_is_said_so():
    exchange = client_of("http://127.0.0.1:9").send(Call("Alice", "GET", "/things"))
    assert "no connection to 127.0.0.1:9" in exchange.failure


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_sent_again_when_a_fresh_connection_drops(method):
    with hostile.peer(hostile.hang_up) as peer:
        exchange = client_of(peer.url).send(Call("Alice", method, "/things"))
        assert len(peer.requests) == 1
    assert "broke" in exchange.failure
    assert exchange.lost == exchange.failure


@pytest.mark.parametrize(("method", "connections"), [("GET", 2), ("POST", 1)])
def test_only_a_read_is_sent_again_when_a_kept_connection_dropped_and_that_is_told(method, connections):
    with hostile.peer(hostile.in_turn(hostile.EMPTY_OBJECT, b"")) as peer:
        client = client_of(peer.url)
        first, second = (client.send(Call("Alice", method, "/things")) for _ in range(2))
        assert len(peer.requests) == connections
    assert (first.failure, first.lost) == ("", "")
    assert second.lost
    assert bool(second.failure) is (method == "POST")


def test_half_an_answer_is_never_asked_for_again():
    with hostile.peer(hostile.in_turn(hostile.EMPTY_OBJECT, hostile.EMPTY_OBJECT[:20])) as peer:
        client = client_of(peer.url)
        _, second = (client.send(Call("Alice", "GET", "/things")) for _ in range(2))
        assert len(peer.requests) == 1
    assert "broke" in second.failure


def test_heartbeats_do_not_prolong_the_deadline_of_a_stream():
    with hostile.peer(hostile.heartbeats) as peer, followed(peer.url) as stream:
        started = time.monotonic()
        stream.read(QUICK)
    assert stream.ended == "deadline"
    assert stream.heartbeats > 1
    assert time.monotonic() - started < SOON


def test_a_first_heartbeat_can_be_enough():
    with hostile.peer(hostile.heartbeats) as peer, followed(peer.url) as stream:
        stream.read(SOON, heartbeat_is_enough=True)
    assert stream.ended == "heartbeat"


def test_what_comes_after_the_terminal_event_is_kept_apart():
    frames = hostile.stream_of('data: {"n": 1}\n\n', 'data: "end"\n\n', 'data: {"n": 2}\n\n')
    with (
        hostile.peer(frames) as peer,
        client_of(peer.url, SOON).stream(Call("A", "GET", "/stream")) as stream,
    ):
        payloads = stream.read_to_end(SOON, lambda payload: payload == "end")
    assert payloads == [{"n": 1}, "end"]
    assert [event.data for event in stream.after_terminal] == ['{"n": 2}']


def test_a_stream_that_closes_without_its_terminal_event_says_so():
    frames = hostile.stream_of('data: {"n": 1}\n\n')
    with (
        hostile.peer(frames) as peer,
        client_of(peer.url, SOON).stream(Call("A", "GET", "/stream")) as stream,
    ):
        stream.read_to_end(SOON, lambda payload: payload == "end")
    assert stream.ended == "closed"


def test_a_silent_open_stream_ends_at_the_deadline():
    frames = hostile.stream_of('data: {"n": 1}\n\n', then=hostile.silent)
    with (
        hostile.peer(frames) as peer,
        client_of(peer.url, SOON).stream(Call("A", "GET", "/stream")) as stream,
    ):
        stream.read_to_end(QUICK, lambda payload: payload == "end")
    assert stream.ended == "deadline"


def test_a_body_that_only_says_it_is_json_is_a_failure():
    with hostile.peer(hostile.json_answer(b"<html>")) as peer:
        exchange = client_of(peer.url, SOON).send(Call("Alice", "GET", "/things"))
    assert "says it is JSON and is not" in exchange.failure


@pytest.mark.parametrize(
    "answer",
    [
        hostile.json_answer(b'{"token": "4A5AHEBDMaFh9etkNYXG3"'),
        hostile.json_answer(b'"{\\"token\\": \\"4A5AHEBDMaFh9etkNYXG3\\"}"'),
        hostile.json_answer(b'{"codes": ["4A5AHEBDMaFh9etkNYXG3"]}', media_type="text/plain"),
    ],
)
def test_a_secret_is_met_in_an_answer_of_any_kind(answer, monkeypatch):
    monkeypatch.setattr(redaction, "_met", KnownSecrets())
    with hostile.peer(answer) as peer:
        client_of(peer.url, SOON).send(Call("Alice", "GET", "/things"))
    assert redaction.mask_text("echo 4A5AHEBDMaFh9etkNYXG3") == f"echo {redaction.MASK}"


def test_the_targets_own_spelling_of_a_path_is_used():
    with hostile.peer(hostile.json_answer(b"{}")) as peer:
        client = client_of(peer.url, SOON)
        client.connection.learn_served({"paths": {"/vector_stores/{id}": {"get": {}}}})
        client.send(Call("Alice", "GET", "/vector-stores/{store_id}", {"store_id": "a b"}))
        assert peer.requests[0].startswith(b"GET /vector_stores/a%20b ")


def test_an_operation_that_is_not_routed_is_not_offered_unless_the_target_lists_it():
    with hostile.peer(hostile.json_answer(b'{"detail":"Not Found"}', "404 Not Found")) as peer:
        client = client_of(peer.url, SOON)
        with pytest.raises(NotOfferedError, match="GET /things"):
            client.send(Call("Alice", "GET", "/things"))
        client.connection.learn_served({"paths": {"/things": {"get": {}}}})
        assert client.send(Call("Alice", "GET", "/things")).status == 404


def test_clients_side_by_side_have_a_name_an_address_and_exchanges_of_their_own():
    with hostile.peer(hostile.json_answer(b"{}")) as peer:
        connection = Connection(peer.url, CONTRACT, SOON, SOON)
        kept: dict[str, list[Exchange]] = {"one": [], "two": []}
        clients = [
            Client(connection, [kept[name].append], scenario=name, request_name=name, address=f"at {name}")
            for name in kept
        ]
        with ThreadPoolExecutor(len(clients)) as threads:
            for client in clients * 5:
                threads.submit(client.send, Call("Alice", "GET", "/things"))
    for name, exchanges in kept.items():
        assert {one.scenario for one in exchanges} == {name}
        assert {one.request_headers["x-forwarded-for"] for one in exchanges} == {f"at {name}"}
        assert {one.request_id for one in exchanges} == {f"{name}-{number}" for number in range(1, 6)}


def test_the_deadline_of_one_thread_is_not_that_of_another():
    with hostile.peer(hostile.json_answer(b"{}")) as peer, ThreadPoolExecutor(1) as threads:
        client = client_of(peer.url, SOON)
        with client.connection.deadline.within(0):
            late = client.send(Call("Alice", "GET", "/things"))
            fine = threads.submit(client.send, Call("Alice", "GET", "/things")).result()
    assert (bool(late.failure), fine.failure) == (True, "")


def test_after_a_server_error_the_dying_connection_is_not_used_again():
    with hostile.peer(hostile.server_error_and_no_more) as peer:
        client = client_of(peer.url, SOON)
        statuses = [client.send(Call("Alice", "POST", "/things")).status for _ in range(3)]
    assert statuses == [500, 500, 500]
