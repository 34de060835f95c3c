"""Log records of clients."""

from typing import Any, Literal

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel

MOST_FIELDS = 32


class FrontendLogPayload(RequestModel):
    """One thing that a client reports."""

    event: str = Field(max_length=128)
    scope: str | None = Field(None, max_length=64)
    level: str = Field("info", max_length=16)
    message: str | None = Field(None, max_length=2048)
    timestamp: str | None = Field(None, max_length=64)
    fields: dict[str, Any] = Field(default_factory=dict, max_length=MOST_FIELDS)


class FrontendLogIngestResponse(ResponseModel):
    """The record is taken."""

    accepted: Literal[True] = True
