"""Listing and ending sessions."""

import pytest

from reference_service.services.identity import devices
from tests.reference_service.support import Api, refused

OWNER, MEMBER = "owner@acme.example.com", "member@acme.example.com"


def _bearer(session: dict) -> dict[str, str]:
    return {"Authorization": f"Bearer {session['access_token']}"}


def test_sessions_are_listed_in_pages_the_latest_first(api: Api, acme: dict) -> None:
    sessions = [api.login(OWNER).json() for _ in range(3)]
    headers = _bearer(sessions[0])
    page = api.client.get("/api/v1/auth/sessions", params={"limit": 2}, headers=headers).json()
    assert [one["id"] for one in page["sessions"]] == [sessions[2]["session_id"], sessions[1]["session_id"]]
    assert page["total"] == 3
    rest = api.client.get("/api/v1/auth/sessions", params={"limit": 2, "offset": 2}, headers=headers).json()
    assert [one["current"] for one in rest["sessions"]] == [True]


def test_an_ended_session_opens_and_renews_nothing(api: Api, acme: dict) -> None:
    lost, kept = api.login(OWNER).json(), api.login(OWNER).json()
    path = f"/api/v1/auth/sessions/{lost['session_id']}"
    assert api.client.delete(path, headers=_bearer(kept)).json()["data"] == {"revoked": True}
    refused(api.client.get("/api/v1/auth/me", headers=_bearer(lost)), 401)
    refused(api.client.post("/api/v1/auth/refresh", json={"refresh_token": lost["refresh_token"]}), 401)
    refused(api.client.delete(path, headers=_bearer(kept)), 404)
    listed = api.client.get("/api/v1/auth/sessions?include_revoked=true", headers=_bearer(kept)).json()
    assert [bool(one["revoked_at"]) for one in listed["sessions"]] == [False, True]


def test_nobody_ends_the_session_of_somebody_else(api: Api, acme: dict) -> None:
    session = api.login(OWNER).json()
    refused(api.call(MEMBER, "DELETE", f"/auth/sessions/{session['session_id']}"), 404)
    body = {"refresh_token": session["refresh_token"]}
    refused(api.call(MEMBER, "POST", "/auth/logout", json=body), 403, "does not belong")
    assert api.client.get("/api/v1/auth/me", headers=_bearer(session)).status_code == 200


def test_signing_out_everywhere_counts_what_ended(api: Api, acme: dict) -> None:
    first, second = api.login(OWNER).json(), api.login(OWNER).json()
    answer = api.client.post("/api/v1/auth/logout/all", headers=_bearer(second)).json()
    assert answer["data"] == {"revoked": 2}
    refused(api.client.get("/api/v1/auth/me", headers=_bearer(first)), 401)


def test_signing_out_is_recorded(api: Api, acme: dict) -> None:
    session = api.login(MEMBER).json()
    body = {"refresh_token": session["refresh_token"]}
    api.client.post("/api/v1/auth/logout", json=body, headers=_bearer(session))
    feed = api.call(OWNER, "GET", "/activity", params={"action": "auth.logout"}).json()
    assert [event["actor_id"] for event in feed["items"]] == [session["user_id"]]


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (iPhone; like Mac OS X) Mobile Safari/604.1", ("iOS", "Safari", "mobile")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", ("Windows", "Edge", "desktop")),
        ("examplebot/1.0", (None, None, "bot")),
        (None, (None, None, None)),
    ],
)
def test_a_user_agent_tells_the_device(user_agent: str | None, expected: tuple) -> None:
    told = devices.describe(user_agent)
    assert (told.platform, told.browser, told.device) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [("10.1.2.3", "10.1.2.*"), ("2001:db8::1", "2001:0db8:0000:0000:*:*:*:*"), ("nowhere", None)],
)
def test_an_address_is_masked(address: str, expected: str | None) -> None:
    assert devices.masked(address) == expected
