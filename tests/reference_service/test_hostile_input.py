"""Input that no client of good will sends: it is refused in the envelope and leaves nothing behind."""

import base64
import hashlib
import hmac
import time
from typing import Any
from urllib.parse import quote

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


def test_a_body_that_is_no_json_is_invalid(api: Api, acme: dict) -> None:
    refused(send(api, "POST", "/chat", b"{"), 422)


@pytest.mark.parametrize("depth", [101, 300, 900])
def test_what_could_not_be_sent_back_for_its_depth_is_not_stored(api: Api, acme: dict, depth: int) -> None:
    for nested in ("[" * depth + "]" * depth, '{"a": ' * depth + "1" + "}" * depth):
        refused(send(api, "POST", "/containers", f'{{"name": "Own", "metadata": {{"a": {nested}}}}}'), 422)
    assert api.call(OWNER, "GET", "/containers").json()["items"] == []


@pytest.mark.parametrize("path", ["/activity", "/conversations", "/workflows", "/workflows/runs", "/agents"])
@pytest.mark.parametrize("content", ["[" * 20_000, "[1e999, 1]", '"' * 3, "1" * 5_000])
def test_a_cursor_of_nobody_is_refused(api: Api, acme: dict, path: str, content: str) -> None:
    cursor = base64.urlsafe_b64encode(content.encode()).decode()
    refused(api.call(OWNER, "GET", path, params={"cursor": cursor}), 400, "Invalid cursor")


def test_numbers_of_5000_digits_name_nothing(api: Api, acme: dict, operator: dict) -> None:
    digits = "9" * 5_000
    assert api.call(OWNER, "POST", "/chat", json={"message": "Hi"}).status_code == 200
    [conversation] = api.call(OWNER, "GET", "/conversations").json()["items"]
    message = f"/conversations/{conversation['conversation_id']}/messages/{digits}"
    refused(api.call(OWNER, "DELETE", message), 400, "must be an integer")
    settings: dict[str, Any] = {"billing_contacts": [], "flags": {}, "plan_metadata": {}}
    refused(api.call(OWNER, "PUT", "/tenants/settings", json=settings, headers={"If-Match": digits}), 400)
    page = {"cursor": digits}
    refused(api.call("olga@operators.example.com", "GET", "/status/subscriptions", params=page), 400)


MOMENTS = ["0001-01-01T00:00:00", "9998-12-31T23:59:59", "2026-01-01", "0001-01-01T00:00:00+14:00"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_without_a_zone_or_far_away_spoil_no_later_answer(api: Api, acme: dict, moment: str) -> None:
    usage = [{"feature_key": "pages", "quantity": 1, "period_start": moment}]
    changes = {"plan_code": "pro", "usage": usage, "billing_clock": moment}
    api.seed({"slug": "acme", "name": "Acme", **changes})
    tenant = f"/billing/tenants/{acme['tenant_id']}"
    body = {"feature_key": "words", "quantity": 1, "period_start": moment}
    assert api.call(OWNER, "POST", f"{tenant}/usage", json=body).status_code == 202
    for path in ("subscription", "usage-totals", f"usage-totals?period_start={moment.replace('+', '%2B')}"):
        assert api.call(OWNER, "GET", f"{tenant}/{path}").status_code == 200
    assert api.call(OWNER, "POST", f"{tenant}/subscription/cancel", json={}).status_code == 200


@pytest.mark.parametrize("field", ["period_start", "billing_clock"])
def test_a_period_must_fit_into_the_calendar(api: Api, acme: dict, field: str) -> None:
    last = {field: "9999-12-31T23:59:59Z"}
    usage = [{"feature_key": "pages", "quantity": 1, **last}] if field == "period_start" else []
    tenant = {"slug": "acme", "name": "Acme", "plan_code": "pro", "usage": usage, **last}
    refused(api.client.post("/api/v1/test-fixtures/apply", json={"tenants": [tenant]}), 422)


@pytest.mark.parametrize("name", ["..", ".", "../vector_stores", "?", "a/b", "\n", "%", "x" * 70_000])
def test_the_name_of_a_file_leads_nowhere_else_at_the_provider(api: Api, acme: dict, name: str) -> None:
    store = api.call(OWNER, "POST", "/vector-stores", json={"name": "Own"}).json()
    files = f"/vector-stores/{store['id']}/files"
    refused(api.call(OWNER, "POST", files, json={"file_id": name}), 400, "no such file")
    if len(name) < 10 and not name.startswith("."):
        assert api.call(OWNER, "DELETE", f"{files}/{quote(name, safe='')}").status_code in (204, 404)


@pytest.mark.parametrize("target", ["https://\u217a.example.com", "https://example.com/ü"])
def test_a_webhook_that_is_no_url_is_refused(api: Api, operator: dict, target: str) -> None:
    body = {"channel": "webhook", "target": target}
    refused(api.call("olga@operators.example.com", "POST", "/status/subscriptions", json=body), 400, "HTTPS")
