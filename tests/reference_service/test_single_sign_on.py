"""Single sign-on through the double of a provider."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from provider_doubles import oidc
from provider_doubles.serving import running
from reference_service.app import create_app
from reference_service.config import Config
from tests.reference_service.support import Api, refused

START, CALLBACK = "/api/v1/auth/sso/google/start", "/api/v1/auth/sso/google/callback"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running(oidc.create_app()) as url:
        yield url


@pytest.fixture
def api(issuer: str) -> Api:
    config = Config(sso_issuer_url=issuer, sso_tenant="acme", sso_domains=("acme.example.com",))
    return Api(TestClient(create_app(config), raise_server_exceptions=False))


def _visit_provider(api: Api, email: str, flaw: str = "") -> dict[str, str]:
    """Start, sign in at the provider, and return what the provider sends the person back with."""
    url = api.client.post(START, json={"tenant_slug": "acme", "login_hint": email}).json()["authorize_url"]
    sent_back = httpx.get(f"{url}&flaw={flaw}").headers["location"]
    return {name: values[0] for name, values in parse_qs(urlsplit(sent_back).query).items()}


def test_a_member_signs_in_with_the_provider(api: Api, acme: dict) -> None:
    email = "member@acme.example.com"
    session = api.client.post(CALLBACK, json=_visit_provider(api, email)).json()
    assert session["user_id"] == acme["users"][email]["user_id"]


def test_somebody_new_from_a_welcome_domain_becomes_a_member(api: Api, acme: dict) -> None:
    session = api.client.post(CALLBACK, json=_visit_provider(api, "new@acme.example.com")).json()
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    profile = api.client.get("/api/v1/users/me", headers=bearer).json()["data"]
    assert (profile["role"], profile["email_verified"]) == ("member", True)


def test_a_stranger_is_turned_away(api: Api, acme: dict) -> None:
    refused(api.client.post(CALLBACK, json=_visit_provider(api, "new@elsewhere.example.com")), 403)


def test_a_state_is_good_once_and_for_its_provider(api: Api, acme: dict) -> None:
    answer = _visit_provider(api, "member@acme.example.com")
    refused(api.client.post(CALLBACK.replace("google", "other"), json=answer), 400)
    assert api.client.post(CALLBACK, json=answer).status_code == 200
    refused(api.client.post(CALLBACK, json=answer), 400)


@pytest.mark.parametrize("flaw", oidc.FLAWS)
def test_a_flawed_identity_token_proves_nothing(api: Api, acme: dict, flaw: str) -> None:
    expected = 400 if flaw == "of another sign-in" else 401
    refused(api.client.post(CALLBACK, json=_visit_provider(api, "member@acme.example.com", flaw)), expected)


def test_a_code_that_the_provider_does_not_know_is_its_failure(api: Api, acme: dict) -> None:
    answer = _visit_provider(api, "member@acme.example.com")
    refused(api.client.post(CALLBACK, json={**answer, "code": "invented"}), 503)


def test_only_the_configured_tenant_has_the_provider(api: Api, acme: dict, globex: dict) -> None:
    providers = {
        slug: api.client.get("/api/v1/auth/sso/providers", params={"tenant_slug": slug}).json()["providers"]
        for slug in ("acme", "globex")
    }
    assert [provider["provider_key"] for provider in providers["acme"]] == ["google"]
    assert providers["globex"] == []
    refused(api.client.post(START, json={"tenant_slug": "globex"}), 403)


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 409), ({"tenant_slug": "nobody"}, 409), ({"tenant_slug": "acme", "tenant_id": "x"}, 400)],
)
def test_a_start_names_one_tenant(api: Api, acme: dict, body: dict, status: int) -> None:
    refused(api.client.post(START, json=body), status)
