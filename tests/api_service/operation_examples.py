"""Tokens, and answers of single operations, right and wrong."""

from typing import Any

from jwt import decode

from acceptance.calls.exchange import Exchange
from tests.acceptance.answers import LATER, OTHER, TENANT, THIRD, answer, token

LINK = {"upload_url": "memory://b/t/o/a.txt", "method": "PUT", "bucket": "b", "object_key": "t/o/a.txt"}
INVOICE = {"amount_due_cents": 6, "currency": "usd"}
LINE = {"amount_cents": 6, "unit_amount_cents": 3, "quantity": 2, "currency": "usd"}
CLAIMS = decode(token(), options={"verify_signature": False})
SIGN_IN = {
    "access_token": token(),
    "refresh_token": token("refresh"),
    "token_type": "bearer",
    "expires_at": LATER,
    "refresh_expires_at": LATER,
    "kid": "key-1",
    "refresh_kid": "key-1",
    "scopes": ["tools:read"],
    "tenant_id": TENANT,
    "user_id": OTHER,
    "session_id": THIRD,
    "email_verified": True,
}
SIGNING_KEY = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "1", "x": "x" * 43}
CACHED = {"cache-control": "public, max-age=300", "etag": '"a"'}


def keys(*shown: dict[str, Any], **headers: str) -> Exchange:
    return answer("GET /.well-known/jwks.json", {"keys": list(shown)}, headers={**CACHED, **headers})


def thumbnails(*items: str) -> Exchange:
    body = {"items": [{"asset_id": item} for item in items], "missing_asset_ids": ["b"]}
    return answer("POST /assets/thumbnail-urls", body, sent={"asset_ids": ["a", "b"]})


def delivered(mail: str | None) -> Exchange:
    body = {"data": {"suppressed": False, "delivered": True, "message_id": mail}}
    return answer("POST /contact", body, 202, sent={})


def sessions(current: bool, tenant: str = TENANT) -> Exchange:
    shown = [{"id": THIRD, "current": current, "tenant_id": tenant}, {"id": OTHER, "current": False}]
    return answer("GET /auth/sessions", {"sessions": shown, "total": 2}, token=token())


CASES: list[tuple[str, Exchange, Exchange]] = [
    (
        "tokens say what the answer says",
        answer("POST /auth/token", SIGN_IN),
        answer("POST /auth/token", {**SIGN_IN, "user_id": THIRD}),
    ),
    (
        "tokens say what the answer says",
        answer("POST /auth/token", SIGN_IN),
        answer("POST /auth/token", {**SIGN_IN, "refresh_expires_at": "2026-03-01T14:00:00Z"}),
    ),
    (
        "token type",
        answer("POST /auth/token", SIGN_IN),
        answer("POST /auth/token", {**SIGN_IN, "token_type": "mac"}),
    ),
    (
        "token type",
        answer("POST /auth/token", SIGN_IN),
        answer("POST /auth/token", {**SIGN_IN, "access_token": token("refresh")}),
    ),
    (
        "caller is who the token says",
        answer("GET /users/me", {"data": {"user_id": OTHER}}, token=token()),
        answer("GET /users/me", {"data": {"user_id": THIRD}}, token=token()),
    ),
    ("current session", sessions(current=True), sessions(current=False)),
    ("fixed value", answer("GET /health", {"status": "healthy"}), answer("GET /health", {"status": "ready"})),
    ("signing keys", keys(SIGNING_KEY), keys(SIGNING_KEY, SIGNING_KEY)),
    ("signing keys", keys(SIGNING_KEY), keys({**SIGNING_KEY, "use": "enc"})),
    ("signed link", answer("POST /u", LINK, sent={}), answer("POST /u", {**LINK, "method": "GET"}, sent={})),
    (
        "signed link",
        answer("POST /u", LINK, sent={}),
        answer("POST /u", {**LINK, "object_key": "t/p/a.txt"}, sent={}),
    ),
    (
        "signed link",
        answer("POST /u", {**LINK, "headers": {"Content-Type": "a/b"}}, sent={"mime_type": "a/b"}),
        answer("POST /u", {**LINK, "headers": {"Content-Type": "a/c"}}, sent={"mime_type": "a/b"}),
    ),
    (
        "signed link",
        answer(
            "GET /u",
            {"download_url": "https://s/o?X-Amz-Expires=9", "method": "GET", "expires_in_seconds": 9},
        ),
        answer(
            "GET /u",
            {"download_url": "https://s/o?X-Amz-Expires=9", "method": "GET", "expires_in_seconds": 8},
        ),
    ),
    ("thumbnails account for every asset", thumbnails("a"), thumbnails("a", "c")),
    (
        "invoice adds up",
        answer("POST /upcoming-invoice", {**INVOICE, "lines": [LINE]}),
        answer("POST /upcoming-invoice", {**INVOICE, "lines": [LINE, LINE]}),
    ),
    (
        "invoice adds up",
        answer("POST /upcoming-invoice", {**INVOICE, "lines": [LINE]}),
        answer("POST /upcoming-invoice", {**INVOICE, "lines": [{**LINE, "quantity": 3}]}),
    ),
    (
        "sign up policy",
        answer("GET /p", {"policy": "public", "invite_required": False, "request_access_enabled": False}),
        answer("GET /p", {"policy": "invite_only", "invite_required": False, "request_access_enabled": True}),
    ),
    (
        "features build on each other",
        answer("GET /features", {"billing_enabled": True, "billing_stream_enabled": True}),
        answer("GET /features", {"billing_enabled": False, "billing_stream_enabled": True}),
    ),
    (
        "authenticator",
        answer("POST /e", {"secret": "S", "otpauth_url": "otpauth://totp/a:b?secret=S&issuer=a"}, 201),
        answer("POST /e", {"secret": "T", "otpauth_url": "otpauth://totp/a:b?secret=S&issuer=a"}, 201),
    ),
    (
        "recovery codes",
        answer("POST /c", {"codes": [f"code-{n}" for n in range(10)]}),
        answer("POST /c", {"codes": ["code"] * 10}),
    ),
    (
        "contact",
        answer("POST /contact", {"data": {"suppressed": False, "delivered": False}}, 202, sent={}),
        answer("POST /contact", {"data": {"suppressed": True, "delivered": False}}, 202, sent={}),
    ),
    (
        "tools of agents are tools",
        answer("GET /tools", {"tool_names": ["a", "b"], "per_agent": {"triage": ["a"]}}),
        answer("GET /tools", {"tool_names": ["b"], "per_agent": {"triage": ["a"]}}),
    ),
    (
        "fixed value",
        answer("POST /activity/mark-all-read", {"unread_count": 0}),
        answer("POST /activity/mark-all-read", {"unread_count": False}),
    ),
    ("signing keys", keys(SIGNING_KEY), keys({**SIGNING_KEY, "x": "x" * 42})),
    (
        "authenticator",
        answer("POST /e", {"secret": "S", "otpauth_url": "otpauth://totp/a:b?secret=S&issuer=a"}, 201),
        answer("POST /e", {"secret": "S", "otpauth_url": "otpauth://totp/a:b?secret=S&issuer=c"}, 201),
    ),
    ("contact", delivered("mail-1"), delivered(None)),
    (
        "caller is who the token says",
        answer("GET /auth/me", {"data": {"token_payload": CLAIMS}}, token=token()),
        answer("GET /auth/me", {"data": {"token_payload": {"sub": OTHER}}}, token=token()),
    ),
    ("current session", sessions(current=True), sessions(current=True, tenant=OTHER)),
]
