"""E-mail verification, passwords and second factors."""

from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.identity.sign_up import StrongPassword

CurrentPassword = Annotated[str, Field(min_length=8)]
# Judged by the operation, which knows the person: weak or used lately is a 400 there.
NewPassword = Annotated[str, Field(min_length=14)]
AppCode = Annotated[str, Field(min_length=6, max_length=8)]
# A recovery code is longer than one of an app.
AnyCode = Annotated[str, Field(min_length=6, max_length=10)]


class EmailVerificationStatusData(ResponseModel):
    """Whether the person's address is verified."""

    email_verified: bool


class EmailVerificationConfirmRequest(RequestModel):
    """The token from the verification mail."""

    token: str = Field(min_length=1)


class PasswordForgotRequest(RequestModel):
    """Whose password is forgotten."""

    email: EmailStr


class PasswordResetConfirmRequest(RequestModel):
    """The token from the reset mail and the new password."""

    token: str = Field(min_length=1)
    new_password: StrongPassword


class PasswordChangeRequest(RequestModel):
    """The old password and the new one."""

    current_password: CurrentPassword
    new_password: NewPassword


class PasswordResetRequest(RequestModel):
    """Whom an admin gives a new password."""

    user_id: UUID
    new_password: NewPassword


class TotpEnrollResponse(ResponseModel):
    """What an authenticator app needs to be told once."""

    secret: str
    method_id: UUID
    otpauth_url: str


class TotpVerifyRequest(RequestModel):
    """A code that proves the app was set up."""

    method_id: UUID
    code: AppCode


class MfaChallengeCompleteRequest(RequestModel):
    """The second half of a sign-in: a code of the app, or a recovery code."""

    challenge_token: str = Field(min_length=10)
    method_id: UUID
    code: AnyCode


class RecoveryCodesResponse(ResponseModel):
    """Codes that each open one session without the app; shown this once."""

    codes: list[str]
