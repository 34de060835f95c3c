"""The double of an OpenID Connect provider."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from fastapi.testclient import TestClient

from provider_doubles import oidc

VERIFIER = "v" * 64
BACK = "https://service.example.com/back"
ASKED = {
    "response_type": "code",
    "client_id": "service",
    "redirect_uri": BACK,
    "scope": "openid email",
    "state": "state-1",
    "nonce": "nonce-1",
    "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .decode()
    .rstrip("="),
    "code_challenge_method": "S256",
    "login_hint": "ann@example.com",
}


@pytest.fixture
def provider() -> Iterator[TestClient]:
    with TestClient(oidc.create_app(), follow_redirects=False) as client:
        yield client


def _authorize(provider: TestClient, **changes: str) -> dict[str, str]:
    sent_back = provider.get("/authorize", params={**ASKED, **changes})
    assert sent_back.status_code == 302
    return dict(parse_qsl(urlsplit(sent_back.headers["location"]).query))


def _trade(provider: TestClient, code: str, **changes: str) -> Any:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return provider.post("/token", data={**form, **changes})


def _claims(provider: TestClient, token: str) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(provider.get("/jwks").json())
    claims: dict[str, Any] = jwt.decode(
        token, keys.keys[0], algorithms=["RS256"], audience="service", issuer="http://testserver"
    )
    return claims


def test_discovery_says_where_everything_is(provider: TestClient) -> None:
    document = provider.get("/.well-known/openid-configuration").json()
    assert document["token_endpoint"] == f"{document['issuer']}/token"


def test_the_hinted_person_comes_back_with_a_code_for_their_identity(provider: TestClient) -> None:
    sent_back = _authorize(provider)
    assert sent_back["state"] == "state-1"
    claims = _claims(provider, _trade(provider, sent_back["code"]).json()["id_token"])
    assert (claims["email"], claims["nonce"]) == ("ann@example.com", "nonce-1")


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "another"},
        {"redirect_uri": "https://elsewhere.example.com"},
        {"client_id": "another"},
    ],
)
def test_a_code_is_traded_by_whom_it_was_given(provider: TestClient, changes: dict[str, str]) -> None:
    assert _trade(provider, _authorize(provider)["code"], **changes).status_code == 400


def test_a_code_is_traded_once(provider: TestClient) -> None:
    code = _authorize(provider)["code"]
    assert _trade(provider, code).status_code == 200
    assert _trade(provider, code).status_code == 400


@pytest.mark.parametrize("flaw", ["expired", "forged", "for another service", "of another provider"])
def test_a_flawed_identity_token_does_not_verify(provider: TestClient, flaw: str) -> None:
    token = _trade(provider, _authorize(provider, flaw=flaw)["code"]).json()["id_token"]
    with pytest.raises(jwt.PyJWTError):
        _claims(provider, token)


def test_a_token_of_another_sign_in_has_another_nonce(provider: TestClient) -> None:
    token = _trade(provider, _authorize(provider, flaw="of another sign-in")["code"]).json()["id_token"]
    assert _claims(provider, token)["nonce"] != ASKED["nonce"]


def test_an_unknown_flaw_or_a_missing_challenge_is_refused(provider: TestClient) -> None:
    assert provider.get("/authorize", params={**ASKED, "flaw": "unheard of"}).status_code == 400
    assert provider.get("/authorize", params={**ASKED, "code_challenge": ""}).status_code == 422
