"""The contact form."""

from uuid import UUID

from pydantic import EmailStr, Field

from reference_service.models.base import RequestModel, ResponseModel


class ContactSubmissionRequest(RequestModel):
    """What somebody wants to tell us; `honeypot` is a field that people do not see and robots fill in."""

    email: EmailStr
    message: str = Field(min_length=10, max_length=2000)
    name: str | None = Field(None, max_length=120)
    company: str | None = Field(None, max_length=120)
    topic: str | None = Field(None, max_length=80)
    honeypot: str | None = Field(None, max_length=64)


class ContactSubmissionResponse(ResponseModel):
    """What became of the message."""

    reference_id: UUID
    delivered: bool
    message_id: str | None
    suppressed: bool
