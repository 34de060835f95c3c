"""The activity feed, receipts, usage and entitlements."""

from typing import Any

import pytest

from tests.reference_service.support import Api, refused

OWNER, ADMIN, MEMBER = (f"{role}@acme.example.com" for role in ("owner", "admin", "member"))
OLGA = "olga@operators.example.com"


def feed(api: Api, person: str = OWNER, **query: Any) -> dict:
    response = api.call(person, "GET", "/activity", params=query)
    assert response.status_code == 200, response.text
    return response.json()


def test_sign_ins_are_listed_newest_first(api: Api, acme: dict) -> None:
    feed(api, ADMIN)
    found = feed(api)
    users = acme["users"]
    assert [one["actor_id"] for one in found["items"]] == [users[OWNER]["user_id"], users[ADMIN]["user_id"]]
    assert {one["action"] for one in found["items"]} == {"auth.login.success"}


def test_members_and_strangers_see_nothing(api: Api, acme: dict, globex: dict) -> None:
    refused(api.call(MEMBER, "GET", "/activity"), 403)
    own = feed(api)["items"][0]["id"]
    for action in ("read", "dismiss"):
        refused(api.call("owner@globex.example.com", "POST", f"/activity/{own}/{action}"), 404)
    assert feed(api)["unread_count"] == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "failure"}, 1),
        ({"status": "pending"}, 0),
        ({"action": "auth.login.success"}, 1),
        ({"object_type": "conversation"}, 0),
        ({"created_after": "2020-01-01T00:00:00"}, 2),
        ({"created_before": "2020-01-01T00:00:00Z"}, 0),
    ],
)
def test_filters_narrow_the_list_and_not_the_count(api: Api, acme: dict, query: dict, count: int) -> None:
    feed(api)
    api.login(OWNER, "Quite-Another-Word-9")
    found = feed(api, **query)
    assert (len(found["items"]), found["unread_count"]) == (count, 2)


def test_pages_follow_each_other(api: Api, acme: dict) -> None:
    feed(api)
    for _ in range(2):
        api.login(OWNER)
    first = feed(api, limit=2)
    second = feed(api, limit=2, cursor=first["next_cursor"])
    assert second["next_cursor"] is None
    assert first["items"] + second["items"] == feed(api)["items"]
    refused(api.call(OWNER, "GET", "/activity", params={"cursor": "bad"}), 400)


def test_receipts_are_kept_for_each_reader(api: Api, acme: dict) -> None:
    feed(api, ADMIN)
    newest = feed(api)["items"][0]["id"]
    dismissed = api.call(OWNER, "POST", f"/activity/{newest}/dismiss").json()
    assert dismissed == {"unread_count": 1}
    assert feed(api)["items"][0]["read_state"] == "dismissed"
    assert api.call(OWNER, "POST", "/activity/mark-all-read").json() == {"unread_count": 0}
    assert feed(api)["items"][0]["read_state"] == "dismissed"
    assert feed(api, ADMIN)["unread_count"] == 2
    refused(api.call(OWNER, "POST", "/activity/nonsense/read"), 400)


def test_usage_is_what_was_seeded_for_the_tenant(api: Api, globex: dict) -> None:
    counter = {"period_start": "2026-01-01", "granularity": "month", "requests": 3}
    users = [{"email": OWNER, "password": "Corr3ct-Horse-Battery", "role": "owner"}]
    later = {**counter, "period_start": "2026-02-01"}
    api.seed({"slug": "acme", "name": "Acme", "users": users, "usage_counters": [counter, later]})
    listed = api.call(OWNER, "GET", "/usage").json()
    assert [one["period_start"] for one in listed] == ["2026-02-01", "2026-01-01"]
    assert api.call("owner@globex.example.com", "GET", "/usage").json() == []


def test_an_operator_takes_a_feature_away_and_gives_it_back(api: Api, acme: dict, operator: dict) -> None:
    path = f"/platform/tenants/{acme['tenant_id']}/features"
    api.call(OLGA, "PUT", path, json={"flags": {"billing": False}})
    assert api.call(OWNER, "GET", "/features").json() == {
        "billing_enabled": False,
        "billing_stream_enabled": False,
    }
    assert api.call(OLGA, "PUT", path, json={"flags": {"billing": None}}).json()["flags"] == {}
    assert api.call(OWNER, "GET", "/features").json()["billing_enabled"] is True
    refused(api.call(OLGA, "PUT", path, json={"flags": {"teleportation": True}}), 422)
    refused(api.call(OWNER, "PUT", path, json={"flags": {}}), 403)
