"""Answers whose parts agree with each other, and others whose parts do not."""

from typing import Any

from acceptance.calls.exchange import Exchange
from tests.acceptance.answers import answer

DAY, NEXT_DAY = "2026-02-01T00:00:00Z", "2026-02-02T09:00:00Z"
CONFIG = {"type": "object", "required": ["words"], "properties": {"block": {"type": "boolean"}}}


def page(service: str, last: str | None) -> Exchange:
    incident = {"service": "API", "occurred_at": "2026-02-01T12:00:00Z"}
    services = [{"name": service, "last_incident_at": last}]
    return answer("GET /status", {"services": services, "incidents": [incident]})


def run(*branches: tuple[str | None, int | None]) -> Exchange:
    steps = [{"stage_name": "a", "parallel_group": group, "branch_index": index} for group, index in branches]
    return answer("GET /workflows/runs/{run_id}", {"workflow_run_id": "r", "steps": steps})


def guardrail(**default: Any) -> Exchange:
    return answer("GET /guardrails/{key}", {"default_config": default, "config_schema": CONFIG})


CASES: list[tuple[str, Exchange, Exchange]] = [
    ("incident hits a listed service", page("API", DAY), page("Web", DAY)),
    ("incident hits a listed service", page("API", NEXT_DAY), page("API", None)),
    ("branches are counted", run(("a", 0), ("a", 1), (None, None)), run(("a", 0), ("a", 2))),
    ("branches are counted", run((None, None), (None, None)), run((None, 0))),
    ("branches are counted", run(("a", 0)), run(("b", 0))),
    ("default keeps its schema", guardrail(block=True), guardrail(block="yes")),
    (
        "more follows a full page",
        answer("POST /search", {"has_more": True, "data": [1]}, sent={"max_num_results": 1}),
        answer("POST /search", {"has_more": True, "data": [1]}, sent={"query": "x"}),
    ),
    (
        "token begins with its hint",
        answer("POST /invites", {"invite": {"invite_token": "abcdef", "token_hint": "abc"}}, 201),
        answer("POST /invites", {"invite": {"invite_token": "abcdef", "token_hint": "bcd"}}, 201),
    ),
    (
        "intent owns its secret",
        answer("POST /intent", {"id": "seti_1", "client_secret": "seti_1_secret_2"}, 201),
        answer("POST /intent", {"id": "seti_2", "client_secret": "seti_1_secret_2"}, 201),
    ),
    (
        "handoff changes the agent",
        answer("POST /chat", {"agent_used": "coder", "handoff_occurred": True}, sent={}),
        answer("POST /chat", {"agent_used": "triage", "handoff_occurred": True}, sent={}),
    ),
    ("incident hits a listed service", page("API", DAY), page("API", "2026-01-31T23:00:00Z")),
]
