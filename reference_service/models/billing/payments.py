"""Billing portal, payment methods and the upcoming invoice."""

from datetime import datetime

from pydantic import EmailStr, Field, HttpUrl

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.models.billing.subscriptions import Seats


class CustomerRequest(RequestModel):
    """The address that the payment provider should write to."""

    billing_email: EmailStr | None = None


class PortalSessionResponse(ResponseModel):
    """Where the tenant manages its billing with the payment provider."""

    url: HttpUrl


class SetupIntentResponse(ResponseModel):
    """What a browser needs to enter a card with the payment provider."""

    id: str
    client_secret: str | None


class PaymentMethodResponse(ResponseModel):
    """A card."""

    id: str = Field(validation_alias="provider_id")
    brand: str | None
    last4: str | None = Field(pattern="^[0-9]{4}$")
    exp_month: int | None = Field(ge=1, le=12)
    exp_year: int | None
    is_default: bool


class UpcomingInvoiceRequest(RequestModel):
    """For how many seats to preview, if not for the present number."""

    seat_count: int | None = Seats


class UpcomingInvoiceLineResponse(ResponseModel):
    """One position of the next invoice."""

    description: str | None
    amount_cents: int
    currency: str | None
    quantity: int | None
    unit_amount_cents: int | None
    price_id: str | None


class UpcomingInvoiceResponse(ResponseModel):
    """What the next period is going to cost."""

    plan_code: str
    plan_name: str
    seat_count: int | None
    invoice_id: str | None
    amount_due_cents: int
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    period_start: datetime | None
    period_end: datetime | None
    lines: list[UpcomingInvoiceLineResponse]
