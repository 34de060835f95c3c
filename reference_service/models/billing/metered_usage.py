"""Metered usage, its totals and invoices."""

from datetime import datetime

from pydantic import Field, HttpUrl

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.billing import (
    InvoiceStatus,
)


class UsageRecordRequest(RequestModel):
    """How much of a feature was used; the same idempotency key counts once."""

    feature_key: str
    quantity: int = Field(gt=0)
    idempotency_key: str | None = None
    period_start: datetime | None = None
    period_end: datetime | None = None


class UsageTotalResponse(ResponseModel):
    """How much of a feature was used in a window of time."""

    feature_key: str
    unit: str
    quantity: int = Field(ge=0)
    window_start: datetime
    window_end: datetime


class InvoiceResponse(ResponseModel):
    """An invoice; its amount in the smallest unit of the currency."""

    invoice_id: str | None
    status: InvoiceStatus
    amount_cents: int
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    period_start: datetime
    period_end: datetime
    hosted_invoice_url: HttpUrl | None
    created_at: datetime | None


class InvoiceListResponse(ResponseModel):
    """One page of invoices, the latest period first."""

    items: list[InvoiceResponse]
    next_offset: int | None
