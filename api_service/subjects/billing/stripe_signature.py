"""Stripe's signature scheme for webhook deliveries (docs.stripe.com/webhooks/signature)."""

import hashlib
import hmac

TOLERANCE = 300
"""Seconds for which a receiver should take a signature as recent."""


def signature(body: bytes, secret: str, at: int) -> str:
    """Return the `Stripe-Signature` header of a body signed at a moment (Unix seconds)."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"
