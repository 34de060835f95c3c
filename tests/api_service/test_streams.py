"""The stream rules: what keeps them passes, and each single violation is caught by its rule."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from api_service.rules import streams
from tests.api_service.stream_examples import Event
from tests.api_service.stream_examples import streams as valid_streams

# A busy machine draws slowly; that is no failure of a rule.
WHATEVER_THE_LOAD = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
    "schema is constant": lambda s: s[1].update(schema="public_sse_v2"),
    "kinds are known": lambda s: s[1].update(kind="memory.wiped"),
    "envelope is complete": lambda s: s[1].pop("notices"),
    "no other fields": lambda s: s[1].update(debug=True),
    "ids rise from one": lambda s: s[2].update(event_id=s[1]["event_id"]),
    "ids rise from one (first)": lambda s: [e.update(event_id=e["event_id"] + 1) for e in s],
    "ids rise from one (type)": lambda s: s[1].update(event_id=str(s[1]["event_id"])),
    "stream id is constant": lambda s: s[-1].update(stream_id="chat_2"),
    "stream id is constant (prefix)": lambda s: [e.update(stream_id="workflow_1") for e in s],
    "times are utc": lambda s: s[1].update(server_timestamp="2026-01-01T00:00:00"),
    "times are utc (offset)": lambda s: s[1].update(server_timestamp="2026-01-01T00:00:00+01:00"),
    "times are utc (no such day)": lambda s: s[1].update(server_timestamp="2026-02-30T00:00:00Z"),
    "conversation is constant": lambda s: s[-1].update(conversation_id="two"),
    "conversation is constant (missing)": lambda s: s[1].update(conversation_id=None),
    "workflow run is constant": lambda s: s[-1].update(workflow={"workflow_run_id": "another"}),
    "one terminal event": lambda s: s.pop(),
    "one terminal event (two)": lambda s: _again(s, "final"),
    "lifecycle status is known": lambda s: s[0].update(status="paused"),
    "final says how it ended": lambda s: s[-1]["final"].update(status="done"),
    "final says how it ended (fields)": lambda s: s[-1]["final"].pop("usage"),
    "final says how it ended (refused)": lambda s: s[-1]["final"].update(status="refused"),
    "error says what failed": lambda s: s[-1].update(kind="error", error={"message": "No."}),
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
    rules = {rule.__name__.replace("_", " ") for rule in streams.RULES}
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
