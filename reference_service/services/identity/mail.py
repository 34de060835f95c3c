"""The mails that carry a person's one-time tokens."""

from reference_service.clients.delivery import send_mail
from reference_service.records.identity import User
from reference_service.runtime import Runtime
from reference_service.services.identity import one_time_tokens


async def send_verification(runtime: Runtime, user: User) -> None:
    """Mail the link that verifies the person's address."""
    token = one_time_tokens.create(runtime, user, "email_verification")
    link = f"{runtime.config.public_url}/verify-email?token={token.text}"
    await send_mail(runtime, user.email, "Verify your email address", link, "email_verification")


async def send_password_reset(runtime: Runtime, user: User) -> None:
    """Mail the link that lets the person set a new password."""
    token = one_time_tokens.create(runtime, user, "password_reset")
    link = f"{runtime.config.public_url}/reset-password?token={token.text}"
    await send_mail(runtime, user.email, "Reset your password", link, "password_reset")
