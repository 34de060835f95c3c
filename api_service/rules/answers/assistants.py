"""Agents, guardrails, workflow runs and stored stream events: the parts of an answer fit each other."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from acceptance.calls.exchange import Exchange
from acceptance.json_values import objects
from acceptance.rules.lists import listing
from acceptance.rules.values import heads, same_key_or_uuid


def tools_of_agents_are_tools(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An agent has no tool that is not among the tools."""
    for where, found in heads(exchange):
        if {"tool_names", "per_agent"} <= found.keys():
            for agent, tools in found["per_agent"].items():
                if not set(tools) <= set(found["tool_names"]):
                    yield f"{where}.per_agent.{agent}", f"{tools} are not all among {found['tool_names']}"


def branches_are_counted(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A group that runs side by side is named after its stage; its branches are counted from 0."""
    for where, found in heads(exchange):
        if "workflow_run_id" not in found or not isinstance(found.get("steps"), list):
            continue
        groups: defaultdict[Any, list[Any]] = defaultdict(list)
        for step in found["steps"]:
            if step.get("parallel_group") not in {None, step.get("stage_name")}:
                yield f"{where}.steps", f"{step['parallel_group']!r} in the stage {step.get('stage_name')!r}"
            groups[step.get("parallel_group")].append(step.get("branch_index"))
        for group, indexes in groups.items():
            expected = [None] * len(indexes) if group is None else list(range(len(indexes)))
            if sorted(indexes, key=str) != sorted(expected, key=str):
                yield f"{where}.steps", f"branches {indexes} of {group!r}"


def default_keeps_its_schema(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What a guardrail is set to by default is what its settings may be."""
    for where, found in objects(exchange.body):
        schema, default = found.get("config_schema"), found.get("default_config")
        if not isinstance(schema, dict) or not isinstance(default, dict):
            continue
        # What a default leaves out has to be chosen by whoever switches the guardrail on.
        for error in jsonschema_rs.validator_for({**schema, "required": []}).iter_errors(default):
            yield f"{where}.default_config", error.message


def handoff_changes_the_agent(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """After a handoff another agent answers than the one that was asked."""
    asked = exchange.sent.get("agent_type") if isinstance(exchange.sent, dict) else None
    for where, found in heads(exchange):
        if found.get("handoff_occurred") is True and found.get("agent_used") == (asked or "triage"):
            yield f"{where}.handoff_occurred", f"true, and {found['agent_used']!r} was asked"


def _streams(exchange: Exchange) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    streams: defaultdict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for where, item in listing(exchange) or ():
        if "stream_id" in item and "event_id" in item:
            streams[str(item["stream_id"])].append((where, item))
    return streams


def event_belongs(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """An event belongs to the conversation that the answer names."""
    for events in _streams(exchange).values():
        for where, event in events:
            own = exchange.body.get("conversation_id") if isinstance(exchange.body, dict) else None
            said = event.get("conversation_id")
            if own and said != "unknown" and not same_key_or_uuid(own, said):
                yield f"{where}.conversation_id", f"{said!r} in the conversation {own!r}"


def one_stream_per_run(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A run is replayed as the one stream that it was."""
    if exchange.operation.path.endswith("/replay/events") and len(_streams(exchange)) > 1:
        yield "$.items", f"events of {', '.join(_streams(exchange))}"


RULES = (
    *(tools_of_agents_are_tools, branches_are_counted, default_keeps_its_schema, handoff_changes_the_agent),
    *(event_belongs, one_stream_per_run),
)
