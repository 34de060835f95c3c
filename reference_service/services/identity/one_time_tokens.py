"""Tokens that prove the reach of a mailbox: made, and redeemed once."""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from reference_service.errors import ApiError
from reference_service.records.identity import OneTimeToken, TokenPurpose, User
from reference_service.runtime import Runtime


def create(runtime: Runtime, user: User, purpose: TokenPurpose) -> OneTimeToken:
    """A fresh token; earlier ones stay valid until they expire."""
    lifetimes = {
        "email_verification": runtime.config.email_token_minutes,
        "password_reset": runtime.config.password_token_minutes,
    }
    expires_at = runtime.clock.now() + timedelta(minutes=lifetimes[purpose])
    return runtime.store.one_time_tokens.insert(
        OneTimeToken(user.id, purpose, secrets.token_hex(32), expires_at)
    )


def valid(runtime: Runtime, text: str, purpose: TokenPurpose) -> OneTimeToken:
    """The unused, unexpired token of this text; 400 otherwise. The caller sets `used_at` once it is spent."""
    label = "Verification" if purpose == "email_verification" else "Password reset"
    identifier, dot, secret = text.partition(".")
    if not dot:
        raise ApiError(400, f"{label} token is malformed.")
    try:
        token = runtime.store.one_time_tokens.get(UUID(identifier))
    except ValueError:
        token = None
    fresh = token and token.purpose == purpose and not token.used_at
    if not token or not fresh or token.expires_at <= runtime.clock.now():
        raise ApiError(400, f"{label} token is invalid or expired.")
    if not hmac.compare_digest(token.secret.encode(), secret.encode()):
        raise ApiError(400, f"{label} token is invalid or expired.")
    return token
