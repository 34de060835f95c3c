"""Mails that people would get. Nothing is sent: test fixtures hand out what they would contain."""

from reference_service import one_time_tokens
from reference_service.records.identity import User
from reference_service.runtime import Runtime


def send_verification(runtime: Runtime, user: User) -> None:
    """Make the token of a verification mail."""
    one_time_tokens.create(runtime, user, "email_verification")
    runtime.metrics.count("email_delivery_attempts_total", kind="email_verification", result="success")


def send_password_reset(runtime: Runtime, user: User) -> None:
    """Make the token of a password mail."""
    one_time_tokens.create(runtime, user, "password_reset")
    runtime.metrics.count("email_delivery_attempts_total", kind="password_reset", result="success")
