"""The stream rules: what keeps them passes, and each single violation is caught by its rule."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from acceptance.calls.exchange import Call, Exchange
from acceptance.checks.answer_check import AnswerCheck
from acceptance.checks.deviations import Deviation, Deviations
from acceptance.contract.document import EVENT_STREAM, load
from api_service.rules import streams
from tests.acceptance.answers import answer
from tests.api_service.stream_examples import Event
from tests.api_service.stream_examples import streams as valid_streams

CONTRACT = load()
FOLLOW = CONTRACT.operation("POST", "/api/v1/chat/stream")
LIFECYCLE: Event = {
    "schema": "public_sse_v1",
    "event_id": 1,
    "stream_id": "chat_1",
    "server_timestamp": "2026-01-01T00:00:00Z",
    "conversation_id": "one",
    **dict.fromkeys(("response_id", "agent", "workflow", "scope", "provider_sequence_number", "notices")),
    "kind": "lifecycle",
    "status": "in_progress",
    "reason": None,
}
# A busy machine draws slowly; that is no failure of a rule.
WHATEVER_THE_LOAD = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RULES = (*streams.ANYWHERE, *streams.FROM_THE_START, *streams.TO_THE_END)
Break = Callable[[list[Event]], Any]


def _first(events: list[Event], kind: str, **fields: Any) -> Event:
    wanted = fields.items()
    return next(event for event in events if event["kind"] == kind and wanted <= event.items())


def _swap(events: list[Event], kind: str, other: str) -> None:
    one, two = events.index(_first(events, kind)), events.index(_first(events, other))
    first, second = events[one], events[two]
    ids = first["event_id"], second["event_id"]
    events[one], events[two] = second, first
    events[one]["event_id"], events[two]["event_id"] = ids


def _again(events: list[Event], kind: str) -> None:
    place = events.index(_first(events, kind)) + 1
    for event in events[place:]:
        event["event_id"] += 1
    events.insert(place, {**events[place - 1], "event_id": events[place - 1]["event_id"] + 1})


def _scoped(events: list[Event]) -> Event:
    return next(event for event in events if event["scope"])


def _search(events: list[Event], status: str) -> Event:
    wanted = {"tool_type": "web_search", "status": status}.items()
    return next(e["tool"] for e in events if e["kind"] == "tool.status" and wanted <= e["tool"].items())


VIOLATIONS: dict[str, Break] = {
    "ids rise": lambda s: s[2].update(event_id=s[1]["event_id"]),
    "ids begin with one": lambda s: [e.update(event_id=e["event_id"] + 1) for e in s],
    "ids rise (type)": lambda s: s[1].update(event_id=str(s[1]["event_id"])),
    "stream id is constant": lambda s: s[-1].update(stream_id="chat_2"),
    "stream id is constant (prefix)": lambda s: [e.update(stream_id="workflow_1") for e in s],
    "times are utc": lambda s: s[1].update(server_timestamp="2026-01-01T00:00:00"),
    "times are utc (offset)": lambda s: s[1].update(server_timestamp="2026-01-01T00:00:00+01:00"),
    "times are utc (no such day)": lambda s: s[1].update(server_timestamp="2026-02-30T00:00:00Z"),
    "conversation is constant": lambda s: s[-1].update(conversation_id="two"),
    "conversation is constant (missing)": lambda s: s[1].update(conversation_id=None),
    "workflow run is constant": lambda s: s[-1].update(workflow={"workflow_run_id": "another"}),
    "terminal event at the end": lambda s: s.pop(),
    "nothing after the end": lambda s: _again(s, "final"),
    "refusal has a reason": lambda s: s[-1]["final"].update(status="refused"),
    "error has a message": lambda s: s[-1].update(kind="error", error={"message": ""}),
    "item events have a place": lambda s: _first(s, "message.delta").update(output_index=None),
    "items keep their place": lambda s: _first(s, "message.delta").update(output_index=99),
    "items open and close once": lambda s: s.remove(_first(s, "output_item.added")),
    "items open and close once (added twice)": lambda s: _again(s, "output_item.added"),
    "items open and close once (done twice)": lambda s: _again(s, "output_item.done"),
    "no text after the item is done": lambda s: s.insert(-1, {**_first(s, "message.delta")}),
    "reasoning parts are announced": lambda s: s.remove(_first(s, "reasoning_summary.part.added")),
    "pieces add up (refusal)": lambda s: s.remove(_first(s, "refusal.delta")),
    "pieces add up (reasoning)": lambda s: _first(s, "reasoning_summary.part.done").update(text="Other."),
    "pieces add up (code)": lambda s: _first(s, "tool.code.done").update(code="other()"),
    "pieces add up (order)": lambda s: _swap(s, "tool.code.delta", "tool.code.done"),
    "tool status goes forward": lambda s: _search(s, "completed").update(status="exploded"),
    "tool status goes forward (order)": lambda s: _search(s, "completed").update(status="in_progress"),
    "chunks are complete": lambda s: s.remove(_first(s, "chunk.done")),
    "chunks are complete (gap)": lambda s: s.remove(_first(s, "chunk.delta")),
    "chunks are complete (done twice)": lambda s: _again(s, "chunk.done"),
    "chunks can be decoded": lambda s: _first(s, "chunk.delta").update(data="not base64!"),
    "chunks can be decoded (size)": lambda s: _first(s, "chunk.delta").update(data="A" * 262144),
    "scoped events keep the parents ids": lambda s: _scoped(s).update(response_id="resp_2"),
    "scoped events keep the parents ids (call)": lambda s: _scoped(s)["scope"].update(
        tool_call_id="call_none"
    ),
    "notices say what and where": lambda s: _first(s, "tool.output")["notices"][0].update(path=""),
    "secrets are redacted": lambda s: _first(s, "tool.arguments.done")["arguments_json"].update(api_key="k"),
    "secrets are redacted (notice)": lambda s: _first(s, "tool.arguments.done").update(notices=None),
    "long values are cut": lambda s: _first(s, "tool.output").update(output="x" * 9000),
    "long values are cut (notice)": lambda s: _first(s, "tool.output").update(notices=None),
    "long values are cut (results)": lambda s: _search(s, "searching").update(results=[{}] * 11),
    "nothing raw": lambda s: _first(s, "message.citation")["citation"].update(raw_event={"id": 1}),
}


@WHATEVER_THE_LOAD
@given(valid_streams())
def test_a_stream_that_keeps_every_rule_has_no_finding(stream: list[Event]) -> None:
    assert streams.findings(stream) == []


@pytest.mark.parametrize("name", VIOLATIONS)
@settings(WHATEVER_THE_LOAD, max_examples=15)
@given(stream=valid_streams(rich=True))
def test_a_violation_is_caught_by_its_rule(name: str, stream: list[Event]) -> None:
    broken = deepcopy(stream)
    VIOLATIONS[name](broken)
    assert name.partition(" (")[0] in {finding.rule for finding in streams.findings(broken)}


def test_every_rule_is_broken_by_some_violation() -> None:
    rules = {rule.__name__.replace("_", " ") for rule in RULES}
    assert {name.partition(" (")[0] for name in VIOLATIONS} == rules


def test_what_is_no_object_is_the_only_finding() -> None:
    assert [str(finding) for finding in streams.findings(["[DONE]"])] == [
        "events are objects at event 1: no JSON object"
    ]


@WHATEVER_THE_LOAD
@given(valid_streams())
def test_stored_events_are_told_apart_by_stream(stream: list[Event]) -> None:
    other = [{**event, "stream_id": "chat_other"} for event in stream]
    mixed = [event for pair in zip(stream, other, strict=True) for event in pair]
    assert streams.by_stream(mixed) == [stream, other]


# What a single event looks like is a matter of the contract.
EVENTS_AGAINST_THE_SCHEMA: dict[str, Break] = {
    "schema": lambda s: s[0].update(schema="public_sse_v2"),
    "kind": lambda s: s[0].update(kind="memory.wiped"),
    "missing field": lambda s: s[0].pop("notices"),
    "other field": lambda s: s[0].update(debug=True),
    "lifecycle status": lambda s: s[0].update(status="paused"),
}


@pytest.mark.parametrize("name", EVENTS_AGAINST_THE_SCHEMA)
def test_an_event_against_the_schema_of_its_operation_is_a_finding(name: str) -> None:
    stream = [{**LIFECYCLE}]
    assert CONTRACT.event_findings(FOLLOW, stream) == []
    EVENTS_AGAINST_THE_SCHEMA[name](stream)
    found = CONTRACT.event_findings(FOLLOW, [LIFECYCLE, *stream])
    assert {finding.where.partition(" $")[0] for finding in found} == {"event 2"}


def test_junk_and_the_fields_of_a_kind_are_told_where_they_are() -> None:
    found = CONTRACT.event_findings(FOLLOW, ["{unreadable", {**LIFECYCLE, "status": "paused"}])
    assert [finding.where for finding in found] == ["event 1 $", "event 2 $.status"]


def followed(*events: Any, complete: bool = True) -> Exchange:
    """Return the exchange of a followed reply."""
    exchange = Exchange(FOLLOW, Call("Alice", "POST", FOLLOW.path), "", "r-1", status=200)
    exchange.headers = {"content-type": EVENT_STREAM}
    exchange.events, exchange.events_complete = list(events), complete
    return exchange


def test_a_stream_that_was_left_early_is_judged_as_far_as_it_was_read() -> None:
    assert streams.exchange_findings(followed(LIFECYCLE, complete=False)) == []
    whole = streams.exchange_findings(followed(LIFECYCLE))
    assert [finding.rule for finding in whole] == ["terminal event at the end"]
    broken = {**LIFECYCLE, "event_id": 7}
    assert [one.rule for one in streams.exchange_findings(followed(broken, complete=False))] == [
        "ids begin with one"
    ]


def test_findings_of_events_are_added_to_the_exchange_less_what_is_declared() -> None:
    event = {**LIFECYCLE, "kind": "memory.wiped"}
    exchange = followed(event, complete=False)
    AnswerCheck(CONTRACT, Deviations())(exchange)
    assert [finding.where for finding in exchange.findings] == ["event 1 $"]
    exchange = followed(event, complete=False)
    AnswerCheck(CONTRACT, Deviations([Deviation("schema*", "known", where="event *")]))(exchange)
    assert exchange.findings == []


@pytest.mark.parametrize(("query", "rules"), [({}, {"ids begin with one"}), ({"cursor": "after-1"}, set())])
def test_only_a_page_from_the_start_begins_with_event_one(query: dict[str, str], rules: set[str]) -> None:
    page = answer("GET /r/replay/events", {"items": [{**LIFECYCLE, "event_id": 2}]}, query=query)
    assert {finding.rule for finding in streams.exchange_findings(page)} == rules


def test_a_stored_stream_that_goes_on_after_its_end_is_a_finding() -> None:
    items = [{**LIFECYCLE, "kind": "error", "error": {"message": "No."}}, {**LIFECYCLE, "event_id": 2}]
    found = streams.exchange_findings(answer("GET /r/replay/events", {"items": items}))
    assert [finding.rule for finding in found] == ["nothing after the end"]
