"""A tenant's invoices."""

from datetime import datetime

from pydantic import Field, HttpUrl

from reference_service.models.base import ResponseModel
from reference_service.records.billing import (
    InvoiceStatus,
)


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
