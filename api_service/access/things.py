"""What belongs to one tenant or person: how its owner makes a thing of each kind, and reads it again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import field
from api_service.people.tenants import Tenant
from api_service.subjects.content import assets, contents, stored_files
from api_service.subjects.identity import service_accounts
from api_service.subjects.new_tenants import borrow_tenant
from api_service.world import World

Values = dict[str, Any]
TENANT = "Nimbus"
SUBSCRIPTION = "/api/v1/billing/tenants/{tenant_id}/subscription"
MESSAGES = "/api/v1/conversations/{conversation_id}/messages"


@dataclass(frozen=True)
class Thing:
    """One kind of thing: the path parameter that names it, where its owner reads it, and how one is made.

    `make` takes the owner's name and returns the values of path parameters: the thing's id and what else its
    operations need.
    """

    parameter: str
    read: str
    make: Callable[[World, str], Values]


@dataclass(frozen=True)
class OwnedThing:
    """The thing that an owner has made, kept under its kind: its path parameters, and what the owner read."""

    values: Values
    read_before: Any


def _conversation(world: World, owner: str) -> Values:
    seeded = world.state.find(Tenant, TENANT).fixtures["conversations"]
    conversation_id = next(iter(seeded.values()))["conversation_id"]
    messages = world.must(owner, "GET", MESSAGES, conversation_id=conversation_id)
    return {"conversation_id": conversation_id, "message_id": field(messages, "items.0.message_id")}


def _workflow_run(world: World, owner: str) -> Values:
    workflows = world.must(owner, "GET", "/api/v1/workflows")
    key = field(workflows, "items.0.key")
    path = "/api/v1/workflows/{workflow_key}/run"
    run = world.must(owner, "POST", path, workflow_key=key, json={"message": "What is new?"})
    return {"run_id": field(run, "workflow_run_id")}


def _content(kind: str) -> Callable[[World, str], Values]:
    def make_content(world: World, owner: str) -> Values:
        contents.create(world, world.must, owner, kind, "Handbook")
        return contents.address(world, kind, "Handbook")

    return make_content


def _stored_file(world: World, owner: str) -> Values:
    stored_files.announce(world, world.must, owner, "salaries.txt")
    return contents.address(world, "stored file", "salaries.txt")


def _asset(world: World, owner: str) -> Values:
    assets.seed_assets(world, owner, TENANT, [{"file": "chart.png", "kind": "image"}])
    return contents.address(world, "asset", "chart.png")


def _team_invitation(world: World, owner: str) -> Values:
    body = {"invited_email": f"{world.unique('guest')}@example.com", "role": "member"}
    return {"invite_id": field(world.must(owner, "POST", "/api/v1/tenants/invites", json=body), "id")}


def _service_account_token(world: World, owner: str) -> Values:
    body = {"account": "analytics-batch", "scopes": ["conversations:read"], "reason": "A nightly report."}
    issued = world.must(owner, "POST", "/api/v1/auth/service-accounts/browser-issue", json=body)
    return {"jti": service_accounts.issued(issued).id}


def _of_owner(name: str) -> Callable[[World, str], Values]:
    return lambda world, owner: {name: getattr(world.person(owner), name)}


def _answered(parameter: str, method: str, path: str, field_path: str) -> Callable[[World, str], Values]:
    return lambda world, owner: {parameter: field(world.must(owner, method, path), field_path)}


_SESSIONS, _ACTIVITY, _MFA = "/api/v1/auth/sessions", "/api/v1/activity", "/api/v1/auth/mfa"
THINGS: Mapping[str, Thing] = {
    "conversation": Thing("conversation_id", "/api/v1/conversations/{conversation_id}", _conversation),
    "workflow run": Thing("run_id", "/api/v1/workflows/runs/{run_id}", _workflow_run),
    "stored file": Thing("object_id", "/api/v1/storage/objects", _stored_file),
    "generated asset": Thing("asset_id", "/api/v1/assets/{asset_id}", _asset),
    "vector store": Thing(
        "vector_store_id", "/api/v1/vector-stores/{vector_store_id}", _content("vector store")
    ),
    "container": Thing("container_id", "/api/v1/containers/{container_id}", _content("container")),
    "member": Thing("user_id", "/api/v1/tenants/members", _of_owner("user_id")),
    "team invitation": Thing("invite_id", "/api/v1/tenants/invites", _team_invitation),
    "session": Thing("session_id", _SESSIONS, _answered("session_id", "GET", _SESSIONS, "sessions.0.id")),
    "second factor": Thing(
        "method_id", _MFA, _answered("method_id", "POST", f"{_MFA}/totp/enroll", "method_id")
    ),
    "service account's token": Thing("jti", "/api/v1/auth/service-accounts/tokens", _service_account_token),
    "deed": Thing("event_id", _ACTIVITY, _answered("event_id", "GET", _ACTIVITY, "items.0.id")),
    "subscription": Thing("tenant_id", SUBSCRIPTION, _of_owner("tenant_id")),
}


def make(world: World, owner: str, kind: str) -> None:
    """Borrow a tenant with a conversation, and a plan if there is billing; its owner makes such a thing."""
    conversation = {
        "key": "{slug}-salaries",
        "messages": [{"role": "user", "text": "What does everybody earn?"}],
    }
    plan: dict[str, Any] = {"plan_code": "pro"} if "billing" in world.suite.settings.gates else {}
    borrow_tenant(world, TENANT, [(owner, "owner")], conversations=[conversation], **plan)
    values = THINGS[kind].make(world, owner)
    world.state.keep(kind, OwnedThing(values, read(world, owner, kind, values).body))


def read(world: World, owner: str, kind: str, values: Values) -> Exchange:
    """Return the owner's answer to reading the thing of this kind."""
    path = THINGS[kind].read
    return world.must(owner, "GET", path, **{name: values[name] for name in values if f"{{{name}}}" in path})
