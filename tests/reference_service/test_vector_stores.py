"""Vector stores, with the provider's double behind them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.reference_service.support import Api, refused, runtime_of

ADMIN, MEMBER, VIEWER = (f"{role}@acme.example.com" for role in ("admin", "member", "viewer"))
STRANGER = "owner@globex.example.com"
TEXT = b"Refunds take thirty days."
KEY = {"Authorization": "Bearer sk-test"}


def create(api: Api, name: str = "Handbook", who: str = ADMIN, **more: Any) -> Any:
    return api.call(who, "POST", "/vector-stores", json={"name": name, **more})


@pytest.fixture
def store(api: Api, acme: dict, globex: dict) -> str:
    """The path of a vector store of Acme."""
    answer = create(api)
    assert answer.status_code == 201, answer.text
    return f"/vector-stores/{answer.json()['id']}"


@pytest.fixture
def file_id(api: Api) -> str:
    """A file at the provider."""
    uploaded = api.client.post(
        "/provider/v1/files", files={"file": ("terms.txt", TEXT)}, data={"purpose": "assistants"}, headers=KEY
    )
    identifier: str = uploaded.json()["id"]
    return identifier


@pytest.fixture
def attached(api: Api, store: str, file_id: str) -> dict[str, Any]:
    answer = api.call(
        ADMIN, "POST", f"{store}/files", json={"file_id": file_id, "attributes": {"year": 2025}}
    )
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def search(api: Api, store: str, query: Any, **more: Any) -> Any:
    return api.call(VIEWER, "POST", f"{store}/search", json={"query": query, **more})


def at_provider(api: Api, path: str) -> int:
    return api.client.get(f"/provider/v1{path}", headers=KEY).status_code


def fail(api: Api, kind: str, text: str) -> None:
    added = api.client.post("/provider/_control/faults", json={"kind": kind, "text": text})
    assert added.status_code == 201


def test_a_store_is_listed_until_it_is_deleted(api: Api, store: str) -> None:
    shown = api.call(VIEWER, "GET", store).json()
    assert (shown["name"], shown["usage_bytes"], shown["status"]) == ("Handbook", 0, "completed")
    assert api.call(VIEWER, "GET", "/vector-stores").json() == {"items": [shown], "total": 1}
    assert at_provider(api, f"/vector_stores/{shown['openai_id']}") == 200
    refused(api.call(MEMBER, "DELETE", store), 403)
    assert api.call(ADMIN, "DELETE", store).status_code == 204
    refused(api.call(ADMIN, "GET", store), 404)
    refused(api.call(ADMIN, "DELETE", store), 404)
    assert at_provider(api, f"/vector_stores/{shown['openai_id']}") == 404


def test_a_name_is_taken_once_in_a_tenant(api: Api, store: str) -> None:
    refused(create(api), 409)
    assert create(api, who=STRANGER).status_code == 201


def test_a_tenant_has_ten_stores_at_most(api: Api, store: str) -> None:
    assert [create(api, f"Store {number}").status_code for number in range(9)] == [201] * 9
    refused(create(api, "One too many"), 403)
    assert api.call(VIEWER, "GET", "/vector-stores").json()["total"] == 10


def test_an_attached_file_is_found(api: Api, store: str, attached: dict, file_id: str) -> None:
    assert (attached["filename"], attached["size_bytes"], attached["status"]) == (
        "terms.txt",
        len(TEXT),
        "completed",
    )
    assert api.call(VIEWER, "GET", f"{store}/files").json() == {"items": [attached], "total": 1}
    assert api.call(VIEWER, "GET", f"{store}/files/{file_id}").json() == attached
    assert api.call(VIEWER, "GET", store).json()["usage_bytes"] == len(TEXT)
    found = search(api, store, ["refunds", "days"]).json()
    assert found["search_query"] == "refunds days"
    assert found["data"][0] == {
        "file_id": file_id,
        "filename": "terms.txt",
        "score": 1.0,
        "attributes": {"year": 2025},
        "content": [{"type": "text", "text": TEXT.decode()}],
    }
    assert search(api, store, "zebra").json()["data"] == []


def test_a_removed_file_is_found_no_more(api: Api, store: str, attached: dict, file_id: str) -> None:
    refused(api.call(ADMIN, "POST", f"{store}/files", json={"file_id": file_id}), 409)
    assert api.call(ADMIN, "DELETE", f"{store}/files/{file_id}").status_code == 204
    assert api.call(ADMIN, "DELETE", f"{store}/files/{file_id}").status_code == 204
    refused(api.call(VIEWER, "GET", f"{store}/files/{file_id}"), 404)
    assert search(api, store, "refunds").json()["data"] == []
    assert api.call(VIEWER, "GET", store).json()["usage_bytes"] == 0
    assert at_provider(api, f"/files/{file_id}") == 200


def test_the_bytes_of_an_attached_file_are_for_its_tenant(api: Api, attached: dict, file_id: str) -> None:
    path = f"/openai/files/{file_id}/download"
    download = api.call(VIEWER, "GET", path)
    assert (download.status_code, download.content) == (200, TEXT)
    assert download.headers["content-disposition"] == "attachment; filename*=UTF-8''terms.txt"
    refused(api.call(STRANGER, "GET", path), 404)


def test_without_polling_a_file_is_still_being_indexed(api: Api, store: str, file_id: str) -> None:
    body = {"file_id": file_id, "poll": False}
    assert api.call(ADMIN, "POST", f"{store}/files", json=body).json()["status"] == "in_progress"
    for status, total in (("in_progress", 1), ("completed", 0)):
        assert api.call(VIEWER, "GET", f"{store}/files?status={status}").json()["total"] == total


def test_a_stored_object_can_be_attached(api: Api, store: str) -> None:
    announced = {"filename": "terms.txt", "mime_type": "text/plain", "size_bytes": len(TEXT)}
    upload = api.call(ADMIN, "POST", "/storage/objects/upload-url", json=announced).json()
    body = {"object_id": upload["object_id"]}
    refused(api.call(ADMIN, "POST", f"{store}/files/upload", json=body), 404)
    api.client.put(upload["upload_url"], content=TEXT, headers=upload["headers"])
    attached = api.call(ADMIN, "POST", f"{store}/files/upload", json=body)
    assert attached.status_code == 201
    assert (attached.json()["mime_type"], attached.json()["filename"]) == ("text/plain", "terms.txt")
    assert search(api, store, "refunds").json()["data"][0]["file_id"] == attached.json()["openai_file_id"]


def path_of(created: Any) -> str:
    return f"/vector-stores/{created.json()['id']}"


def upload_for(api: Api, store: str, agent: str) -> Any:
    announced = {"filename": "terms.txt", "mime_type": "text/plain", "size_bytes": len(TEXT)}
    upload = api.call(ADMIN, "POST", "/storage/objects/upload-url", json=announced).json()
    api.client.put(upload["upload_url"], content=TEXT, headers=upload["headers"])
    body = {"object_id": upload["object_id"], "agent_key": agent}
    return api.call(ADMIN, "POST", f"{store}/files/upload", json=body)


def test_an_agent_takes_files_only_for_the_store_that_it_is_bound_to(api: Api, store: str) -> None:
    other = path_of(create(api, "Other"))
    refused(upload_for(api, store, "retriever"), 403, "Vector store not allowed for this agent.")
    assert api.call(ADMIN, "POST", f"{store}/bindings/retriever").status_code == 204
    assert upload_for(api, store, "retriever").status_code == 201
    refused(upload_for(api, other, "retriever"), 403, "Vector store not allowed for this agent.")
    assert api.call(ADMIN, "DELETE", f"{other}/bindings/retriever").status_code == 204
    assert upload_for(api, store, "retriever").status_code == 201
    assert api.call(ADMIN, "POST", f"{other}/bindings/retriever").status_code == 204
    refused(upload_for(api, store, "retriever"), 403, "Vector store not allowed for this agent.")
    assert upload_for(api, other, "retriever").status_code == 201
    assert api.call(ADMIN, "DELETE", f"{other}/bindings/retriever").status_code == 204
    refused(upload_for(api, other, "retriever"), 403, "Vector store not allowed for this agent.")
    assert api.call(VIEWER, "GET", f"{store}/files").json()["total"] == 2


def test_an_unbound_agent_takes_files_for_the_primary_store(api: Api, store: str) -> None:
    primary = path_of(create(api, "primary"))
    assert upload_for(api, primary, "retriever").status_code == 201
    api.call(ADMIN, "POST", f"{store}/bindings/retriever")
    refused(upload_for(api, primary, "retriever"), 403, "Vector store not allowed for this agent.")


@pytest.mark.parametrize(
    ("agent", "message"), [("triage", "does not support file_search"), ("nobody", "Agent not found")]
)
def test_an_agent_that_cannot_search_takes_no_files(api: Api, store: str, agent: str, message: str) -> None:
    api.call(ADMIN, "POST", f"{store}/bindings/{agent}")
    refused(upload_for(api, store, agent), 403, message)


def test_a_file_of_another_tenant_cannot_be_attached(
    api: Api, store: str, attached: dict, file_id: str
) -> None:
    foreign = path_of(create(api, who=STRANGER))
    download = f"/openai/files/{file_id}/download"
    for _ in range(2):
        refused(api.call(STRANGER, "POST", f"{foreign}/files", json={"file_id": file_id}), 404, "File")
        refused(api.call(STRANGER, "GET", download), 404)
        assert api.call(STRANGER, "GET", f"{foreign}/files").json()["total"] == 0
        # It stays the tenant's own when it is in none of its stores any more.
        api.call(ADMIN, "DELETE", f"{store}/files/{file_id}")
    second = path_of(create(api, "Second"))
    assert api.call(ADMIN, "POST", f"{second}/files", json={"file_id": file_id}).status_code == 201
    assert api.call(VIEWER, "GET", download).content == TEXT


def test_a_stored_object_belongs_to_its_tenant_at_the_provider_too(api: Api, store: str) -> None:
    api.call(ADMIN, "POST", f"{store}/bindings/retriever")
    file_id = upload_for(api, store, "retriever").json()["openai_file_id"]
    foreign = path_of(create(api, who=STRANGER))
    refused(api.call(STRANGER, "POST", f"{foreign}/files", json={"file_id": file_id}), 404, "File")


def test_a_failed_attachment_gives_the_file_to_nobody(api: Api, store: str, file_id: str) -> None:
    fail(api, "error", api.call(ADMIN, "GET", store).json()["openai_id"])
    refused(api.call(ADMIN, "POST", f"{store}/files", json={"file_id": file_id}), 502)
    foreign = path_of(create(api, who=STRANGER))
    assert api.call(STRANGER, "POST", f"{foreign}/files", json={"file_id": file_id}).status_code == 201


def test_a_failed_upload_leaves_no_file_at_the_provider(api: Api, store: str) -> None:
    announced = {"filename": "terms.txt", "mime_type": "text/plain", "size_bytes": len(TEXT)}
    upload = api.call(ADMIN, "POST", "/storage/objects/upload-url", json=announced).json()
    api.client.put(upload["upload_url"], content=TEXT, headers=upload["headers"])
    fail(api, "error", api.call(ADMIN, "GET", store).json()["openai_id"])
    refused(api.call(ADMIN, "POST", f"{store}/files/upload", json={"object_id": upload["object_id"]}), 502)
    assert api.client.get("/provider/v1/files", headers=KEY).json()["data"] == []


def test_what_the_provider_does_not_have_is_refused(api: Api, store: str) -> None:
    refused(api.call(ADMIN, "POST", f"{store}/files", json={"file_id": "file-unknown"}), 400)
    refused(create(api, "Odd", expires_after={"anchor": "yesterday"}), 400)
    assert api.call(VIEWER, "GET", "/vector-stores").json()["total"] == 1


@pytest.mark.parametrize(("kind", "status"), [("error", 502), ("rate_limit", 503), ("timeout", 503)])
def test_a_failing_provider_is_a_clear_refusal(api: Api, store: str, kind: str, status: int) -> None:
    fail(api, kind, "Doomed")
    refused(create(api, "Doomed"), status, "The provider")
    assert api.call(VIEWER, "GET", "/vector-stores").json()["total"] == 1
    refused(search(api, store, "Doomed"), status)


def test_an_agent_is_bound_and_released(api: Api, store: str) -> None:
    binding = f"{store}/bindings/retriever"
    refused(api.call(MEMBER, "POST", binding), 403)
    for method in ("POST", "POST", "DELETE", "DELETE"):
        assert api.call(ADMIN, method, binding).status_code == 204
    refused(api.call(ADMIN, "POST", f"/vector-stores/{uuid4()}/bindings/retriever"), 404)


@pytest.mark.parametrize(
    "call",
    [
        lambda store: ("GET", store, None),
        lambda store: ("DELETE", store, None),
        lambda store: ("GET", f"{store}/files", None),
        lambda store: ("POST", f"{store}/files", {"file_id": "file-1"}),
        lambda store: ("POST", f"{store}/files/upload", {"object_id": str(uuid4())}),
        lambda store: ("POST", f"{store}/search", {"query": "refunds"}),
        lambda store: ("POST", f"{store}/bindings/retriever", None),
    ],
)
def test_a_stranger_finds_no_store(api: Api, store: str, call: Callable[[str], tuple]) -> None:
    method, path, body = call(store)
    refused(api.call(STRANGER, method, path, json=body), 404)


def test_search_input_is_checked(api: Api, store: str) -> None:
    bodies: list[dict[str, Any]] = [
        {"query": ""},
        {"query": []},
        {"query": "refunds", "max_num_results": 51},
    ]
    for body in bodies:
        refused(api.call(VIEWER, "POST", f"{store}/search", json=body), 422)


def test_a_store_that_the_provider_is_still_making_is_only_a_taken_name(api: Api, store: str) -> None:
    (made,) = runtime_of(api).store.vector_stores
    made.openai_id = ""
    assert api.call(VIEWER, "GET", "/vector-stores").json()["items"] == []
    refused(api.call(VIEWER, "GET", store), 404)
    refused(create(api), 409)
