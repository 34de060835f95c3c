from datetime import timedelta
from typing import Any

import pytest

from tests.reference_service.support import PASSWORD, Api, move_clock, refused

OWNER, ADMIN, VIEWER = (f"{role}@acme.example.com" for role in ("owner", "admin", "viewer"))
STRANGER, NEWCOMER = "owner@globex.example.com", "newcomer@acme.example.com"
SETTINGS = {"billing_contacts": [], "plan_metadata": {"tier": "gold"}, "flags": {"beta": True}}


@pytest.fixture(autouse=True)
def tenants(acme: dict[str, Any], globex: dict[str, Any]) -> None:
    """Both tenants are there."""


def members(api: Api) -> dict[str, Any]:
    answer = api.call(OWNER, "GET", "/tenants/members").json()
    return {member["email"]: member for member in answer["members"]}


def invite(api: Api, email: str, **more: Any) -> dict[str, Any]:
    body = {"invited_email": email, "role": "member", **more}
    response = api.call(ADMIN, "POST", "/tenants/invites", json=body)
    assert response.status_code == 201, response.text
    issued: dict[str, Any] = response.json()
    return issued


def accept(api: Api, token: str, password: str = PASSWORD) -> Any:
    return api.call(None, "POST", "/tenants/invites/accept", json={"token": token, "password": password})


def put_settings(api: Api, version: str | None, settings: dict[str, Any] = SETTINGS) -> Any:
    headers = {"If-Match": version} if version is not None else {}
    return api.call(ADMIN, "PUT", "/tenants/settings", json=settings, headers=headers)


def test_renamed_account_stays_renamed(api: Api) -> None:
    assert api.call(ADMIN, "PATCH", "/tenants/account", json={"name": "Acme & Co"}).status_code == 200
    assert api.call(ADMIN, "GET", "/tenants/account").json()["name"] == "Acme & Co"
    assert api.call(STRANGER, "GET", "/tenants/account").json()["name"] == "Globex"
    refused(api.call(ADMIN, "PATCH", "/tenants/account", json={"name": "Acme", "slug": "other"}), 422)


@pytest.mark.parametrize("version", ['"0"', "0", 'W/"0"'])
def test_settings_are_replaced_at_the_version_that_was_read(api: Api, version: str) -> None:
    saved = put_settings(api, version)
    assert (saved.status_code, saved.headers["ETag"], saved.json()["version"]) == (200, '"1"', 1)
    read = api.call(ADMIN, "GET", "/tenants/settings")
    assert read.json() == saved.json()
    assert read.headers["ETag"] == '"1"'


@pytest.mark.parametrize(("version", "status"), [(None, 428), ("*", 400), ("-1", 400), ('"7"', 409)])
def test_settings_are_not_replaced_at_another_version(api: Api, version: str | None, status: int) -> None:
    refused(put_settings(api, version), status)
    assert api.call(ADMIN, "GET", "/tenants/settings").json()["version"] == 0


def test_entitlements_show_among_the_flags_and_are_not_for_the_tenant_to_change(
    api: Api, acme: dict[str, Any], operator: dict[str, Any]
) -> None:
    path = f"/platform/tenants/{acme['tenant_id']}/features"
    api.call("olga@operators.example.com", "PUT", path, json={"flags": {"billing": False}})
    saved = put_settings(api, '"1"', SETTINGS | {"flags": {"feature.billing": True, "beta": True}})
    assert saved.json()["flags"] == {"feature.billing": False, "beta": True}


def test_members_come_and_go(api: Api) -> None:
    joined = api.call(ADMIN, "POST", "/tenants/members", json={"email": STRANGER, "role": "viewer"})
    assert joined.status_code == 201
    path = f"/tenants/members/{joined.json()['user_id']}"
    refused(api.call(ADMIN, "POST", "/tenants/members", json={"email": STRANGER, "role": "viewer"}), 409)
    assert api.call(ADMIN, "PATCH", f"{path}/role", json={"role": "member"}).status_code == 200
    assert members(api)[STRANGER]["role"] == "member"
    assert api.call(ADMIN, "DELETE", path).status_code == 200
    assert STRANGER not in members(api)
    refused(api.call(ADMIN, "DELETE", path), 404)
    refused(api.call(ADMIN, "POST", "/tenants/members", json={"email": NEWCOMER, "role": "viewer"}), 404)


def test_only_owners_make_and_unmake_owners(api: Api) -> None:
    owner = f"/tenants/members/{members(api)[OWNER]['user_id']}"
    admin = f"/tenants/members/{members(api)[ADMIN]['user_id']}"
    refused(api.call(ADMIN, "PATCH", f"{admin}/role", json={"role": "owner"}), 403)
    refused(api.call(ADMIN, "PATCH", f"{owner}/role", json={"role": "viewer"}), 403)
    refused(api.call(ADMIN, "DELETE", owner), 403)
    refused(api.call(ADMIN, "POST", "/tenants/members", json={"email": STRANGER, "role": "owner"}), 403)
    refused(
        api.call(ADMIN, "POST", "/tenants/invites", json={"invited_email": NEWCOMER, "role": "owner"}), 403
    )
    assert api.call(OWNER, "PATCH", f"{admin}/role", json={"role": "owner"}).status_code == 200


def test_last_owner_stays(api: Api) -> None:
    owner = f"/tenants/members/{members(api)[OWNER]['user_id']}"
    refused(api.call(OWNER, "DELETE", owner), 409)
    refused(api.call(OWNER, "PATCH", f"{owner}/role", json={"role": "admin"}), 409)
    assert members(api)[OWNER]["role"] == "owner"


def test_removed_member_is_shut_out(api: Api) -> None:
    viewer = members(api)[VIEWER]["user_id"]
    assert api.call(VIEWER, "GET", "/tenants/invites/policy").status_code == 200
    api.call(OWNER, "DELETE", f"/tenants/members/{viewer}")
    refused(api.call(VIEWER, "GET", "/tenants/invites/policy"), 403)


def test_invitation_brings_a_new_person(api: Api) -> None:
    issued = invite(api, "Newcomer@acme.example.com")
    session = accept(api, issued["invite_token"])
    assert session.status_code == 201
    assert session.json()["email_verified"] is True
    assert members(api)[NEWCOMER]["role"] == "member"
    refused(accept(api, issued["invite_token"]), 409, "accepted")
    accepted = api.call(ADMIN, "GET", "/tenants/invites?status=accepted").json()["invites"]
    assert [one["accepted_by_user_id"] for one in accepted] == [session.json()["user_id"]]


def test_weak_password_leaves_the_invitation_usable(api: Api) -> None:
    issued = invite(api, NEWCOMER)
    refused(accept(api, issued["invite_token"], "passwordpassword1"), 400)
    assert accept(api, issued["invite_token"]).status_code == 201


def test_invitation_is_for_one_address(api: Api) -> None:
    token = {"token": invite(api, STRANGER)["invite_token"]}
    refused(accept(api, token["token"]), 409, "log in")
    refused(api.call(VIEWER, "POST", "/tenants/invites/accept/current", json=token), 403)
    accepted = api.call(STRANGER, "POST", "/tenants/invites/accept/current", json=token)
    assert (accepted.status_code, accepted.json()["status"]) == (200, "accepted")
    refused(api.call(STRANGER, "POST", "/tenants/invites/accept/current", json=token), 409)
    assert STRANGER in members(api)


def test_revoked_invitation_is_of_no_use(api: Api) -> None:
    issued = invite(api, NEWCOMER)
    path = f"/tenants/invites/{issued['id']}/revoke"
    refused(api.call(STRANGER, "POST", path), 404)
    assert api.call(ADMIN, "POST", path).json()["status"] == "revoked"
    refused(api.call(ADMIN, "POST", path), 409)
    refused(accept(api, issued["invite_token"]), 409, "revoked")


def test_invitation_expires_when_it_says(api: Api) -> None:
    issued, endless = invite(api, NEWCOMER, expires_in_hours=1), invite(api, NEWCOMER, expires_in_hours=None)
    assert endless["expires_at"] is None
    move_clock(api, timedelta(minutes=61))
    refused(accept(api, issued["invite_token"]), 410)
    assert accept(api, endless["invite_token"]).status_code == 201


def test_members_are_not_invited(api: Api) -> None:
    body = {"invited_email": VIEWER, "role": "member"}
    refused(api.call(ADMIN, "POST", "/tenants/invites", json=body), 409)
    assert api.call(ADMIN, "GET", "/tenants/invites").json() == {"invites": [], "total": 0}
