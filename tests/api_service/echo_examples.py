"""Answers that do or do not speak of what was asked for."""

from typing import Any

from acceptance.calls.exchange import Exchange
from tests.acceptance.answers import EARLIER, NOW, OTHER, TENANT, THIRD, answer


def page(
    operation: str, items: list[dict[str, Any]], *, query: dict[str, Any] | None = None, **more: Any
) -> Exchange:
    return answer(operation, {"items": items, **more}, query=query)


def event_of(run: str) -> Exchange:
    items = [{"id": "1", "workflow": {"workflow_run_id": run}}]
    return answer("GET /workflows/runs/{run_id}/replay/events", {"items": items}, values={"run_id": OTHER})


def called(name: str, shown: str) -> Exchange:
    values = {"conversation_id": name}
    return answer("GET /conversations/{conversation_id}", {"conversation_id": shown}, values=values)


# A key of a caller's choice, as long as a UUID.
LONG_KEY = "holiday-plans-for-the-summer-in-oslo"

CASES: list[tuple[str, Exchange, Exchange]] = [
    (
        "account",
        answer("GET /usage", [{"id": "1", "tenant_id": TENANT}]),
        answer("GET /usage", [{"id": "1", "tenant_id": OTHER}]),
    ),
    (
        "account",
        answer(
            "GET /platform/tenants/{tenant_id}/features", {"tenant_id": OTHER}, values={"tenant_id": OTHER}
        ),
        answer("POST /chat", {"details": {"deep": [{"tenant_id": OTHER}]}}),
    ),
    (
        "path value",
        answer("GET /workflows/runs/{run_id}", {"workflow_run_id": OTHER}, values={"run_id": OTHER}),
        answer("GET /workflows/runs/{run_id}", {"workflow_run_id": THIRD}, values={"run_id": OTHER}),
    ),
    (
        "path value",
        answer(
            "GET /conversations/{conversation_id}",
            {"conversation_id": OTHER},
            values={"conversation_id": "my-key"},
        ),
        answer(
            "GET /conversations/{conversation_id}",
            {"conversation_id": THIRD},
            values={"conversation_id": OTHER},
        ),
    ),
    (
        "path value",
        answer(
            "GET /conversations/{conversation_id}",
            {"conversation_id": "my-key"},
            values={"conversation_id": "my-key"},
        ),
        answer(
            "GET /conversations/{conversation_id}",
            {"conversation_id": "a-key"},
            values={"conversation_id": "my-key"},
        ),
    ),
    (
        "identity",
        answer("GET /assets/{asset_id}", {"id": OTHER}, values={"asset_id": OTHER}),
        answer("GET /assets/{asset_id}", {"id": THIRD}, values={"asset_id": OTHER}),
    ),
    (
        "identity",
        answer("POST /auth/invites/{invite_id}/revoke", {"id": OTHER}, values={"invite_id": OTHER}),
        answer("POST /auth/invites/{invite_id}/revoke", {"id": THIRD}, values={"invite_id": OTHER}),
    ),
    (
        "filters",
        page("GET /assets", [{"id": "1", "asset_type": "image"}], query={"asset_type": "image"}),
        page("GET /assets", [{"id": "1", "asset_type": "file"}], query={"asset_type": "image"}),
    ),
    (
        "filters",
        page("GET /workflows/runs", [{"id": "1", "status": "failed"}], query={"run_status": "failed"}),
        page("GET /workflows/runs", [{"id": "1", "status": "running"}], query={"run_status": "failed"}),
    ),
    (
        "filters",
        page("GET /activity", [{"id": "1", "created_at": NOW}], query={"created_after": EARLIER}),
        page("GET /activity", [{"id": "1", "created_at": NOW}], query={"created_before": EARLIER}),
    ),
    (
        "filters",
        page("GET /auth/sessions", [], query={"limit": 3}, limit=3),
        page("GET /auth/sessions", [], query={"limit": 3}, limit=4),
    ),
    (
        "sent value",
        answer("PATCH /tenants/account", {"id": "1", "name": "New name"}, sent={"name": " New  name "}),
        answer("PATCH /tenants/account", {"id": "1", "name": "Old name"}, sent={"name": "New name"}),
    ),
    (
        "sent value",
        answer(
            "PATCH /users/me/email",
            {"data": {"email": "a@x.example.com"}},
            sent={"new_email": "A@x.example.com"},
        ),
        answer(
            "PATCH /users/me/email",
            {"data": {"email": "b@x.example.com"}},
            sent={"new_email": "A@x.example.com"},
        ),
    ),
    (
        "sent value",
        answer("POST /x", {"seat_count": 2, "pending_seat_count": 1}, sent={"seat_count": 1}),
        answer("POST /x", {"seat_count": 2, "pending_seat_count": None}, sent={"seat_count": 1}),
    ),
    (
        "sent value",
        answer("PATCH /users/me/profile", {"data": {"locale": None}}, sent={"locale": None}),
        answer("PATCH /users/me/profile", {"data": {"locale": "de"}}, sent={"locale": None}),
    ),
    (
        "sent value",
        answer(
            "PUT /tenants/settings", {"flags": {"x": True}}, sent={"flags": {"x": True, "feature.y": True}}
        ),
        answer("PUT /tenants/settings", {"flags": {"x": False}}, sent={"flags": {"x": True}}),
    ),
    (
        "sent value",
        answer("POST /x", {"expires_after": {"days": 1, "anchor": "a"}}, sent={"expires_after": {"days": 1}}),
        answer("POST /x", {"expires_after": {"days": 2}}, sent={"expires_after": {"days": 1}}),
    ),
    (
        "filters",
        page("GET /activity", [{"id": "1", "created_at": NOW}], query={"created_after": NOW}),
        page("GET /activity", [{"id": "1", "created_at": EARLIER}], query={"created_after": NOW}),
    ),
    (
        "filters",
        page("GET /assets", [{"id": "1", "mime_type": "text/csv"}], query={"mime_type_prefix": "text/"}),
        page("GET /assets", [{"id": "1", "mime_type": "image/png"}], query={"mime_type_prefix": "text/"}),
    ),
    ("filters", page("GET /containers", [], offset=0), page("GET /containers", [], offset=20)),
    ("path value", event_of(OTHER), event_of(THIRD)),
    ("path value", called(LONG_KEY, OTHER), called(OTHER[:-1] + "z", OTHER)),
    (
        "sent value",
        answer("POST /x", {"target_plan_code": "pro"}, sent={"plan_code": "pro"}),
        answer("POST /x", {"target_plan_code": "starter"}, sent={"plan_code": "pro"}),
    ),
]
