"""E-mail verification, passwords and second factors."""

from typing import Any

import pyotp
import pytest

from tests.reference_service.support import PASSWORD, Api, refused

OWNER, ADMIN, MEMBER = (f"{role}@acme.example.com" for role in ("owner", "admin", "member"))
BETTER = "Marble-Quilt-Zephyr-1"


def _mailed(api: Api, kind: str, email: str) -> str:
    body = {"email": email}
    token: str = api.client.post(f"/api/v1/test-fixtures/{kind}-token", json=body).json()["token"]
    return token


def _confirm(api: Api, token: str, password: str) -> Any:
    body = {"token": token, "new_password": password}
    return api.client.post("/api/v1/auth/password/confirm", json=body)


def test_a_verification_link_counts_once_and_ends_sessions(api: Api, acme: dict) -> None:
    new: dict[str, Any] = {"email": "new@acme.example.com", "password": PASSWORD, "verify_email": False}
    api.seed({"slug": "acme", "name": "Acme", "users": [new]})
    refused(api.call(new["email"], "GET", "/features"), 403, "verification required")
    body = {"token": _mailed(api, "email-verification", new["email"])}
    assert api.client.post("/api/v1/auth/email/verify", json=body).status_code == 200
    refused(api.client.post("/api/v1/auth/email/verify", json=body), 400)
    refused(api.call(new["email"], "GET", "/auth/me"), 401)
    assert api.login(new["email"]).json()["email_verified"] is True


@pytest.mark.parametrize("token", ["no-dot", "no.dot", "0" * 32 + "." + "0" * 64])
def test_a_link_that_was_not_mailed_counts_never(api: Api, acme: dict, token: str) -> None:
    refused(api.client.post("/api/v1/auth/email/verify", json={"token": token}), 400)
    refused(_confirm(api, token, BETTER), 400)


def test_a_link_for_one_purpose_is_none_for_another(api: Api, acme: dict) -> None:
    token = _mailed(api, "password-reset", OWNER)
    refused(api.client.post("/api/v1/auth/email/verify", json={"token": token}), 400)


def test_a_refused_password_does_not_spend_the_link(api: Api, acme: dict) -> None:
    token = _mailed(api, "password-reset", OWNER)
    refused(_confirm(api, token, PASSWORD), 400, "recently used")
    refused(_confirm(api, token, "passwordpassword1"), 422)
    assert _confirm(api, token, BETTER).status_code == 200
    refused(_confirm(api, token, BETTER + "2"), 400, "invalid or expired")
    assert api.login(OWNER, BETTER).status_code == 200


def _lock(api: Api, email: str) -> None:
    for _ in range(5):
        api.login(email, "Wrong-Quilt-Zephyr-1")
    refused(api.login(email), 423)


def test_a_mailed_link_ends_a_lock(api: Api, acme: dict) -> None:
    _lock(api, MEMBER)
    assert _confirm(api, _mailed(api, "password-reset", MEMBER), BETTER).status_code == 200
    assert api.login(MEMBER, BETTER).status_code == 200


def test_a_reset_by_an_administrator_ends_a_lock(api: Api, acme: dict) -> None:
    _lock(api, MEMBER)
    body = {"user_id": acme["users"][MEMBER]["user_id"], "new_password": BETTER}
    assert api.call(OWNER, "POST", "/auth/password/reset", json=body).status_code == 200
    assert api.login(MEMBER, BETTER).status_code == 200


def test_a_refused_reset_leaves_the_lock(api: Api, acme: dict) -> None:
    _lock(api, MEMBER)
    refused(_confirm(api, _mailed(api, "password-reset", MEMBER), PASSWORD), 400, "recently used")
    refused(api.login(MEMBER), 423)


def test_a_new_password_forgets_failed_sign_ins(api: Api, acme: dict) -> None:
    for _ in range(4):
        api.login(MEMBER, "Wrong-Quilt-Zephyr-1")
    assert _confirm(api, _mailed(api, "password-reset", MEMBER), BETTER).status_code == 200
    refused(api.login(MEMBER), 401)
    assert api.login(MEMBER, BETTER).status_code == 200


def test_a_changed_password_ends_sessions(api: Api, acme: dict) -> None:
    body = {"current_password": PASSWORD, "new_password": BETTER}
    refused(
        api.call(MEMBER, "POST", "/auth/password/change", json={**body, "current_password": "wrong-one"}), 401
    )
    assert api.call(MEMBER, "POST", "/auth/password/change", json=body).status_code == 200
    refused(api.call(MEMBER, "GET", "/auth/me"), 401)
    refused(api.login(MEMBER), 401)


def test_the_last_five_passwords_are_not_taken_again(api: Api, acme: dict) -> None:
    for number in range(4):
        token = _mailed(api, "password-reset", OWNER)
        assert _confirm(api, token, f"{BETTER}{number}").status_code == 200
    refused(_confirm(api, _mailed(api, "password-reset", OWNER), PASSWORD), 400, "recently used")


@pytest.mark.parametrize(
    ("by", "to", "status"),
    [(ADMIN, MEMBER, 200), (ADMIN, OWNER, 403), (OWNER, ADMIN, 200), (MEMBER, ADMIN, 403)],
)
def test_nobody_resets_the_password_of_somebody_above(
    api: Api, acme: dict, by: str, to: str, status: int
) -> None:
    body = {"user_id": acme["users"][to]["user_id"], "new_password": BETTER}
    assert api.call(by, "POST", "/auth/password/reset", json=body).status_code == status
    assert api.login(to, BETTER if status == 200 else PASSWORD).status_code == 200


def test_nobody_resets_a_password_in_another_tenant(api: Api, acme: dict, globex: dict) -> None:
    body = {"user_id": acme["users"][MEMBER]["user_id"], "new_password": BETTER}
    refused(api.call("owner@globex.example.com", "POST", "/auth/password/reset", json=body), 404)


@pytest.fixture
def app(api: Api, acme: dict) -> dict[str, str]:
    """The owner's confirmed authenticator app."""
    app: dict[str, str] = api.call(OWNER, "POST", "/auth/mfa/totp/enroll", params={"label": "Phone"}).json()
    body = {"method_id": app["method_id"], "code": pyotp.TOTP(app["secret"]).now()}
    assert api.call(OWNER, "POST", "/auth/mfa/totp/verify", json=body).status_code == 200
    return app


def _complete(api: Api, app: dict[str, str], challenge: str, code: str) -> Any:
    body = {"challenge_token": challenge, "method_id": app["method_id"], "code": code}
    return api.client.post("/api/v1/auth/mfa/complete", json=body)


def test_a_code_opens_one_session(api: Api, app: dict) -> None:
    asked = api.login(OWNER)
    assert asked.status_code == 202
    code = pyotp.TOTP(app["secret"]).now()
    assert _complete(api, app, asked.json()["challenge_token"], code).status_code == 200
    refused(_complete(api, app, asked.json()["challenge_token"], code), 401, "used already")
    refused(_complete(api, app, api.login(OWNER).json()["challenge_token"], code), 401, "Invalid MFA code.")


def test_a_recovery_code_opens_one_session(api: Api, app: dict) -> None:
    codes = api.call(OWNER, "POST", "/auth/mfa/recovery/regenerate").json()["codes"]
    assert len(set(codes)) == 10
    assert _complete(api, app, api.login(OWNER).json()["challenge_token"], codes[0]).status_code == 200
    refused(_complete(api, app, api.login(OWNER).json()["challenge_token"], codes[0]), 401)


def test_a_recovery_code_confirms_no_app(api: Api, app: dict) -> None:
    codes = api.call(OWNER, "POST", "/auth/mfa/recovery/regenerate").json()["codes"]
    body = {"method_id": app["method_id"], "code": codes[0]}
    refused(api.call(OWNER, "POST", "/auth/mfa/totp/verify", json=body), 422)


def test_an_access_token_is_no_challenge(api: Api, app: dict) -> None:
    session = api.login(MEMBER).json()
    refused(_complete(api, app, session["access_token"], pyotp.TOTP(app["secret"]).now()), 401)


def test_a_removed_app_is_asked_for_no_more(api: Api, app: dict) -> None:
    refused(api.call(MEMBER, "DELETE", f"/auth/mfa/{app['method_id']}"), 404)
    assert api.call(OWNER, "DELETE", f"/auth/mfa/{app['method_id']}").status_code == 200
    assert api.login(OWNER).status_code == 200
