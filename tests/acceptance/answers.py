"""Answers of an imagined service, for the tests of what is said about answers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt

from acceptance.calls.exchange import Call, Exchange
from acceptance.contract import semantics_files
from acceptance.contract.document import Operation

NOW = "2026-03-01T12:00:00Z"
EARLIER, LATER, LONG_AGO = "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z", "2020-01-01T00:00:00Z"
DATE = "Sun, 01 Mar 2026 12:00:00 GMT"
TENANT = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
OTHER = "0e37df36-f698-41e6-8dd4-78ed3c3b1d2a"
THIRD = "b7c6a1de-27ac-4b8e-9a52-6b1f1b0f0c3d"
HEADERS = {"date": DATE, "x-correlation-id": OTHER, "x-process-time": "0.004"}
SEMANTICS = semantics_files.load(Path("contract/semantics"))
KEY = "a-key-of-thirty-two-bytes-or-more"


def answer(  # noqa: PLR0913 (an answer has that many sides)
    operation: str,
    body: Any = None,
    status: int = 200,
    *,
    sent: Any = None,
    values: Mapping[str, Any] | None = None,
    query: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    person: str = "Alice",
    tenant: str | None = TENANT,
    token: str | None = None,
    media_type: str = "application/json",
) -> Exchange:
    """Return a finished exchange as the suite would hand it to a rule."""
    method, path = operation.split()
    path = path if path.startswith(("/health", "/.well-known", "/webhooks")) else f"/api/v1{path}"
    call = Call(person, method, path, values or {}, sent, query or {}, token=token, account=tenant)
    return Exchange(
        Operation(method, path, "area", {str(status if status < 300 else 200): {}}, semantics=SEMANTICS),
        call,
        path,
        "request-1",
        status=status,
        headers={**HEADERS, "content-type": media_type, **(headers or {})},
        body=body,
    )


def token(use: str = "access", **claims: Any) -> str:
    """Return a token with the claims that a sign-in gives it."""
    said = {"sub": f"user:{OTHER}", "tenant_id": TENANT, "sid": THIRD, "email_verified": True, **claims}
    said |= {"scope": "tools:read", "exp": 1772370000, "token_use": use, "jti": f"{use}-1"}
    return jwt.encode(said, KEY, headers={"kid": "key-1"})


def refused(status: int, error: str, message: str = "No.", details: Any = None) -> dict[str, Any]:
    """Return the envelope of a refusal."""
    return {"success": False, "error": error, "message": message, "details": details}
