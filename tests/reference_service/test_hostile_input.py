"""Input that no client of good will sends: it is refused in the envelope and leaves nothing behind."""

import hashlib
import hmac
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from reference_service.app import create_app
from reference_service.config import Config
from tests.reference_service.support import Api, refused

OWNER, MEMBER = "owner@acme.example.com", "member@acme.example.com"
JSON = {"Content-Type": "application/json"}
DIGITS = "9" * 400


def send(api: Api, method: str, path: str, body: str | bytes, who: str | None = OWNER) -> Any:
    return api.call(who, method, path, content=body, headers=JSON)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/tenants/invites/accept", {"token": "ü", "password": "Marble-Quilt-Zephyr-1"}, 404),
        ("/tenants/invites/accept/current", {"token": "ü"}, 404),
        ("/auth/email/verify", {"token": "0d6fe5ce-8a5e-4c64-9a3c-3c5f6ad5a6aa.ü"}, 400),
        ("/status/subscriptions/verify", {"token": "ü"}, 404),
    ],
)
def test_a_secret_in_another_script_is_a_wrong_one(
    api: Api, acme: dict, path: str, body: dict, status: int
) -> None:
    admin = {"invited_email": "guest@example.com", "role": "member"}
    assert api.call(OWNER, "POST", "/tenants/invites", json=admin).status_code == 201
    refused(api.call(OWNER, "POST", path, json=body), status)


def test_a_mailed_token_with_a_secret_in_another_script_is_a_wrong_one(api: Api, acme: dict) -> None:
    mailed = api.client.post("/api/v1/test-fixtures/password-reset-token", json={"email": MEMBER})
    token = mailed.json()["token"].partition(".")[0] + ".ü"
    body = {"token": token, "new_password": "Marble-Quilt-Zephyr-1"}
    refused(api.client.post("/api/v1/auth/password/confirm", json=body), 400, "invalid or expired")


def test_a_code_in_another_script_is_a_wrong_one(api: Api, acme: dict) -> None:
    method = api.call(MEMBER, "POST", "/auth/mfa/totp/enroll").json()
    body = {"method_id": method["method_id"], "code": "12345\N{FULLWIDTH DIGIT SIX}"}
    refused(api.call(MEMBER, "POST", "/auth/mfa/totp/verify", json=body), 400)


def test_an_invitation_in_another_script_is_a_wrong_one() -> None:
    api = Api(TestClient(create_app(Config(sign_up_policy="invite_only")), raise_server_exceptions=False))
    olga = {"email": "olga@operators.example.com", "password": "Corr3ct-Horse-Battery", "role": "owner"}
    users = [{**olga, "platform_role": "platform_operator"}]
    api.seed({"slug": "operators", "name": "Operators", "users": users})
    assert api.call(olga["email"], "POST", "/auth/invites", json={}).status_code == 201
    body = {
        "email": "new@example.com",
        "password": "Marble-Quilt-Zephyr-1",
        "tenant_name": "Newcomers",
        "accept_terms": True,
        "invite_token": "ü",
    }
    refused(api.client.post("/api/v1/auth/register", json=body), 403, "Invite token is invalid")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (r'"\ud800"', "unpaired surrogates"),
        (DIGITS, "64 bits"),
        ("-" + DIGITS, "64 bits"),
        ("NaN", "finite"),
        ("1e400", "finite"),
    ],
)
@pytest.mark.parametrize("place", ['{"message": "Hi", "context": {"a": [%s]}}', '{"message": %s}'])
def test_values_that_cannot_be_sent_back_are_not_stored(
    api: Api, acme: dict, place: str, value: str, message: str
) -> None:
    answer = send(api, "POST", "/chat", place % value)
    refused(answer, 422)
    assert any(message in detail["msg"] for detail in answer.json()["details"])
    assert api.call(OWNER, "GET", "/conversations").json()["items"] == []


@pytest.mark.parametrize("key", [r'"\ud800"', r'"a\udfff"'])
def test_names_of_fields_are_looked_at_too(api: Api, acme: dict, key: str) -> None:
    refused(send(api, "POST", "/vector-stores", f'{{"name": "Own", "metadata": {{{key}: 1}}}}'), 422)
    assert api.call(OWNER, "GET", "/vector-stores").json()["items"] == []


def test_paired_surrogates_are_one_character(api: Api, acme: dict) -> None:
    assert send(api, "POST", "/chat", r'{"message": "\ud83d\ude00"}').json()["response"].endswith("😀")


def test_deep_bodies_are_read_without_recursion(api: Api, acme: dict) -> None:
    deep = '{"message": "Hi", "context": {"a": %s}}' % ("[" * 900 + r'"\ud800"' + "]" * 900)
    refused(send(api, "POST", "/chat", deep), 422)


def test_a_quantity_of_400_digits_is_refused(api: Api, acme: dict) -> None:
    tenant = f"/billing/tenants/{acme['tenant_id']}"
    assert api.call(OWNER, "POST", f"{tenant}/subscription", json={"plan_code": "pro"}).status_code == 201
    refused(send(api, "POST", f"{tenant}/usage", f'{{"feature_key": "pages", "quantity": {DIGITS}}}'), 422)
    assert api.call(OWNER, "GET", f"{tenant}/usage-totals").json() == []


@pytest.mark.parametrize("stamp", [DIGITS, "-1", "\N{FULLWIDTH DIGIT ONE}", "", "1e9"])
def test_a_strange_time_in_a_signature_of_stripe_is_a_wrong_one(stamp: str) -> None:
    config = Config(stripe_webhook_secret="whsec_test")
    client = TestClient(create_app(config), raise_server_exceptions=False)
    digest = hmac.new(b"whsec_test", f"{stamp}.{{}}".encode(), hashlib.sha256).hexdigest()
    header = f"t={stamp},v1={digest}".encode()
    answer = client.post("/webhooks/stripe", content=b"{}", headers={b"stripe-signature": header})
    refused(answer, 400, "Signature verification failed.")


def test_the_time_in_a_signature_of_stripe_is_read() -> None:
    config = Config(stripe_webhook_secret="whsec_test")
    client = TestClient(create_app(config), raise_server_exceptions=False)
    stamp = int(time.time())
    digest = hmac.new(b"whsec_test", f"{stamp}.{{}}".encode(), hashlib.sha256).hexdigest()
    headers = {"stripe-signature": f"t={stamp},v1={digest}"}
    refused(client.post("/webhooks/stripe", content=b"{}", headers=headers), 400, "Invalid payload.")


@pytest.mark.parametrize(
    "body",
    [b'{"message": "\xff"}', b'{"a":' * 100_000, b'{"message": %s}' % (b"9" * 5_000)],
    ids=["no UTF-8", "too deep", "too many digits"],
)
@pytest.mark.parametrize("path", ["/chat", "/auth/token", "/platform/tenants", "/test-fixtures/apply"])
def test_a_body_that_cannot_be_parsed_is_refused_in_the_envelope(
    api: Api, acme: dict, path: str, body: bytes
) -> None:
    refused(send(api, "POST", path, body), 400, "error parsing the body")


def test_a_body_that_is_no_json_is_invalid(api: Api, acme: dict) -> None:
    refused(send(api, "POST", "/chat", b"{"), 422)
