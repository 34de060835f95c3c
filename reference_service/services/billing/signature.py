"""Stripe's signature of a delivery (docs.stripe.com/webhooks/signature)."""

import hashlib
import hmac
import time

TOLERANCE_SECONDS = 300


def is_genuine(header: str, body: bytes, secret: str) -> bool:
    """Whether one of the header's `v1` signatures is that of its timestamp and this body, and is recent."""
    parts = [part.partition("=") for part in header.split(",")]
    stamps = [value for key, _, value in parts if key == "t"]
    if len(stamps) != 1 or not stamps[0].isdecimal() or time.time() - int(stamps[0]) > TOLERANCE_SECONDS:
        return False
    expected = hmac.new(secret.encode(), f"{stamps[0]}.".encode() + body, hashlib.sha256).hexdigest()
    given = [value for key, _, value in parts if key == "v1"]
    return any(hmac.compare_digest(expected.encode(), value.encode()) for value in given)
