"""Metered usage and its totals."""

from datetime import datetime

from pydantic import Field

from reference_service.models.base import Moment, RequestModel, ResponseModel


class UsageRecordRequest(RequestModel):
    """How much of a feature was used; the same idempotency key counts once."""

    feature_key: str
    quantity: int = Field(gt=0)
    idempotency_key: str | None = None
    period_start: Moment | None = None
    period_end: Moment | None = None


class UsageTotalResponse(ResponseModel):
    """How much of a feature was used in a window of time."""

    feature_key: str
    unit: str
    quantity: int = Field(ge=0)
    window_start: datetime
    window_end: datetime
