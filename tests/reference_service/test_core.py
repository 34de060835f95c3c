"""What every area stands on: envelopes, headers, configuration, paging, limits, health, keys, metrics."""

import json

import jwt
import pytest

from reference_service.config import Config, ConfigError
from reference_service.errors import ApiError
from reference_service.export import contract_text
from reference_service.limits import Quota, RateLimits
from reference_service.metrics import Metrics
from reference_service.paging import cursor_page
from tests.reference_service.support import Api, refused


def test_every_response_is_stamped(api: Api) -> None:
    first, second = api.client.get("/health"), api.client.get("/nowhere")
    assert first.headers["X-Correlation-ID"] != second.headers["X-Correlation-ID"]
    assert float(second.headers["X-Process-Time"]) >= 0


def test_an_unknown_path_is_answered_by_the_router(api: Api) -> None:
    response = api.client.get("/api/v1/nowhere")
    assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})


def test_a_foreign_host_is_refused(api: Api) -> None:
    response = api.client.get("/health", headers={"Host": "elsewhere.example.com"})
    assert (response.status_code, response.text) == (400, "Invalid host header")


def test_browsers_of_the_product_may_call_with_every_method(api: Api) -> None:
    asked = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "PATCH"}
    answer = api.client.options("/api/v1/auth/token", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert api.client.options("/health", headers={**asked, "Origin": "http://x.example"}).status_code == 400


def test_a_validation_error_does_not_echo_the_password(api: Api) -> None:
    response = api.client.post("/api/v1/auth/token", json={"email": "a@example.com", "password": "short77"})
    refused(response, 422, "Request validation failed.")
    assert response.json()["details"][0]["loc"] == ["body", "password"]
    assert "short77" not in response.text


def test_a_form_where_json_is_expected_is_a_validation_error(api: Api) -> None:
    refused(api.client.post("/api/v1/auth/token", data={"email": "a@example.com"}), 422)


def test_a_crash_leaves_in_the_envelope(api: Api) -> None:
    def crash() -> None:
        raise RuntimeError("secret detail")

    api.client.app.add_api_route("/crash", crash, tags=["health"])  # type: ignore[attr-defined]
    response = api.client.get("/crash")
    refused(response, 500, "Internal server error.")
    assert "secret detail" not in response.text
    assert response.headers["X-Correlation-ID"]


@pytest.mark.parametrize(("path", "status"), [("", "healthy"), ("/ready", "ready"), ("/storage", "healthy")])
def test_health(api: Api, path: str, status: str) -> None:
    body = api.client.get(f"/health{path}").json()
    assert body["status"] == status
    assert body["timestamp"].endswith("Z")
    assert body["uptime"] >= 0


def test_published_keys_verify_tokens_and_are_cached(api: Api, acme: dict) -> None:
    token = api.login("owner@acme.example.com").json()["access_token"]
    response = api.client.get("/.well-known/jwks.json")
    keys = {key["kid"]: jwt.PyJWK(key) for key in response.json()["keys"]}
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="agent-api", issuer="api-service")
    assert claims["tenant_id"] == acme["tenant_id"]
    assert response.headers["Cache-Control"] == "public, max-age=300"
    again = api.client.get("/.well-known/jwks.json", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_metrics_count_what_happened(api: Api, acme: dict) -> None:
    before = api.client.get("/metrics")
    assert before.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "# TYPE jwt_signings_total counter" in before.text
    assert "jwt_signings_total{" not in before.text
    api.login("owner@acme.example.com")
    after = api.client.get("/metrics").text
    assert 'jwt_signings_total{result="success",token_use="access"} 1.0' in after
    assert 'jwt_signing_duration_seconds_count{token_use="access"} 1.0' in after


def test_configuration_is_read_from_the_environment() -> None:
    config = Config.from_environment(
        {"REFERENCE_SIGN_UP_POLICY": "approval", "REFERENCE_BILLING": "false", "REFERENCE_LIMIT_CHAT": "2"}
    )
    assert (config.sign_up_policy, config.billing) == ("approval", False)
    assert config.quotas["chat"].limit == 2
    assert Config.from_environment({"PATH": "x"}) == Config()


@pytest.mark.parametrize(
    "setting",
    ["BILLING=maybe", "ACCESS_TOKEN_MINUTES=soon", "SIGN_UP_POLICY=none", "LIMIT_X=1", "BILING=true"],
)
def test_a_bad_setting_is_named(setting: str) -> None:
    name, value = f"REFERENCE_{setting}".split("=")
    with pytest.raises(ConfigError, match=name):
        Config.from_environment({name: value})


def test_a_list_is_paged_by_cursor_in_either_direction() -> None:
    items = list(range(5))
    for descending in (False, True):
        seen: list[int] = []
        cursor: str | None = None
        for _ in range(3):
            page, cursor = cursor_page(
                items, key=lambda i: (i,), limit=2, cursor=cursor, bound_to="n", descending=descending
            )
            seen += page
        assert seen == sorted(items, reverse=descending)
        assert cursor is None


def test_a_cursor_of_another_list_and_garbage_are_refused() -> None:
    _, cursor = cursor_page([1, 2], key=lambda i: (i,), limit=1, cursor=None, bound_to="one")
    for bad in (cursor, "%%%", "bm90IGpzb24=", ""):
        with pytest.raises(ApiError) as refusal:
            cursor_page([1, 2], key=lambda i: (i,), limit=1, cursor=bad, bound_to="other")
        assert refusal.value.status == 400


def test_a_quota_is_counted_per_key_and_says_when_to_come_back() -> None:
    limits = RateLimits({"few": Quota(2, 60), "lifted": Quota(0, 60)}, Metrics())
    for _ in range(2):
        limits.hit("few", "a")
        limits.hit("lifted", "a")
    limits.hit("lifted", "a")
    limits.hit("few", "b")
    with pytest.raises(ApiError) as refusal:
        limits.hit("few", "a")
    assert refusal.value.status == 429
    assert 0 < int((refusal.value.headers or {})["Retry-After"]) <= 60


def test_a_slot_is_free_again_after_use() -> None:
    limits = RateLimits({"one": Quota(1, 60)}, Metrics())
    release = limits.hold_slot("one", "a")
    with pytest.raises(ApiError):
        limits.hold_slot("one", "a")
    limits.hold_slot("one", "b")
    release()
    limits.hold_slot("one", "a")


def test_the_contract_is_deterministic_and_declares_one_error() -> None:
    document = json.loads(contract_text())
    assert contract_text() == contract_text()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert all(set(op["responses"]) - {"default"} for op in operations)
    assert {json.dumps(op["responses"]["default"]) for op in operations} == {
        '{"$ref": "#/components/responses/Error"}'
    }
    assert all(len(operation["tags"]) == 1 for operation in operations)
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert {"/metrics", "/.well-known/jwks.json", "/v1/smoke_test/"} <= set(document["paths"])


@pytest.mark.parametrize(
    ("method", "path", "role", "scope"),
    [
        ("get", "/api/v1/conversations", "viewer", "conversations:read"),
        ("delete", "/api/v1/conversations/{conversation_id}", "admin", "conversations:delete"),
        ("get", "/api/v1/activity", "admin", "activity:read"),
        ("get", "/api/v1/platform/tenants", "operator", "platform:operator"),
        ("get", "/api/v1/users/me", None, None),
    ],
)
def test_contract_says_who_may(api: Api, method: str, path: str, role: str | None, scope: str | None) -> None:
    operation = api.client.get("/openapi.json").json()["paths"][path][method]
    assert operation["security"] == [{"Bearer": []}]
    assert (operation.get("x-minimum-role"), operation.get("x-scope")) == (role, scope)


def test_contract_says_where_a_token_is_optional(api: Api) -> None:
    paths = api.client.get("/openapi.json").json()["paths"]
    assert paths["/api/v1/status/subscriptions"]["post"]["security"] == [{}, {"Bearer": []}]
    assert "security" not in paths["/api/v1/auth/token"]["post"]
