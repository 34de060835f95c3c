"""Stripe's signature of a delivery (docs.stripe.com/webhooks/signature)."""

import hashlib
import hmac
import re
import time

TOLERANCE_SECONDS = 300
SECONDS = "[0-9]{1,12}"


def is_genuine(header: str, body: bytes, secret: str) -> bool:
    """Whether one of the header's `v1` signatures is that of its timestamp and this body, and is recent."""
    parts = [part.partition("=") for part in header.split(",")]
    stamps = [value for key, _, value in parts if key == "t"]
    if len(stamps) != 1 or re.fullmatch(SECONDS, stamps[0]) is None:
        return False
    if time.time() - int(stamps[0]) > TOLERANCE_SECONDS:
        return False
    expected = hmac.new(secret.encode(), f"{stamps[0]}.".encode() + body, hashlib.sha256).hexdigest()
    given = [value for key, _, value in parts if key == "v1"]
    return any(hmac.compare_digest(expected.encode(), value.encode()) for value in given)
