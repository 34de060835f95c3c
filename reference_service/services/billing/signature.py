"""Stripe's signature of a delivery (docs.stripe.com/webhooks/signature)."""

import hashlib
import hmac
import time

from reference_service.numbers import whole_number

TOLERANCE_SECONDS = 300


def is_genuine(header: str, body: bytes, secret: str) -> bool:
    """Whether one of the header's `v1` signatures is that of its timestamp and this body, and is recent."""
    parts = [part.partition("=") for part in header.split(",")]
    stamps = [value for key, _, value in parts if key == "t"]
    moment = whole_number(stamps[0]) if len(stamps) == 1 else None
    if moment is None or time.time() - moment > TOLERANCE_SECONDS:
        return False
    expected = hmac.new(secret.encode(), f"{stamps[0]}.".encode() + body, hashlib.sha256).hexdigest()
    given = [value for key, _, value in parts if key == "v1"]
    return any(hmac.compare_digest(expected.encode(), value.encode()) for value in given)
