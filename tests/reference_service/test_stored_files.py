"""Stored objects."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reference_service.support import Api, move_clock, refused

ADMIN, MEMBER, VIEWER = (f"{role}@acme.example.com" for role in ("admin", "member", "viewer"))
STRANGER = "owner@globex.example.com"
DATA = b"Quarterly figures"


def announce(api: Api, who: str = ADMIN, **changes: Any) -> Any:
    file = {"filename": "a report (1).pdf", "mime_type": "application/pdf", "size_bytes": len(DATA)}
    return api.call(who, "POST", "/storage/objects/upload-url", json={**file, **changes})


def listed(api: Api, query: str = "", who: str = VIEWER) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = api.call(who, "GET", f"/storage/objects{query}").json()["items"]
    return items


@pytest.fixture
def upload(api: Api, acme: dict, globex: dict) -> dict[str, Any]:
    response = announce(api)
    assert response.status_code == 201
    body: dict[str, Any] = response.json()
    return body


def test_uploaded_bytes_can_be_read_back(api: Api, upload: dict) -> None:
    assert listed(api)[0]["status"] == "pending_upload"
    assert api.client.put(upload["upload_url"], content=DATA, headers=upload["headers"]).status_code == 200
    assert listed(api)[0]["status"] == "ready"
    download = api.call(VIEWER, "GET", f"/storage/objects/{upload['object_id']}/download-url").json()
    bytes_ = api.client.get(download["download_url"])
    assert (bytes_.content, bytes_.headers["content-type"]) == (DATA, "application/pdf")


def test_the_name_in_the_bucket_is_harmless(upload: dict, acme: dict) -> None:
    assert upload["object_key"] == f"{acme['tenant_id']}/{upload['object_id']}/a_report_1_.pdf"


def test_an_address_is_good_for_one_method_and_cannot_be_guessed(api: Api, upload: dict) -> None:
    refused(api.client.get(upload["upload_url"]), 403)
    later = upload["upload_url"].replace("expires=", "expires=9")
    refused(api.client.put(later, content=DATA, headers=upload["headers"]), 403)
    download = api.call(ADMIN, "GET", f"/storage/objects/{upload['object_id']}/download-url").json()
    refused(api.client.get(download["download_url"]), 404)


def test_an_address_expires(api: Api, upload: dict) -> None:
    move_clock(api, timedelta(seconds=upload["expires_in_seconds"] + 1))
    refused(api.client.put(upload["upload_url"], content=DATA, headers=upload["headers"]), 403)


def test_types_and_sizes_are_limited(api: Api, acme: dict) -> None:
    refused(announce(api, mime_type="application/x-msdownload"), 400, "MIME type is not allowed")
    refused(announce(api, size_bytes=2**30), 400, "File size exceeds allowed limit")
    refused(announce(api, size_bytes=-1), 422)
    refused(announce(api, MEMBER), 403)
    assert listed(api) == []


def test_objects_are_listed_newest_first_and_by_conversation(api: Api, upload: dict) -> None:
    conversation = "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa"
    api.call(MEMBER, "POST", "/chat", json={"message": "Hello", "conversation_id": conversation})
    second = announce(api, filename="second.txt", conversation_id=conversation).json()
    assert [item["id"] for item in listed(api)] == [second["object_id"], upload["object_id"]]
    assert [item["id"] for item in listed(api, f"?conversation_id={conversation}")] == [second["object_id"]]
    page = api.call(VIEWER, "GET", "/storage/objects?limit=1").json()
    assert page["next_offset"] == 1
    assert [item["id"] for item in listed(api, "?limit=1&offset=1")] == [upload["object_id"]]


def test_an_object_is_for_a_conversation_of_its_own_account(api: Api, upload: dict) -> None:
    conversation = "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa"
    refused(announce(api, conversation_id=conversation), 404, "Conversation")
    api.call(STRANGER, "POST", "/chat", json={"message": "Hello", "conversation_id": conversation})
    refused(announce(api, conversation_id=conversation), 404, "Conversation")
    assert [item["id"] for item in listed(api)] == [upload["object_id"]]


def test_a_signature_in_another_script_is_a_forged_one(api: Api, upload: dict) -> None:
    forged = upload["upload_url"].partition("signature=")[0] + "signature=%C3%BC"
    refused(api.client.put(forged, content=DATA, headers=upload["headers"]), 403)


def test_another_tenant_sees_and_deletes_nothing(api: Api, upload: dict) -> None:
    path = f"/storage/objects/{upload['object_id']}"
    assert listed(api, who=STRANGER) == []
    refused(api.call(STRANGER, "GET", f"{path}/download-url"), 404)
    assert api.call(STRANGER, "DELETE", path).status_code == 204
    assert len(listed(api)) == 1


def test_a_deleted_object_is_gone(api: Api, upload: dict) -> None:
    path = f"/storage/objects/{upload['object_id']}"
    refused(api.call(MEMBER, "DELETE", path), 403)
    for _ in range(2):
        assert api.call(ADMIN, "DELETE", path).status_code == 204
    assert listed(api) == []
    refused(api.call(ADMIN, "GET", f"{path}/download-url"), 404)
    refused(api.client.put(upload["upload_url"], content=DATA, headers=upload["headers"]), 404)
