"""Tokens of service accounts."""

from typing import Any

import jwt
import pytest

from tests.reference_service.support import Api, refused

OWNER, MEMBER = "owner@acme.example.com", "member@acme.example.com"
ISSUE = "/api/v1/auth/service-accounts/issue"
PIPELINE = {"Authorization": "Bearer dev-demo"}
TOKENS = "/auth/service-accounts/tokens"


def _issue(api: Api, tenant: dict[str, Any], headers: dict[str, str] = PIPELINE, **changes: Any) -> Any:
    body = {"account": "analytics-batch", "scopes": ["conversations:read"], "tenant_id": tenant["tenant_id"]}
    return api.client.post(ISSUE, json={**body, **changes}, headers=headers)


def _jti(response: Any) -> str:
    claims = jwt.decode(response.json()["refresh_token"], options={"verify_signature": False})
    jti: str = claims["jti"]
    return jti


def test_the_token_in_force_is_handed_out_until_another_is_forced(api: Api, acme: dict) -> None:
    first = _issue(api, acme)
    assert _jti(_issue(api, acme)) == _jti(first)
    assert _jti(_issue(api, acme, force=True)) != _jti(first)
    revoked = api.call(OWNER, "GET", TOKENS, params={"status": "revoked"}).json()["items"]
    assert [(item["jti"], item["revoked_reason"]) for item in revoked] == [(_jti(first), "replaced")]


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "nobody"},
        {"scopes": []},
        {"scopes": ["billing:manage"]},
        {"tenant_id": None},
        {"account": "demo-bot"},
        {"account": "synthetic-monitor", "scopes": ["tools:read"], "lifetime_minutes": 1441},
    ],
)
def test_what_the_catalog_does_not_grant_is_refused(api: Api, acme: dict, changes: dict) -> None:
    refused(_issue(api, acme, **changes), 400)


@pytest.mark.parametrize(
    ("header", "status"), [("Bearer x", 401), ("Basic dev-demo", 401), ("Bearer vault:x", 503), (None, 422)]
)
def test_only_pipelines_are_issued_tokens(api: Api, acme: dict, header: str | None, status: int) -> None:
    refused(_issue(api, acme, headers={"Authorization": header} if header else {}), status)


def test_an_account_asks_five_times_a_minute(api: Api, acme: dict, globex: dict) -> None:
    for _ in range(5):
        assert _issue(api, acme).status_code == 201
    refused(_issue(api, acme), 429)
    assert _issue(api, globex).status_code == 201


def test_an_admin_issues_for_their_own_account(api: Api, acme: dict, globex: dict) -> None:
    body = {"account": "billing-worker", "scopes": ["billing:read"], "reason": "Nightly reconciliation"}
    path = "/auth/service-accounts/browser-issue"
    assert api.call(OWNER, "POST", path, json=body).json()["tenant_id"] == acme["tenant_id"]
    refused(api.call(OWNER, "POST", path, json={**body, "tenant_id": globex["tenant_id"]}), 403)
    refused(api.call(MEMBER, "POST", path, json=body), 403)


def test_a_token_is_within_reach_of_its_tenant_only(api: Api, acme: dict, globex: dict) -> None:
    jti = _jti(_issue(api, acme))
    other = "owner@globex.example.com"
    refused(api.call(other, "POST", f"{TOKENS}/{jti}/revoke", json={}), 404)
    assert api.call(other, "GET", TOKENS).json()["total"] == 0
    assert api.call(OWNER, "POST", f"{TOKENS}/{jti}/revoke", json={"reason": "spare"}).status_code == 200
    assert api.call(OWNER, "GET", TOKENS).json()["total"] == 0


def test_operators_see_tokens_of_no_account(api: Api, acme: dict, operator: dict) -> None:
    _issue(api, acme, account="demo-bot", scopes=["chat:write"], tenant_id=None)
    listed = api.call("olga@operators.example.com", "GET", TOKENS, params={"include_global": True}).json()
    assert [item["account"] for item in listed["items"]] == ["demo-bot"]
    assert api.call(OWNER, "GET", TOKENS, params={"include_global": True}).json()["total"] == 0


def test_a_machine_is_no_person(api: Api, acme: dict) -> None:
    token = _issue(api, acme).json()["refresh_token"]
    refused(api.client.post("/api/v1/auth/refresh", json={"refresh_token": token}), 401, "malformed")
    refused(api.client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"}), 401)
