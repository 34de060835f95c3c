"""Containers and the bytes in them, with the provider's double behind them."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.reference_service.support import Api, refused, runtime_of

ADMIN, MEMBER, VIEWER = (f"{role}@acme.example.com" for role in ("admin", "member", "viewer"))
STRANGER = "owner@globex.example.com"
KEY = {"Authorization": "Bearer sk-test"}


def create(api: Api, name: str = "Sandbox", who: str = ADMIN, **more: Any) -> Any:
    return api.call(who, "POST", "/containers", json={"name": name, **more})


@pytest.fixture
def container(api: Api, acme: dict, globex: dict) -> dict[str, Any]:
    answer = create(api, memory_limit="4g", metadata={"team": "data"})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def put_file(api: Api, container: dict[str, Any]) -> str:
    path = f"/provider/v1/containers/{container['openai_id']}/files"
    added = api.client.post(path, files={"file": ("chart.csv", b"a,b")}, headers=KEY)
    identifier: str = added.json()["id"]
    return identifier


def bound_agents(api: Api, container: dict[str, Any]) -> set[str]:
    store = api.client.app.state.runtime.store  # type: ignore[attr-defined]
    bound: set[str] = store.containers.get(UUID(container["id"])).bound_agents
    return bound


def test_a_container_is_listed_until_it_is_deleted(api: Api, container: dict) -> None:
    path = f"/containers/{container['id']}"
    assert (container["memory_limit"], container["metadata"]) == ("4g", {"team": "data"})
    assert api.call(VIEWER, "GET", path).json() == container
    assert api.call(VIEWER, "GET", "/containers").json() == {"items": [container], "total": 1}
    refused(api.call(MEMBER, "DELETE", path), 403)
    assert api.call(ADMIN, "DELETE", path).status_code == 204
    refused(api.call(ADMIN, "GET", path), 404)
    remote = api.client.get(f"/provider/v1/containers/{container['openai_id']}", headers=KEY)
    assert remote.status_code == 404


def test_a_container_that_the_provider_lost_can_be_deleted(api: Api, container: dict) -> None:
    api.client.delete(f"/provider/v1/containers/{container['openai_id']}", headers=KEY)
    assert api.call(ADMIN, "DELETE", f"/containers/{container['id']}").status_code == 204


def test_name_tier_number_and_files_are_checked(api: Api, container: dict) -> None:
    refused(create(api), 409)
    refused(create(api, "Odd", memory_limit="3g"), 403)
    refused(create(api, "Odd", file_ids=["file-unknown"]), 400)
    assert create(api, who=STRANGER).status_code == 201
    assert [create(api, f"Container {number}").status_code for number in range(9)] == [201] * 9
    refused(create(api, "One too many"), 403)


@pytest.mark.parametrize(("kind", "status"), [("error", 502), ("rate_limit", 503), ("timeout", 503)])
def test_a_failing_provider_is_a_clear_refusal(api: Api, container: dict, kind: str, status: int) -> None:
    api.client.post("/provider/_control/faults", json={"kind": kind, "text": "Doomed"})
    refused(create(api, "Doomed"), status)
    assert api.call(VIEWER, "GET", "/containers").json()["total"] == 1


def test_an_agent_uses_one_container_at_a_time(api: Api, container: dict) -> None:
    other = create(api, "Other").json()
    path = "/containers/agents/code_assistant/container"
    for chosen in (container, other):
        body = {"container_id": chosen["id"]}
        assert api.call(ADMIN, "POST", path, json=body).status_code == 204
    assert (bound_agents(api, container), bound_agents(api, other)) == (set(), {"code_assistant"})
    for _ in range(2):
        assert api.call(ADMIN, "DELETE", path).status_code == 204
    assert bound_agents(api, other) == set()
    refused(api.call(ADMIN, "POST", path, json={"container_id": str(uuid4())}), 404)
    refused(api.call(STRANGER, "POST", path, json={"container_id": other["id"]}), 404)
    refused(api.call(MEMBER, "POST", path, json={"container_id": other["id"]}), 403)


def test_the_bytes_of_a_containers_file_are_for_its_tenant(api: Api, container: dict) -> None:
    path = f"/openai/containers/{container['openai_id']}/files/{put_file(api, container)}/download"
    download = api.call(VIEWER, "GET", path, params={"filename": "für alle.csv"})
    assert (download.status_code, download.content) == (200, b"a,b")
    assert download.headers["content-disposition"] == "attachment; filename*=UTF-8''f%C3%BCr%20alle.csv"
    assert download.headers["cache-control"] == "private, max-age=300"
    refused(api.call(STRANGER, "GET", path), 404)
    refused(api.call(ADMIN, "GET", path.replace("cfile_", "cfile_x")), 404)


def test_a_cited_file_can_be_read_without_the_container(api: Api, container: dict) -> None:
    file_id = put_file(api, container)
    path = f"/openai/containers/{container['openai_id']}/files/{file_id}/download"
    api.seed(
        {
            "slug": "globex",
            "name": "Globex",
            "users": [{"email": STRANGER, "password": "Corr3ct-Horse-Battery", "role": "owner"}],
            "conversations": [{"key": "globex-charts"}],
        }
    )
    asked = {"conversation_id": "globex-charts"}
    refused(api.call(STRANGER, "GET", path, params=asked), 404)
    conversation = next(iter(api.client.app.state.runtime.store.conversations))  # type: ignore[attr-defined]
    conversation.ledger.append(f'{{"container_id":"{container["openai_id"]}","file_id":"{file_id}"}}')
    assert api.call(STRANGER, "GET", path, params=asked).content == b"a,b"


def test_a_file_that_is_attached_nowhere_is_for_nobody(api: Api, container: dict) -> None:
    uploaded = api.client.post(
        "/provider/v1/files", files={"file": ("terms.txt", b"x")}, data={"purpose": "assistants"}, headers=KEY
    )
    refused(api.call(ADMIN, "GET", f"/openai/files/{uploaded.json()['id']}/download"), 404)


def test_a_container_takes_no_file_of_another_tenant(api: Api, container: dict) -> None:
    uploaded = api.client.post(
        "/provider/v1/files", files={"file": ("terms.txt", b"x")}, data={"purpose": "assistants"}, headers=KEY
    )
    file_ids = [uploaded.json()["id"]]
    assert create(api, "Charts", file_ids=file_ids).status_code == 201
    refused(create(api, "Foreign", who=STRANGER, file_ids=file_ids), 404, "File")
    assert api.call(STRANGER, "GET", "/containers").json()["items"] == []
    assert create(api, "Foreign", who=STRANGER).status_code == 201


def test_a_container_that_the_provider_is_still_making_is_only_a_taken_name(
    api: Api, container: dict
) -> None:
    runtime_of(api).store.containers.get(UUID(container["id"])).openai_id = ""
    assert api.call(VIEWER, "GET", "/containers").json()["items"] == []
    refused(api.call(VIEWER, "GET", f"/containers/{container['id']}"), 404)
    refused(create(api), 409)
