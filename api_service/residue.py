"""Where things of the suite's tenants and people are listed, and how what a run left there is removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from acceptance.calls.exchange import Call
from acceptance.scenarios.undo import Undo
from acceptance.target.residue import Inventory
from api_service.people.accounts import SESSION, TOKEN, Person
from api_service.people.seed import APPLY
from api_service.world import Suite

SEED = f"POST {APPLY}"
CHAT = ("POST /api/v1/chat", "POST /api/v1/chat/stream")
RUN = ("POST /api/v1/workflows/{workflow_key}/run", "POST /api/v1/workflows/{workflow_key}/run-stream")
INVITES, TEAM_INVITES = "/api/v1/auth/invites", "/api/v1/tenants/invites"
REQUESTS, TENANTS = "/api/v1/auth/signup-requests", "/api/v1/platform/tenants"
OVER = {"reason": "The acceptance run is over."}
OPERATOR = "Olga"


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
    query: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    remove_query: Mapping[str, str] = field(default_factory=dict)


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
# What belongs to no tenant, or is one, seen by the operator.
OF_THE_PLATFORM = (
    *(
        Kind(
            "tenant",
            TENANTS,
            (SEED, f"POST {TENANTS}", "POST /api/v1/auth/register"),
            ("POST", f"{TENANTS}/{{tenant_id}}/deprovision"),
            query={"status": status},
            json=OVER,
        )
        for status in ("active", "suspended")
    ),
    Kind(
        "platform invitation",
        INVITES,
        (f"POST {INVITES}", f"POST {REQUESTS}/{{request_id}}/approve"),
        ("POST", f"{INVITES}/{{invite_id}}/revoke"),
        query={"status": "active"},
    ),
    Kind(
        "request for access",
        REQUESTS,
        ("POST /api/v1/auth/request-access",),
        ("POST", f"{REQUESTS}/{{request_id}}/reject"),
        query={"status": "pending"},
        json=OVER,
    ),
    Kind(
        "status subscription",
        "/api/v1/status/subscriptions",
        ("POST /api/v1/status/subscriptions",),
        ("DELETE", "/api/v1/status/subscriptions/{subscription_id}"),
        query={"all": "true"},
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
# A token of an ended session is refused, or shows that the session is listed no more.
SIGNED_OUT = frozenset({401})


def inventories(suite: Suite) -> Iterator[Inventory]:
    """Yield the lists of everybody who was seeded, and of the platform; people sign in when asked for."""
    for person in [*suite.cast.people.values()]:
        yield _inventory(suite, SESSIONS, person, person.user_id)
        if person.role == "owner":
            yield from (_inventory(suite, kind, person, person.tenant_id) for kind in OF_TENANTS)
    yield from (_inventory(suite, kind, suite.cast.people[OPERATOR]) for kind in OF_THE_PLATFORM)


def ended_sessions(suite: Suite) -> Iterator[Inventory]:
    """Yield the sessions of everybody seeded who was signed out, asked for with their last access token."""
    for person in suite.cast.people.values():
        if ended := suite.people.ended.get((person.email, person.tenant_id)):
            own = _inventory(suite, SESSIONS, person, token=ended.access)
            yield replace(own, made_by=frozenset(), closed=SIGNED_OUT)


def _inventory(suite: Suite, kind: Kind, person: Person, within: str = "", token: str = "") -> Inventory:
    method, path = kind.remove
    parameter = path.partition("{")[2].partition("}")[0]
    caller = {"email": person.email, "tenant_id": person.tenant_id}

    def ask() -> Call:
        return Call(
            "the suite", "GET", kind.path, query=kind.query, token=token or suite.people.token(person)
        )

    def undo(identifier: str) -> Undo:
        what, values = f"the {kind.what} {identifier}", {parameter: identifier}
        return Undo(caller, method, path, values, json=kind.json, query=kind.remove_query, what=what)

    return Inventory(kind.what, kind.named_by, ask, undo, frozenset(kind.made_by), within)
