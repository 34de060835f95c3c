"""What is read of Stripe's events (docs.stripe.com/api/events/object); times are Unix seconds there."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, HttpUrl

from reference_service.models.base import Moment, RequestModel
from reference_service.records.billing import InvoiceStatus, SubscriptionStatus

# A text that can be shown as an address of the web.
WebAddress = Annotated[str, AfterValidator(lambda text: str(HttpUrl(text)))]


class StripeData(BaseModel):
    """The object that an event is about."""

    object: dict[str, Any]


class StripeEvent(RequestModel):
    """One event."""

    id: str = Field(min_length=1)
    type: str = Field(min_length=1)
    data: StripeData


class StripeMetadata(BaseModel):
    """What this service wrote into an object at Stripe."""

    tenant_id: UUID | None = None
    plan_code: str | None = None
    feature_key: str | None = None


class StripeRecurring(BaseModel):
    """How a price is charged: by licence or by metered use."""

    usage_type: str = "licensed"


class StripePrice(BaseModel):
    """What a unit costs."""

    id: str
    metadata: StripeMetadata = StripeMetadata()
    recurring: StripeRecurring | None = None


class StripeItem(BaseModel):
    """A price and how many of it."""

    price: StripePrice
    quantity: int | None = None


class StripeItems(BaseModel):
    """The items of a subscription."""

    data: list[StripeItem] = Field(min_length=1)


class StripeSubscription(BaseModel):
    """A subscription."""

    status: SubscriptionStatus
    start_date: Moment
    current_period_start: Moment
    current_period_end: Moment
    items: StripeItems
    trial_end: Moment | None = None
    cancel_at: Moment | None = None
    cancel_at_period_end: bool = False
    metadata: StripeMetadata = StripeMetadata()

    @property
    def item(self) -> StripeItem:
        """The item that stands for the plan."""
        return self.items.data[0]

    @property
    def plan_code(self) -> str | None:
        """The plan that the subscription or its price names."""
        return self.metadata.plan_code or self.item.price.metadata.plan_code


class StripePeriod(BaseModel):
    """From when to when."""

    start: Moment
    end: Moment


class StripeLine(BaseModel):
    """A position of an invoice."""

    id: str
    amount: int
    quantity: int | None = Field(None, ge=0)
    description: str | None = None
    period: StripePeriod
    price: StripePrice | None = None
    metadata: StripeMetadata = StripeMetadata()

    @property
    def is_metered(self) -> bool:
        """Whether the line charges use rather than a licence."""
        return bool(self.price and self.price.recurring and self.price.recurring.usage_type == "metered")

    @property
    def feature_key(self) -> str:
        """The metered feature, by what the line, its price or its description says."""
        named = self.metadata.feature_key or (self.price and self.price.metadata.feature_key)
        return named or self.description or self.id


class StripeLines(BaseModel):
    """The positions of an invoice."""

    data: list[StripeLine] = Field(default_factory=list)


class StripeInvoice(BaseModel):
    """An invoice; its amounts in the smallest unit of the currency."""

    id: str
    status: InvoiceStatus
    amount_due: int
    currency: str = Field(pattern="^[A-Za-z]{3}$")
    period_start: Moment
    period_end: Moment
    billing_reason: str | None = None
    collection_method: str | None = None
    hosted_invoice_url: WebAddress | None = None
    lines: StripeLines = StripeLines()
    metadata: StripeMetadata = StripeMetadata()

    @property
    def metered_lines(self) -> list[StripeLine]:
        """The lines that charge use."""
        return [line for line in self.lines.data if line.is_metered]
