"""Seeding test data."""

from typing import Any

import pytest

from tests.reference_service.support import PASSWORD, Api, refused

ANNA = {"email": "anna@seed.example.com", "password": PASSWORD, "role": "owner", "display_name": "Anna"}
TENANT: dict[str, Any] = {
    "slug": "seed",
    "name": "Seed",
    "plan_code": "pro",
    "users": [ANNA],
    "conversations": [
        {"key": "plans", "user_email": ANNA["email"], "messages": [{"role": "user", "text": "Hello"}]}
    ],
    "usage": [{"feature_key": "messages", "quantity": 3, "period_start": "2026-01-01T00:00:00Z"}],
    "usage_counters": [{"period_start": "2026-01-01", "requests": 2, "user_email": ANNA["email"]}],
    "assets": [{"key": "chart", "asset_type": "image", "filename": "chart.png", "conversation_key": "plans"}],
}


def store(api: Api) -> Any:
    return api.client.app.state.runtime.store  # type: ignore[attr-defined]


def test_seeding_again_changes_no_identifier_and_adds_nothing(api: Api) -> None:
    first = api.seed(TENANT)
    assert api.seed(TENANT) == first
    for table in ("users", "conversations", "usage_records", "usage_counters", "assets", "subscriptions"):
        assert len(list(getattr(store(api), table))) == 1, table


def test_seeding_again_restores_people_and_messages(api: Api) -> None:
    api.seed(TENANT)
    user = next(iter(store(api).users))
    user.status, user.platform_role, user.email_verified = "disabled", "platform_operator", False
    conversation = next(iter(store(api).conversations))
    conversation.messages, conversation.display_name = [], "Kept title"
    api.seed(TENANT)
    assert (user.status, user.platform_role, user.email_verified) == ("active", None, True)
    assert [message.content for message in conversation.messages] == ["Hello"]
    assert conversation.display_name == "Kept title"
    assert api.login(ANNA["email"]).status_code == 200


def test_a_suspended_tenant_stays_suspended(api: Api) -> None:
    api.seed(TENANT)
    tenant = next(iter(store(api).tenants))
    tenant.status = "suspended"
    api.seed({**TENANT, "name": "Renamed"})
    assert (tenant.status, tenant.name) == ("suspended", "Renamed")


def test_the_same_keys_in_two_tenants_are_two_things(api: Api) -> None:
    one, two = api.seed(TENANT), api.seed({**TENANT, "slug": "other"})
    assert one["conversations"]["plans"] != two["conversations"]["plans"]
    assert one["assets"]["chart"] != two["assets"]["chart"]
    assert one["users"] == two["users"]


@pytest.mark.parametrize(
    "change",
    [
        {"plan_code": "gold"},
        {"conversations": [{"key": "k", "user_email": "stranger@seed.example.com"}], "assets": []},
        {"conversations": [{"key": "k"}, {"key": "k"}], "assets": []},
        {"conversations": []},
        {"usage_counters": [{"period_start": "2026-01-01", "user_email": "stranger@seed.example.com"}]},
    ],
)
def test_a_broken_reference_is_refused_before_anything_changes(api: Api, change: dict) -> None:
    broken = {**TENANT, **change}
    refused(api.client.post("/api/v1/test-fixtures/apply", json={"tenants": [broken]}), 400)
    assert list(store(api).tenants) == []
    assert list(store(api).users) == []


def test_an_empty_specification_is_refused(api: Api) -> None:
    refused(api.client.post("/api/v1/test-fixtures/apply", json={"tenants": []}), 400)
    refused(api.client.post("/api/v1/test-fixtures/apply", json={"tenants": [{"slug": ""}]}), 422)


def test_verification_tokens_are_for_known_unverified_people(api: Api) -> None:
    api.seed({**TENANT, "users": [{**ANNA, "verify_email": False}]})
    path = "/api/v1/test-fixtures/email-verification-token"
    created = api.client.post(path, json={"email": ANNA["email"]})
    assert created.status_code == 201
    identifier, secret = created.json()["token"].split(".")
    assert (len(identifier), len(secret)) == (32, 64)
    refused(api.client.post(path, json={"email": "nobody@seed.example.com"}), 400)
    api.seed(TENANT)
    refused(api.client.post(path, json={"email": ANNA["email"]}), 400)


def test_reset_tokens_are_for_known_people(api: Api) -> None:
    result = api.seed(TENANT)
    path = "/api/v1/test-fixtures/password-reset-token"
    created = api.client.post(path, json={"email": ANNA["email"]}).json()
    assert created["user_id"] == result["users"][ANNA["email"]]["user_id"]
    refused(api.client.post(path, json={"email": "nobody@seed.example.com"}), 400)
