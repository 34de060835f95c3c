"""One's own profile, account, consents and preferences."""

import pytest

from tests.reference_service.support import PASSWORD, Api, refused

OWNER, MEMBER = "owner@acme.example.com", "member@acme.example.com"
PREFERENCE = {"channel": "email", "category": "billing", "enabled": False}


def test_a_profile_changes_in_what_is_given_only(api: Api, acme: dict) -> None:
    before = api.call(MEMBER, "GET", "/users/me").json()["data"]
    changed = api.call(MEMBER, "PATCH", "/users/me/profile", json={"given_name": "Max"}).json()["data"]
    assert changed == {**before, "given_name": "Max"}
    api.call(MEMBER, "PATCH", "/users/me/profile", json={"given_name": None})
    assert api.call(MEMBER, "GET", "/users/me").json()["data"] == before


@pytest.mark.parametrize(("body", "status"), [({}, 400), ({"x": 1}, 400), ({"given_name": ""}, 422)])
def test_what_is_no_change_is_refused(api: Api, acme: dict, body: dict, status: int) -> None:
    refused(api.call(MEMBER, "PATCH", "/users/me/profile", json=body), status)


def test_another_address_has_to_be_verified_and_ends_sessions(api: Api, acme: dict) -> None:
    body = {"current_password": PASSWORD, "new_email": "Moved@acme.example.com"}
    moved = api.call(MEMBER, "PATCH", "/users/me/email", json=body).json()["data"]
    assert (moved["email"], moved["email_verified"]) == ("moved@acme.example.com", False)
    refused(api.call(MEMBER, "GET", "/auth/me"), 401)
    refused(api.login(MEMBER), 401)
    assert api.login("moved@acme.example.com").status_code == 200


def test_an_address_is_taken_or_the_same(api: Api, acme: dict) -> None:
    taken = {"current_password": PASSWORD, "new_email": OWNER.upper()}
    refused(api.call(MEMBER, "PATCH", "/users/me/email", json=taken), 409)
    same = {"current_password": PASSWORD, "new_email": MEMBER.upper()}
    assert (
        api.call(MEMBER, "PATCH", "/users/me/email", json=same).json()["data"]["verification_sent"] is False
    )
    assert api.call(MEMBER, "GET", "/auth/me").status_code == 200


def test_a_closed_account_is_out(api: Api, acme: dict) -> None:
    closed = api.call(MEMBER, "POST", "/users/me/disable", json={"current_password": PASSWORD}).json()["data"]
    assert (closed["disabled"], closed["revoked_sessions"]) == (True, 1)
    refused(api.login(MEMBER), 403, "User is disabled.")


def test_the_last_owner_stays(api: Api, acme: dict) -> None:
    refused(api.call(OWNER, "POST", "/users/me/disable", json={"current_password": PASSWORD}), 409)


def test_a_consent_is_kept_once_for_each_version(api: Api, acme: dict) -> None:
    for version in ("1", "1", "2"):
        body = {"policy_key": "terms", "version": version}
        assert api.call(MEMBER, "POST", "/users/consents", json=body).status_code == 201
    versions = [one["version"] for one in api.call(MEMBER, "GET", "/users/consents").json()]
    assert versions == ["1", "2"]
    assert api.call(OWNER, "GET", "/users/consents").json() == []


def test_a_preference_is_changed_in_place(api: Api, acme: dict, globex: dict) -> None:
    first = api.call(MEMBER, "PUT", "/users/notification-preferences", json=PREFERENCE).json()
    again = api.call(
        MEMBER, "PUT", "/users/notification-preferences", json={**PREFERENCE, "enabled": True}
    ).json()
    assert again == {**first, "enabled": True}
    foreign = {**PREFERENCE, "tenant_id": globex["tenant_id"]}
    refused(api.call(MEMBER, "PUT", "/users/notification-preferences", json=foreign), 403)
    assert api.call(MEMBER, "GET", "/users/notification-preferences").json() == [again]
