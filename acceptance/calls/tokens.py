"""JSON Web Tokens (RFC 7519) as they are read without a look at their signature."""

from functools import lru_cache
from typing import Any

import jwt


def opened(token: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return header and claims of a token, always the same pair and unverified; None when it is no token."""
    # A token is carried by many calls, and most rules look into it.
    return _opened(token) if isinstance(token, str) else None


@lru_cache(maxsize=1024)
def _opened(token: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    try:
        complete = jwt.decode_complete(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return None
    return complete["header"], complete["payload"]
