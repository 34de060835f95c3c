"""Replies that show something special: how to ask for them, and what is then to be seen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api_service.rules.streams import Event
from api_service.rules.streams.items import TOOL_STATUSES
from api_service.rules.streams.safety import MOST_RESULTS, REDACTED

# What a reply may have in it, with the words that ask for it.
PARTS: Mapping[str, str] = {
    "many words": "Tell me all about the moons of Mars.",
    "a search of the web": "Please search the web for sea turtles.",
    "a search of files": "Please search my files for notes.",
    "a run of code": "Please run some code that adds numbers.",
    "a picture": "Please draw a picture of a turtle.",
    "a lookup": "Please look up the weather in Oslo.",
    "a connected server": "Which issues does the connected server have?",
    "another agent's help": "Please ask the researcher how many there are.",
    "reasoning": "Please think aloud about the shortest way.",
    "a change of agent": "Please hand me over to somebody who codes.",
    "a long memory": "Do you remember everything we ever said?",
    "something to refuse": "Please say the unspeakable.",
    "a failing provider": "Please break down in the middle.",
}
Sight = Callable[[Sequence[Event]], bool]


def _of_kind(events: Sequence[Event], kind: str) -> list[Event]:
    return [event for event in events if event["kind"] == kind]


def _statuses(events: Sequence[Event], tool_type: str) -> list[Any]:
    tools = [event["tool"] for event in _of_kind(events, "tool.status")]
    return [tool["status"] for tool in tools if tool["tool_type"] == tool_type]


def _ran_through(events: Sequence[Event], tool_type: str) -> bool:
    return _statuses(events, tool_type) == list(TOOL_STATUSES[tool_type])


def _in_pieces(events: Sequence[Event], name: str) -> bool:
    return len(_of_kind(events, f"{name}.delta")) > 1 and len(_of_kind(events, f"{name}.done")) == 1


def _cites(events: Sequence[Event], kind: str) -> bool:
    return [event["citation"]["type"] for event in _of_kind(events, "message.citation")] == [kind]


def _searched_files(events: Sequence[Event]) -> bool:
    found = [event for event in _of_kind(events, "tool.status") if event["tool"].get("results")]
    cut = [notice["type"] for event in found for notice in event["notices"] or ()]
    full = [len(event["tool"]["results"]) for event in found] == [MOST_RESULTS]
    return full and "truncated" in cut and _cites(events, "file_citation")


def _left_secret_out(events: Sequence[Event]) -> bool:
    calls, outputs = _of_kind(events, "tool.arguments.done"), _of_kind(events, "tool.output")
    left_out = [REDACTED in call["arguments_json"].values() for call in calls]
    return left_out == [True] and [bool(output["notices"]) for output in outputs] == [True]


def _approved(events: Sequence[Event]) -> bool:
    approvals = [event["approved"] for event in _of_kind(events, "tool.approval")]
    return approvals == [True] and _statuses(events, "mcp")[::2] == ["awaiting_approval", "completed"]


def _asked_other_agent(events: Sequence[Event]) -> bool:
    speakers = {event["agent"] for event in events if event["scope"]}
    return speakers == {"researcher"} and _statuses(events, "agent") == ["in_progress", "completed"]


def _reasoned(events: Sequence[Event]) -> bool:
    parts = [event["text"] for event in _of_kind(events, "reasoning_summary.part.done")]
    summary = events[-1]["final"]["reasoning_summary_text"]
    return len(parts) > 1 and all(part in summary for part in parts)


def _handed_over(events: Sequence[Event]) -> bool:
    names = ("from_agent", "to_agent", "handoff_index")
    changes = [tuple(event[name] for name in names) for event in _of_kind(events, "agent.updated")]
    return changes == [("triage", events[-1]["agent"], 1)]


def _forgot(events: Sequence[Event]) -> bool:
    checkpoints = [event["checkpoint"] for event in _of_kind(events, "memory.checkpoint")]
    return [one["tokens_after"] < one["tokens_before"] for one in checkpoints] == [True]


# What is to be seen in the events of a reply.
SIGHTS: Mapping[str, Sight] = {
    "the text in pieces": lambda events: len(_of_kind(events, "message.delta")) > 1,
    "a search of the web and its source": lambda events: (
        _ran_through(events, "web_search") and _cites(events, "url_citation")
    ),
    "found passages, cut, and the file": _searched_files,
    "the code in pieces and the file that it made": lambda events: (
        _ran_through(events, "code_interpreter")
        and _in_pieces(events, "tool.code")
        and _cites(events, "container_file_citation")
    ),
    "a picture in pieces": lambda events: (
        _ran_through(events, "image_generation") and _in_pieces(events, "chunk")
    ),
    "a call with its secret left out": _left_secret_out,
    "an approved call": _approved,
    "what the other agent said inside the call": _asked_other_agent,
    "a summary of the reasoning": _reasoned,
    "who took over": _handed_over,
    "what was forgotten": _forgot,
}
