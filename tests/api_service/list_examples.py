"""Lists, stored events, timestamps and numbers: right and wrong."""

from typing import Any

from acceptance.calls.exchange import Exchange
from tests.acceptance.answers import EARLIER, LATER, LONG_AGO, NOW, OTHER, THIRD, answer

FRAME = {"schema": "public_sse_v1", "stream_id": "chat_1", "conversation_id": OTHER, "workflow": None}


def page(
    operation: str, items: list[dict[str, Any]], *, query: dict[str, Any] | None = None, **more: Any
) -> Exchange:
    return answer(operation, {"items": items, **more}, query=query)


def frames(*events: dict[str, Any], path: str = "/conversations/{conversation_id}/ledger/events") -> Exchange:
    body = {"conversation_id": OTHER, "items": [{**FRAME, **event} for event in events]}
    return answer(
        f"GET {path}", body, values={"conversation_id": OTHER} if "{conversation_id}" in path else {}
    )


def feed(unread: int, states: list[str], query: dict[str, Any] | None = None) -> Exchange:
    items = [{"id": str(number), "read_state": state} for number, state in enumerate(states)]
    return page("GET /activity", items, query=query, unread_count=unread)


CASES: list[tuple[str, Exchange, Exchange]] = [
    (
        "item is listed once",
        page("GET /activity", [{"id": "1"}, {"id": "2"}]),
        page("GET /activity", [{"id": "1"}, {"id": "1"}]),
    ),
    (
        "page size",
        page("GET /activity", [{"id": "1"}, {"id": "2"}], query={"limit": 2}, next_cursor="c"),
        page("GET /activity", [{"id": "1"}, {"id": "2"}], query={"limit": 1}),
    ),
    (
        "page size",
        page("GET /conversations", [{"id": "1"}], query={"limit": 2}, next_cursor="c"),
        page("GET /activity", [{"id": "1"}], query={"limit": 2}, next_cursor="c"),
    ),
    (
        "total counts the items",
        page("GET /containers", [{"id": "1"}], total=1),
        page("GET /containers", [{"id": "1"}], total=2),
    ),
    (
        "total counts the items",
        page("GET /containers", [{"id": "5"}], query={"limit": 4, "offset": 4}, total=5),
        page("GET /containers", [{"id": "5"}, {"id": "6"}], query={"limit": 2}, total=1),
    ),
    (
        "next page",
        page("GET /conversations", [], next_cursor="c"),
        page("GET /activity", [], next_cursor="c"),
    ),
    (
        "next page",
        page("GET /activity", [{"id": "1"}], query={"cursor": "a"}, next_cursor="b"),
        page("GET /activity", [{"id": "1"}], query={"cursor": "a"}, next_cursor="a"),
    ),
    (
        "next page",
        page("GET /assets", [{"id": "1"}], query={"offset": 2, "limit": 1}, next_offset=3),
        page("GET /assets", [{"id": "1"}], query={"offset": 2, "limit": 1}, next_offset=4),
    ),
    (
        "order",
        page("GET /activity", [{"id": "1", "created_at": NOW}, {"id": "2", "created_at": EARLIER}]),
        page("GET /activity", [{"id": "1", "created_at": EARLIER}, {"id": "2", "created_at": NOW}]),
    ),
    (
        "order",
        page(
            "GET /conversations/{conversation_id}/messages",
            [{"id": "1", "timestamp": EARLIER}, {"id": "2", "timestamp": NOW}],
            query={"direction": "asc"},
        ),
        page(
            "GET /conversations/{conversation_id}/messages",
            [{"id": "1", "timestamp": EARLIER}, {"id": "2", "timestamp": NOW}],
            query={"direction": "desc"},
        ),
    ),
    ("event belongs", frames({"event_id": 1}), frames({"event_id": 1, "conversation_id": THIRD})),
    (
        "one stream per run",
        frames({"event_id": 1}, {"event_id": 2}, path="/r/replay/events"),
        frames({"event_id": 1}, {"event_id": 1, "stream_id": "chat_2"}, path="/r/replay/events"),
    ),
    (
        "timestamp in the past",
        answer("GET /x", {"a": {"updated_at": NOW}}),
        answer("GET /x", {"a": {"updated_at": LATER}}),
    ),
    (
        "created just now",
        answer("POST /containers", {"created_at": "2026-03-01T12:00:00.5"}, 201),
        answer("POST /containers", {"created_at": LONG_AGO}, 201),
    ),
    (
        "current timestamp",
        answer("GET /health", {"timestamp": NOW}),
        answer("GET /health", {"timestamp": LONG_AGO}),
    ),
    (
        "expires in the future",
        answer("POST /auth/token", {"expires_at": LATER}),
        answer("POST /auth/token", {"expires_at": EARLIER}),
    ),
    (
        "lifetime",
        answer("POST /x", {"created_at": NOW, "expires_at": LATER}, 201, sent={"expires_in_hours": 1}),
        answer("POST /x", {"created_at": NOW, "expires_at": LATER}, 201, sent={"expires_in_hours": 2}),
    ),
    (
        "order of timestamps",
        answer("GET /x", {"started_at": EARLIER, "ended_at": NOW}),
        answer("GET /x", {"started_at": NOW, "ended_at": EARLIER}),
    ),
    ("count is not negative", answer("GET /x", {"unread_count": 0}), answer("GET /x", {"unread_count": -1})),
    (
        "count agrees with its list",
        answer("GET /tools", {"total_tools": 1, "tool_names": ["a"]}),
        answer("GET /tools", {"total_tools": 2, "tool_names": ["a"]}),
    ),
    (
        "count agrees with its list",
        answer("GET /tenants/members", {"owner_count": 1, "members": [{"user_id": "1", "role": "owner"}]}),
        answer("GET /tenants/members", {"owner_count": 2, "members": [{"user_id": "1", "role": "owner"}]}),
    ),
    (
        "duration agrees with its ends",
        answer("GET /x", {"started_at": EARLIER, "ended_at": NOW, "duration_ms": 3_600_000}),
        answer("GET /x", {"started_at": EARLIER, "ended_at": NOW, "duration_ms": 3_600}),
    ),
    (
        "nothing is repeated",
        answer("GET /status", {"services": [{"name": "a"}, {"name": "b"}], "steps": ["x", "x"]}),
        answer("GET /status", {"services": [{"name": "a"}, {"name": "a"}]}),
    ),
    (
        "nothing is repeated",
        answer("GET /tools", {"per_agent": {"triage": ["a", "b"], "director": ["a"]}}),
        answer("GET /tools", {"per_agent": {"triage": ["a", "a"]}}),
    ),
    (
        "count agrees with its list",
        answer("GET /workflows/{workflow_key}", {"step_count": 2, "stages": [{"steps": [{}, {}]}]}),
        answer("GET /workflows/{workflow_key}", {"step_count": 3, "stages": [{"steps": [{}, {}]}]}),
    ),
    ("count agrees with its list", feed(2, ["unread", "read", "unread"]), feed(3, ["unread", "read"])),
    ("count agrees with its list", feed(99, ["unread"] * 20), feed(99, ["unread"] * 19)),
    ("count agrees with its list", feed(9, ["unread"], query={"limit": 1}), feed(9, ["unread"])),
    (
        "total counts the items",
        page("GET /containers", [], query={"limit": 20, "offset": 40}, total=3),
        page("GET /containers", [], query={"limit": 20}, total=3),
    ),
    (
        "expires in the future",
        answer("POST /auth/invites/{invite_id}/revoke", {"expires_at": EARLIER}),
        answer("POST /auth/invites", {"expires_at": EARLIER}, 201),
    ),
    (
        "expires in the future",
        answer("POST /auth/issue", {"expires_at": EARLIER, "revoked_at": NOW}),
        answer("POST /auth/issue", {"expires_at": EARLIER, "revoked_at": None}),
    ),
]
