"""What we sign, Stripe's own verifier accepts, and nothing else."""

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from api_service.subjects.billing.stripe_events import SIGNATURE_SECONDS, signature

SECRET = "whsec_example"


def verify(body: bytes, header: str, secret: str = SECRET) -> None:
    stripe.WebhookSignature.verify_header(body.decode(), header, secret, SIGNATURE_SECONDS)


@given(body=st.text(), secret=st.text().map("whsec_{}".format))
def test_stripe_accepts_what_we_sign(body: str, secret: str) -> None:
    verify(body.encode(), signature(body.encode(), secret), secret)


def test_stripe_refuses_another_secret() -> None:
    with pytest.raises(stripe.SignatureVerificationError):
        verify(b"{}", signature(b"{}", "whsec_other"))


def test_stripe_refuses_a_changed_body() -> None:
    with pytest.raises(stripe.SignatureVerificationError):
        verify(b"[]", signature(b"{}", SECRET))


def test_stripe_refuses_a_stale_signature() -> None:
    with pytest.raises(stripe.SignatureVerificationError, match="tolerance"):
        verify(b"{}", signature(b"{}", SECRET, SIGNATURE_SECONDS + 5))
