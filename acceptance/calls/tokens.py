"""JSON Web Tokens (RFC 7519) as they are read without a look at their signature."""

import json
from functools import lru_cache
from typing import Any

import jwt

from acceptance.calls import strict_json


def opened(token: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return header and claims of a token, always the same pair and unverified; None when it is no token."""
    # A token is carried by many calls, and most rules look into it.
    return _opened(token) if isinstance(token, str) else None


@lru_cache(maxsize=1024)
def _opened(token: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    try:
        complete = jwt.decode_complete(token, options={"verify_signature": False})
        header, claims = (strict_json.read(json.dumps(complete[part])) for part in ("header", "payload"))
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    # What is not JSON by the standard is no token that anybody can read.
    return None if header[1] or claims[1] else (header[0], claims[0])
