"""The things that a tenant has: where each kind is listed, what makes them, and how one is removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api_service.people.accounts import SESSION, TOKEN
from api_service.people.seed import APPLY

SEED = f"POST {APPLY}"
CHAT = ("POST /api/v1/chat", "POST /api/v1/chat/stream")
RUN = ("POST /api/v1/workflows/{workflow_key}/run", "POST /api/v1/workflows/{workflow_key}/run-stream")
TEAM_INVITES = "/api/v1/tenants/invites"


@dataclass(frozen=True)
class Kind:
    """Things of one kind: the list that shows them, the operations that make them, and how one is removed.

    `remove` is method and path template, whose parameter takes the field `named_by` of the item.
    """

    what: str
    path: str
    made_by: tuple[str, ...]
    remove: tuple[str, str]
    named_by: str = "id"
    query: Mapping[str, str] = field(default_factory=dict, hash=False)
    json: Any = field(default=None, hash=False)
    remove_query: Mapping[str, str] = field(default_factory=dict, hash=False)


# What each tenant has, seen by its owner.
OF_TENANTS = (
    Kind(
        "member",
        "/api/v1/tenants/members",
        (
            SEED,
            "POST /api/v1/tenants/members",
            f"POST {TEAM_INVITES}/accept",
            f"POST {TEAM_INVITES}/accept/current",
            "POST /api/v1/auth/sso/{provider}/callback",
        ),
        ("DELETE", "/api/v1/tenants/members/{user_id}"),
        named_by="user_id",
    ),
    Kind(
        "conversation",
        "/api/v1/conversations",
        (SEED, *CHAT, *RUN),
        ("DELETE", "/api/v1/conversations/{conversation_id}"),
        named_by="conversation_id",
    ),
    Kind(
        "workflow run",
        "/api/v1/workflows/runs",
        RUN,
        ("DELETE", "/api/v1/workflows/runs/{run_id}"),
        named_by="workflow_run_id",
        remove_query={"hard": "true"},
    ),
    Kind("asset", "/api/v1/assets", (SEED, *CHAT), ("DELETE", "/api/v1/assets/{asset_id}")),
    Kind(
        "stored file",
        "/api/v1/storage/objects",
        (SEED, "POST /api/v1/storage/objects/upload-url", "POST /api/v1/uploads/agent-input"),
        ("DELETE", "/api/v1/storage/objects/{object_id}"),
    ),
    Kind(
        "vector store",
        "/api/v1/vector-stores",
        ("POST /api/v1/vector-stores",),
        ("DELETE", "/api/v1/vector-stores/{vector_store_id}"),
    ),
    Kind(
        "container",
        "/api/v1/containers",
        ("POST /api/v1/containers",),
        ("DELETE", "/api/v1/containers/{container_id}"),
    ),
    Kind(
        "team invitation",
        TEAM_INVITES,
        (f"POST {TEAM_INVITES}",),
        ("POST", f"{TEAM_INVITES}/{{invite_id}}/revoke"),
        query={"status": "active"},
    ),
)
# What people have, seen by themselves: their sessions. Renewed ones stay the same.
SESSIONS = Kind(
    "session",
    "/api/v1/auth/sessions",
    (
        f"POST {TOKEN}",
        "POST /api/v1/auth/mfa/complete",
        "POST /api/v1/auth/sso/{provider}/callback",
    ),
    ("DELETE", SESSION),
)
