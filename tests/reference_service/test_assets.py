"""Assets."""

from typing import Any
from uuid import uuid4

import pytest

from tests.reference_service.support import PASSWORD, Api, refused

ADMIN, VIEWER = "admin@acme.example.com", "viewer@acme.example.com"
STRANGER = "owner@globex.example.com"


@pytest.fixture
def assets(api: Api, acme: dict, globex: dict) -> dict[str, Any]:
    """Acme's assets: an image of a conversation and a file of no conversation."""
    users = [{"email": email, "password": PASSWORD, "role": email.split("@")[0]} for email in acme["users"]]
    return api.seed(
        {
            "slug": "acme",
            "name": "Acme",
            "users": users,
            "conversations": [{"key": "acme-plans"}],
            "assets": [
                {
                    "key": "chart",
                    "asset_type": "image",
                    "source_tool": "image_generation",
                    "filename": "chart.png",
                    "size_bytes": 12,
                    "conversation_key": "acme-plans",
                    "message_id": 7,
                    "agent_key": "image_studio",
                },
                {"key": "table", "filename": "table.csv", "metadata": {"rows": 3}},
            ],
        }
    )


def listed(api: Api, **query: Any) -> list[str]:
    answer = api.call(VIEWER, "GET", "/assets", params=query)
    assert answer.status_code == 200, answer.text
    return [item["filename"] for item in answer.json()["items"]]


def path_of(assets: dict[str, Any], key: str) -> str:
    return f"/assets/{assets['assets'][key]['asset_id']}"


def test_an_asset_is_shown_with_its_object(api: Api, assets: dict) -> None:
    shown = api.call(VIEWER, "GET", path_of(assets, "chart")).json()
    expected = {
        "id": assets["assets"]["chart"]["asset_id"],
        "storage_object_id": assets["assets"]["chart"]["storage_object_id"],
        "conversation_id": assets["conversations"]["acme-plans"]["conversation_id"],
        "mime_type": "image/png",
        "size_bytes": 12,
        "message_id": 7,
        "source_tool": "image_generation",
        "storage_status": "ready",
    }
    assert {name: shown[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["table.csv", "chart.png"]),
        ({"limit": 1, "offset": 1}, ["chart.png"]),
        ({"asset_type": "image"}, ["chart.png"]),
        ({"source_tool": "image_generation"}, ["chart.png"]),
        ({"message_id": 7}, ["chart.png"]),
        ({"agent_key": "image_studio"}, ["chart.png"]),
        ({"mime_type_prefix": "text/"}, ["table.csv"]),
        ({"conversation_id": "acme-plans"}, ["chart.png"]),
        ({"conversation_id": str(uuid4())}, []),
        ({"created_after": "2100-01-01T00:00:00"}, []),
        ({"created_before": "2100-01-01T00:00:00Z"}, ["table.csv", "chart.png"]),
    ],
)
def test_filters_narrow_the_list(api: Api, assets: dict, query: dict, found: list[str]) -> None:
    assert listed(api, **query) == found


def test_thumbnails_are_for_images(api: Api, assets: dict) -> None:
    chart, table = (assets["assets"][key]["asset_id"] for key in ("chart", "table"))
    unknown = str(uuid4())
    body = {"asset_ids": [chart, table, unknown]}
    answer = api.call(VIEWER, "POST", "/assets/thumbnail-urls", json=body).json()
    assert [item["asset_id"] for item in answer["items"]] == [chart]
    assert (answer["unsupported_asset_ids"], answer["missing_asset_ids"]) == ([table], [unknown])
    foreign = api.call(STRANGER, "POST", "/assets/thumbnail-urls", json=body).json()
    assert (foreign["items"], foreign["missing_asset_ids"]) == ([], [chart, table, unknown])
    refused(api.call(VIEWER, "POST", "/assets/thumbnail-urls", json={"asset_ids": []}), 422)


def test_a_deleted_asset_takes_its_object_along(api: Api, assets: dict) -> None:
    path = path_of(assets, "chart")
    assert api.call(VIEWER, "GET", f"{path}/download-url").json()["expires_in_seconds"] == 900
    refused(api.call(VIEWER, "DELETE", path), 403)
    assert api.call(ADMIN, "DELETE", path).status_code == 204
    refused(api.call(ADMIN, "DELETE", path), 404)
    assert listed(api) == ["table.csv"]
    assert len(api.call(VIEWER, "GET", "/storage/objects").json()["items"]) == 1


def test_an_asset_whose_object_is_gone_cannot_be_downloaded(api: Api, assets: dict) -> None:
    stored = assets["assets"]["chart"]["storage_object_id"]
    assert api.call(ADMIN, "DELETE", f"/storage/objects/{stored}").status_code == 204
    refused(api.call(VIEWER, "GET", f"{path_of(assets, 'chart')}/download-url"), 404)
    shown = api.call(VIEWER, "GET", path_of(assets, "chart")).json()
    assert (shown["filename"], shown["storage_status"]) == (None, None)


@pytest.mark.parametrize(("method", "suffix"), [("GET", ""), ("GET", "/download-url"), ("DELETE", "")])
def test_a_stranger_finds_no_asset(api: Api, assets: dict, method: str, suffix: str) -> None:
    refused(api.call(STRANGER, method, path_of(assets, "chart") + suffix), 404)
    assert listed(api) == ["table.csv", "chart.png"]
