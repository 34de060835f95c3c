"""Founding a tenant, asking for access and being invited, under each policy."""

from typing import Any

import pytest

from reference_service.config import Config
from tests.reference_service.support import PASSWORD, Api, refused

OLGA = "olga@operators.example.com"
FORM: dict[str, Any] = {
    "email": "rosa@bakery.example.com",
    "password": PASSWORD,
    "tenant_name": "Bakery",
    "accept_terms": True,
}
ASKING = {
    "email": "quentin@quince.example.com",
    "organization": "Quince",
    "full_name": "Quentin Q",
    "accept_terms": True,
}


def _register(api: Api, **changes: Any) -> Any:
    return api.client.post("/api/v1/auth/register", json={**FORM, **changes})


def test_who_registers_owns_a_tenant_and_is_not_verified(api: Api) -> None:
    session = _register(api).json()
    assert (session["tenant_slug"], session["email_verified"]) == ("bakery", False)
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    assert api.client.get("/api/v1/users/me", headers=bearer).json()["data"]["role"] == "owner"


def test_a_taken_slug_gets_a_suffix(api: Api) -> None:
    _register(api)
    other = _register(api, email="tina@bakery.example.com").json()
    assert other["tenant_slug"].startswith("bakery-")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"password": "passwordpassword1"}, 422),
        ({"accept_terms": False}, 422),
        ({"plan_code": "gold"}, 404),
        ({"tenant_name": "B"}, 422),
    ],
)
def test_what_the_form_does_not_take_founds_nothing(api: Api, changes: dict, status: int) -> None:
    refused(_register(api, **changes), status)
    refused(api.login(FORM["email"]), 401)


def test_an_address_registers_once(api: Api) -> None:
    _register(api)
    refused(_register(api), 409, "already registered")


def test_registrations_from_one_domain_are_limited(api: Api) -> None:
    for number in range(20):
        headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        form = {**FORM, "email": f"r{number}@bakery.example.com"}
        assert api.client.post("/api/v1/auth/register", json=form, headers=headers).status_code == 201
    refused(_register(api, email="one-more@bakery.example.com"), 429)


def test_a_decided_request_brings_an_invitation_once(api: Api, operator: dict) -> None:
    api.client.post("/api/v1/auth/request-access", json=ASKING)
    request = api.call(OLGA, "GET", "/auth/signup-requests").json()["requests"][0]
    path = f"/auth/signup-requests/{request['id']}"
    decision = api.call(OLGA, "POST", f"{path}/approve", json={}).json()
    assert decision["invite"]["invited_email"] == ASKING["email"]
    refused(api.call(OLGA, "POST", f"{path}/reject", json={}), 409)


def test_a_honeypot_stores_nothing(api: Api, operator: dict) -> None:
    response = api.client.post("/api/v1/auth/request-access", json={**ASKING, "honeypot": "x"})
    assert response.status_code == 202
    assert api.call(OLGA, "GET", "/auth/signup-requests").json()["total"] == 0


def test_only_operators_invite(api: Api, acme: dict) -> None:
    refused(api.call("owner@acme.example.com", "POST", "/auth/invites", json={}), 403, "scopes")


class TestByInvitation:
    @pytest.fixture
    def config(self) -> Config:
        return Config(sign_up_policy="invite_only")

    def _invite(self, api: Api, **changes: Any) -> dict[str, Any]:
        invite: dict[str, Any] = api.call(OLGA, "POST", "/auth/invites", json=changes).json()
        return invite

    def test_an_invitation_is_needed_and_good_once(self, api: Api, operator: dict) -> None:
        refused(_register(api), 403, "required")
        token = self._invite(api)["invite_token"]
        assert _register(api, invite_token=token).status_code == 201
        refused(_register(api, email="tina@bakery.example.com", invite_token=token), 403, "no longer active")
        assert api.call(OLGA, "GET", "/auth/invites").json()["invites"][0]["status"] == "exhausted"

    def test_an_invitation_may_be_for_one_address(self, api: Api, operator: dict) -> None:
        token = self._invite(api, invited_email="ida@elsewhere.example.com")["invite_token"]
        refused(_register(api, invite_token=token), 403, "different email")

    def test_a_revoked_or_unknown_invitation_is_worth_nothing(self, api: Api, operator: dict) -> None:
        invite = self._invite(api)
        assert api.call(OLGA, "POST", f"/auth/invites/{invite['id']}/revoke").json()["status"] == "revoked"
        refused(_register(api, invite_token=invite["invite_token"]), 403, "no longer active")
        refused(_register(api, invite_token="unknown"), 403, "invalid")


class TestByApproval:
    @pytest.fixture
    def config(self) -> Config:
        return Config(sign_up_policy="approval")

    def test_the_invitation_must_answer_a_request(self, api: Api, operator: dict) -> None:
        token = api.call(OLGA, "POST", "/auth/invites", json={}).json()["invite_token"]
        refused(_register(api, invite_token=token), 403, "approved invite")
        api.client.post("/api/v1/auth/request-access", json={**ASKING, "email": FORM["email"]})
        request = api.call(OLGA, "GET", "/auth/signup-requests").json()["requests"][0]
        approved = api.call(OLGA, "POST", f"/auth/signup-requests/{request['id']}/approve", json={}).json()
        assert _register(api, invite_token=approved["invite"]["invite_token"]).status_code == 201
