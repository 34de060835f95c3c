"""Signing in, refreshing, and the order in which guards refuse."""

from datetime import timedelta
from typing import Annotated, Any

import jwt
import pytest
from fastapi import Depends

from reference_service.config import Config
from reference_service.security.callers import Caller, tenant_caller
from tests.reference_service.support import PASSWORD, Api, refused, runtime_of

OWNER = "owner@acme.example.com"


@pytest.fixture
def guarded(api: Api, acme: dict) -> Api:
    """The service with an operation that only admins of an active tenant may call."""

    async def admins_only(_: Annotated[Caller, Depends(tenant_caller("admin"))], number: int) -> int:
        return number

    for method in ("GET", "POST"):
        api.client.app.add_api_route("/api/v1/guarded", admins_only, methods=[method], tags=["health"])  # type: ignore[attr-defined]
    return api


def test_a_session_says_whose_it_is(api: Api, acme: dict) -> None:
    session = api.login(OWNER.upper()).json()
    assert session["user_id"] == acme["users"][OWNER]["user_id"]
    assert session["expires_at"].endswith("Z")
    claims = api.call(OWNER, "GET", "/auth/me").json()["data"]["token_payload"]
    assert claims["roles"] == ["owner"]
    assert "billing:manage" in claims["scope"].split()


def test_wrong_credentials_are_refused_alike(api: Api, acme: dict) -> None:
    refused(api.login(OWNER, "not-this-password"), 401, "Invalid email or password.")
    refused(api.login("nobody@acme.example.com"), 401, "Invalid email or password.")


def test_five_failures_lock_the_account_until_it_is_seeded_again(api: Api, acme: dict) -> None:
    for _ in range(4):
        refused(api.login(OWNER, "not-this-password"), 401)
    refused(api.login(OWNER, "not-this-password"), 423, "repeated failures")
    refused(api.login(OWNER), 423, "Account is locked.")
    refused(api.login(OWNER, "not-this-password"), 423, "Account is locked.")
    api.seed({"slug": "acme", "name": "Acme", "users": [{"email": OWNER, "password": PASSWORD}]})
    assert api.login(OWNER).status_code == 200


def test_failures_from_one_network_are_limited_there_only(api: Api, acme: dict) -> None:
    here, there = {"X-Forwarded-For": "203.0.113.7, 10.0.0.1"}, {"X-Forwarded-For": "203.0.113.8"}
    wrong = {"email": "nobody@acme.example.com", "password": "not-this-password"}
    for _ in range(50):
        refused(api.client.post("/api/v1/auth/token", json=wrong, headers=here), 401)
    blocked = api.client.post("/api/v1/auth/token", json=wrong, headers=here)
    refused(blocked, 429, "Too many login attempts")
    assert int(blocked.headers["Retry-After"]) > 0
    refused(api.client.post("/api/v1/auth/token", json=wrong, headers=there), 401)


def test_people_of_several_tenants_choose_one(api: Api, acme: dict) -> None:
    other = api.seed({"slug": "two", "name": "Two", "users": [{"email": OWNER, "password": PASSWORD}]})
    refused(api.login(OWNER), 400, "Tenant context required")
    refused(api.login(OWNER, "not-this-password"), 401)
    refused(api.login(OWNER, tenant_id="nonsense"), 401, "Invalid tenant identifier")
    assert api.login(OWNER, tenant_id=other["tenant_id"]).json()["tenant_id"] == other["tenant_id"]


def test_refreshing_keeps_the_session_and_spends_the_token(api: Api, acme: dict) -> None:
    session = api.login(OWNER).json()
    spent = {"refresh_token": session["refresh_token"]}
    renewed = api.client.post("/api/v1/auth/refresh", json=spent).json()
    assert renewed["session_id"] == session["session_id"]
    assert renewed["refresh_token"] != session["refresh_token"]
    refused(api.client.post("/api/v1/auth/refresh", json=spent), 401, "revoked or expired")
    bearer = {"Authorization": f"Bearer {renewed['access_token']}"}
    refused(api.client.get("/api/v1/auth/me", headers=bearer), 401)


def test_only_refresh_tokens_refresh(api: Api, acme: dict) -> None:
    session = api.login(OWNER).json()
    for token in ("garbage", session["access_token"]):
        refused(api.client.post("/api/v1/auth/refresh", json={"refresh_token": token}), 401)


@pytest.mark.parametrize("header", [{}, {"Authorization": "Basic abc"}])
def test_without_a_bearer_nobody_is_authenticated(api: Api, header: dict) -> None:
    response = api.client.get("/api/v1/auth/me", headers=header)
    refused(response, 401, "Not authenticated")
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "change",
    [
        {"aud": ["elsewhere"]},
        {"iss": "elsewhere"},
        {"exp": 1},
        {"nbf": 4102444800},
        {"exp": None},
        {"iat": None},
        {"jti": None},
    ],
)
def test_a_well_signed_token_is_refused_for_what_it_says(api: Api, acme: dict, change: dict) -> None:
    claims = {**api.call(OWNER, "GET", "/auth/me").json()["data"]["token_payload"], **change}
    key = runtime_of(api).tokens._active
    present = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode(present, key.private, "EdDSA", headers={"kid": key.kid})
    response = api.client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"})
    refused(response, 401, "Could not validate credentials")


def test_forged_and_other_tokens_are_refused(api: Api, acme: dict) -> None:
    session = api.login(OWNER).json()
    for token in (session["access_token"][:-4] + "AAAA", session["refresh_token"], "x.y.z"):
        response = api.client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"})
        refused(response, 401, "Could not validate credentials")


def test_a_challenge_is_no_access_token(api: Api, acme: dict) -> None:
    claims = api.call(OWNER, "GET", "/auth/me").json()["data"]["token_payload"]
    challenge, _ = runtime_of(api).tokens.sign({**claims, "token_use": "mfa_challenge"}, timedelta(minutes=1))
    response = api.client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {challenge}"})
    refused(response, 401, "Access token required.")


def test_a_disabled_person_is_kept_out_everywhere(api: Api, acme: dict) -> None:
    assert api.call(OWNER, "GET", "/auth/me").status_code == 200
    refresh = {"refresh_token": api.login(OWNER).json()["refresh_token"]}
    runtime_of(api).store.users.find(lambda user: user.email == OWNER).status = "disabled"
    refused(api.call(OWNER, "GET", "/auth/me"), 401)
    refused(api.login(OWNER), 403, "User is disabled.")
    refused(api.client.post("/api/v1/auth/refresh", json=refresh), 403)


def test_guards_refuse_before_the_input_is_checked(guarded: Api) -> None:
    refused(guarded.call(None, "GET", "/guarded?number=x"), 401)
    refused(guarded.call("member@acme.example.com", "GET", "/guarded?number=x"), 403, "privileges")
    refused(guarded.call(OWNER, "GET", "/guarded?number=x"), 422)
    assert guarded.call(OWNER, "GET", "/guarded?number=7").json() == 7


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"X-Tenant-Id": "other"}, "Tenant mismatch"),
        ({"X-Tenant-Role": "owner"}, "exceeds privileges"),
        ({"X-Tenant-Role": "viewer"}, "Insufficient tenant privileges"),
        ({"X-Operator-Override": "true", "X-Operator-Reason": "support"}, "Operator override"),
    ],
)
def test_headers_only_confirm_or_reduce(guarded: Api, headers: dict, message: str) -> None:
    refused(guarded.call("admin@acme.example.com", "GET", "/guarded?number=1", headers=headers), 403, message)


def test_an_unverified_person_is_kept_out(guarded: Api) -> None:
    new: dict[str, Any] = {"email": "new@acme.example.com", "password": PASSWORD, "verify_email": False}
    guarded.seed({"slug": "acme", "name": "Acme", "users": [new]})
    refused(guarded.call(new["email"], "GET", "/guarded?number=1"), 403, "Email verification required.")


def test_a_suspended_tenant_is_closed_but_an_operator_may_read_it(guarded: Api, operator: dict) -> None:
    olga, override = (
        "olga@operators.example.com",
        {"X-Operator-Override": "on", "X-Operator-Reason": "ticket"},
    )
    runtime = runtime_of(guarded)
    runtime.store.tenants.find(lambda tenant: tenant.slug == "operators").status = "suspended"
    refused(guarded.call(olga, "GET", "/guarded?number=1"), 403, "Tenant account is suspended.")
    assert guarded.call(olga, "GET", "/guarded?number=1", headers=override).status_code == 200
    refused(guarded.call(olga, "POST", "/guarded?number=1", headers=override), 403, "read-only")
    override["X-Operator-Reason"] = " "
    refused(guarded.call(olga, "GET", "/guarded?number=1", headers=override), 400)


def test_a_demoted_or_removed_person_loses_access_at_once(guarded: Api) -> None:
    admin = "admin@acme.example.com"
    assert guarded.call(admin, "GET", "/guarded?number=1").status_code == 200
    runtime = runtime_of(guarded)
    user = runtime.store.users.find(lambda u: u.email == admin)
    member: Any = runtime.store.memberships.find(lambda m: m.user_id == user.id)
    member.role = "member"
    refused(guarded.call(admin, "GET", "/guarded?number=1"), 403, "privileges")
    runtime.store.memberships.delete(member.id)
    refused(guarded.call(admin, "GET", "/guarded?number=1"), 403, "not a member")


class TestWithoutFixtures:
    @pytest.fixture
    def config(self) -> Config:
        return Config(test_fixtures=False)

    def test_seeding_does_not_exist(self, api: Api) -> None:
        response = api.client.post("/api/v1/test-fixtures/apply", json={})
        assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})
