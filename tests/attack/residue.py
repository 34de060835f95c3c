"""What people can read of a service: compared before and after a run, it shows what the run left there."""

from typing import Any

import httpx

from acceptance.calls.client import Client, Connection
from acceptance.contract import document
from api_service.people.accounts import Person
from api_service.people.seed import seed
from api_service.settings import Settings

OWN = "the residue check"
# The path, the field of its items, and those of them that count as there.
LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "conversations": ("items", {"limit": 100}),
    "workflows/runs": ("items", {"limit": 100}),
    "storage/objects": ("items", {"limit": 100}),
    "assets": ("items", {"limit": 100}),
    "vector-stores": ("items", {"limit": 100}),
    "containers": ("items", {"limit": 100}),
    "tenants/members": ("members", {"limit": 200}),
    "tenants/invites": ("invites", {"limit": 200, "status": "active"}),
    "auth/sessions": ("sessions", {"limit": 100}),
}
OF_OPERATORS: dict[str, tuple[str, dict[str, Any]]] = {
    "platform/tenants": ("accounts", {"limit": 200, "status": "active"}),
    "auth/invites": ("invites", {"limit": 200, "status": "active"}),
    "auth/signup-requests": ("requests", {"limit": 200, "status": "pending"}),
    "status/subscriptions": ("items", {"limit": 100, "all": True}),
    "auth/service-accounts/tokens": ("items", {"limit": 100, "status": "active", "include_global": True}),
    "auth/sessions": ("sessions", {"limit": 100}),
}


class Residue:
    """Seeds a service and reads it as everybody whom runs share."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(base_url=f"{base_url}/api/v1/", timeout=60, headers={"User-Agent": OWN})
        settings = Settings()
        everybody = seed(Client(Connection(base_url, document.load(), 60, 60)), settings).people
        self._tokens = {name: self._sign_in(person) for name, person in everybody.items()}
        self.known = self.read()

    def left(self) -> list[str]:
        """Return what is there that was not there the last time, in words."""
        before, self.known = self.known, self.read()
        return sorted(set(self.known.values()) - set(before.values()))

    def read(self) -> dict[tuple[str, str], str]:
        """Return everything that is there, in words, by the list and its id."""
        there = {}
        for name, token in self._tokens.items():
            lists = {"Alice": LISTS, "Brian": LISTS, "Olga": OF_OPERATORS}.get(name, {})
            for path, (field, query) in {**lists, "auth/sessions": LISTS["auth/sessions"]}.items():
                for item in self._get(token, path, query)[field]:
                    if not _is_own(path, item):
                        there[path, str(item)] = f"{name} reads in {path}: {_named(item)}"
        return there

    def _sign_in(self, person: Person) -> str:
        body = {"email": person.email, "password": person.password, "tenant_id": person.tenant_id}
        answer = self._client.post("auth/token", json=body)
        return str(answer.raise_for_status().json()["access_token"])

    def _get(self, token: str, path: str, query: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return self._client.get(path, params=query, headers=headers).raise_for_status().json()


def _is_own(path: str, item: dict[str, Any]) -> bool:
    if path == "auth/sessions":
        return item["client"]["user_agent"] == OWN
    if path == "auth/service-accounts/tokens":
        return str(item["account"]).startswith("user:")
    return path == "status/subscriptions" and item["status"] == "revoked"


def _named(item: dict[str, Any]) -> str:
    names = ("slug", "name", "filename", "email", "invited_email", "target_masked", "user_agent", "id")
    flat = item | item.get("client", {})
    ids = ("conversation_id", "workflow_run_id", "user_id", "jti")
    return " ".join(str(flat[name]) for name in (*names, *ids) if flat.get(name))
