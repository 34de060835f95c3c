"""Answers that keep or break the rules about envelopes and headers."""

from typing import Any

from acceptance.calls.exchange import Exchange
from tests.acceptance.answers import TENANT, answer, refused

SIGNING_KEY = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "1", "x": "x" * 43}
CACHED = {"cache-control": "public, max-age=300", "etag": '"a"'}


def keys(*shown: dict[str, Any], **headers: str) -> Exchange:
    return answer("GET /.well-known/jwks.json", {"keys": list(shown)}, headers={**CACHED, **headers})


def limited(message: str, **headers: str) -> Exchange:
    body = refused(429, "TooManyRequests", message)
    return answer("POST /contact", body, 429, sent={}, headers=headers)


def stream(media_type: str = "text/event-stream", **headers: str) -> Exchange:
    return answer("POST /chat/stream", None, media_type=media_type, headers=headers)


def download(**headers: str) -> Exchange:
    return answer("GET /openai/files/{file_id}/download", None, values={"file_id": "f"}, headers=headers)


def settings(etag: str) -> Exchange:
    return answer("GET /tenants/settings", {"version": 3, "tenant_id": TENANT}, headers={"etag": etag})


CASES: list[tuple[str, Exchange, Exchange]] = [
    (
        "error name fits status",
        answer("GET /usage", refused(404, "NotFound"), 404),
        answer("GET /usage", refused(404, "Unauthorized"), 404),
    ),
    (
        "error name fits status",
        answer("POST /chat", refused(402, "usage_policy_configuration_error"), 402),
        answer("POST /chat", refused(402, "usage_limit_exceeded"), 402),
    ),
    (
        "error has a message",
        answer("GET /usage", refused(403, "Forbidden"), 403),
        answer("GET /usage", refused(403, "Forbidden", ""), 403),
    ),
    (
        "success flag",
        answer("POST /auth/logout/all", {"success": True, "message": "Done.", "data": None}),
        answer("POST /auth/logout/all", {"success": False, "message": "Done.", "data": None}),
    ),
    (
        "success flag",
        answer("GET /usage", refused(403, "Forbidden"), 403),
        answer("GET /usage", {**refused(403, "Forbidden"), "success": True}, 403),
    ),
    (
        "validation names the part",
        answer("POST /chat", refused(422, "ValidationError", details=[{"loc": ["body", "message"]}]), 422),
        answer("POST /chat", refused(422, "ValidationError", details=[{"loc": ["message"]}]), 422),
    ),
    (
        "validation names the part",
        answer("POST /chat", refused(422, "HTTPException"), 422),
        answer("POST /chat", refused(422, "ValidationError", details=[]), 422),
    ),
    (
        "bearer challenge",
        answer(
            "GET /usage",
            refused(401, "Unauthorized", "Not authenticated"),
            401,
            headers={"www-authenticate": "Bearer"},
        ),
        answer("GET /usage", refused(401, "Unauthorized", "Not authenticated"), 401),
    ),
    (
        "bearer challenge",
        answer("POST /auth/token", refused(401, "Unauthorized", "Invalid email or password."), 401),
        answer("GET /usage", refused(401, "Unauthorized", "Could not validate credentials"), 401),
    ),
    ("retry after", limited("Too many messages.", **{"retry-after": "60"}), limited("Too many messages.")),
    (
        "retry after",
        limited("Too many pending requests from this IP."),
        limited("No.", **{"retry-after": "soon"}),
    ),
    (
        "correlation id",
        answer("GET /usage", []),
        answer("GET /usage", [], headers={"x-correlation-id": "7"}),
    ),
    ("process time", answer("GET /usage", []), answer("GET /usage", [], headers={"x-process-time": ""})),
    ("signing keys can be cached", keys(SIGNING_KEY), keys(SIGNING_KEY, etag="a")),
    ("signing keys can be cached", keys(SIGNING_KEY), keys(SIGNING_KEY, **{"cache-control": "no-store"})),
    ("settings version is the entity tag", settings('"3"'), settings('"2"')),
    ("event stream is not cached", stream(**{"cache-control": "no-cache"}), stream()),
    (
        "download is an attachment",
        download(
            **{"content-disposition": "attachment; filename=a", "cache-control": "private, max-age=300"}
        ),
        download(**{"content-disposition": "inline", "cache-control": "private"}),
    ),
    (
        "download is an attachment",
        download(**{"content-disposition": "attachment", "cache-control": "private"}),
        download(**{"content-disposition": "attachment", "cache-control": "public, max-age=300"}),
    ),
    (
        "error name fits status",
        answer("POST /chat", refused(422, "HTTPException"), 422),
        answer("POST /chat", refused(403, "HTTPException"), 403),
    ),
]
