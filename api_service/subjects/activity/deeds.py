"""What people do that the activity feed tells of: the action, the kind of object, and how it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api_service.subjects.assistants import chat, workflow_runs
from api_service.subjects.content import contents
from api_service.subjects.identity import service_accounts
from api_service.subjects.identity.sessions import session_on, sign_in_on
from api_service.world import World

CONVERSATION = "/api/v1/conversations/{conversation_id}"
TOKENS = "/api/v1/auth/service-accounts"
QUESTION, WORKFLOW = "How tall is the tower?", "analysis_code"
NEW_PASSWORD = "Copper-Lagoon-Thistle-2"  # noqa: S105 of a person of one scenario


@dataclass(frozen=True)
class Deed:
    """Something to do: the action and object type of its activity, and how a person does it."""

    action: str
    object_type: str
    do: Callable[[World, str], object]


def _with_conversation(method: str, path: str, **body: str) -> Callable[[World, str], object]:
    def do(world: World, person: str) -> object:
        known = chat.converse(world, person, "ask", "Towers", QUESTION).conversation_id
        return world.act(person, method, path, conversation_id=known, **({"json": body} if body else {}))

    return do


def _issue(world: World, person: str) -> object:
    body = {"account": "analytics-batch", "scopes": ["conversations:read"], "reason": "A nightly report."}
    return world.act(person, "POST", f"{TOKENS}/browser-issue", json=body)


def _revoke(world: World, person: str) -> object:
    _issue(world, person)
    jti = service_accounts.issued(world.answer).id
    return world.act(person, "POST", f"{TOKENS}/tokens/{{jti}}/revoke", jti=jti, json={"reason": "Enough."})


def _run_and(verb: str) -> Callable[[World, str], object]:
    def do(world: World, person: str) -> None:
        workflow_runs.start_and_keep(world, person, "run", WORKFLOW, QUESTION)
        workflow_runs.call_on(world, person, verb, QUESTION)

    return do


def _sign_out(world: World, person: str) -> object:
    sign_in_on(world, world.person(person), "phone")
    body = {"refresh_token": session_on(world, "phone").refresh}
    return world.act(person, "POST", "/api/v1/auth/logout", json=body)


def _change_password(world: World, person: str) -> object:
    body = {"current_password": world.person(person).password, "new_password": NEW_PASSWORD}
    return world.act(person, "POST", "/api/v1/auth/password/change", json=body)


DEEDS: Mapping[str, Deed] = {
    "sign out": Deed("auth.logout", "user", _sign_out),
    "change the password": Deed("auth.password.changed", "user", _change_password),
    "rename the tenant": Deed(
        "tenant.account.updated",
        "tenant",
        lambda world, person: world.act(
            person, "PATCH", "/api/v1/tenants/account", json={"name": world.unique("Cirrus")}
        ),
    ),
    "begin a conversation": Deed(
        "conversation.created",
        "conversation",
        lambda world, person: chat.converse(world, person, "ask", "Towers", QUESTION),
    ),
    "give a conversation a title": Deed(
        "conversation.title.updated",
        "conversation",
        _with_conversation("PATCH", f"{CONVERSATION}/title", display_name="Towers"),
    ),
    "delete a conversation": Deed(
        "conversation.cleared", "conversation", _with_conversation("DELETE", CONVERSATION)
    ),
    "run a workflow": Deed(
        "workflow.run.completed",
        "workflow_run",
        lambda world, person: workflow_runs.start_and_keep(world, person, "run", WORKFLOW, QUESTION),
    ),
    "delete a run": Deed("workflow.run.deleted", "workflow_run", _run_and("delete")),
    "ask for a service account's token": Deed("auth.service_account.issued", "service_account", _issue),
    "revoke a service account's token": Deed("auth.service_account.revoked", "service_account", _revoke),
    "create a container": Deed(
        "container.lifecycle",
        "container",
        lambda world, person: contents.create(world, world.act, person, "container", "Sandbox"),
    ),
}
