"""The specification of test data, and what seeding it gives back."""

from datetime import MAXYEAR, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, EmailStr, Field

from reference_service.models.base import Moment, RequestModel, ResponseModel
from reference_service.records.content import AssetType, SourceTool
from reference_service.records.conversations import ConversationStatus, MessageRole
from reference_service.records.platform import Granularity
from reference_service.security.roles import PlatformRole, TenantRole


def _not_the_last(moment: datetime) -> datetime:
    if moment.year == MAXYEAR:
        raise ValueError("a period must fit between this moment and the end of the calendar")
    return moment


# Where a period of billing begins.
Beginning = Annotated[Moment, AfterValidator(_not_the_last)]


class FixtureUser(RequestModel):
    """A person and their role in the tenant."""

    email: EmailStr
    password: str = Field(min_length=8)
    display_name: str | None = None
    role: TenantRole = "admin"
    platform_role: PlatformRole | None = None
    verify_email: bool = True


class FixtureMessage(RequestModel):
    """A message of a conversation."""

    role: MessageRole
    text: str = Field(min_length=1)


class FixtureConversation(RequestModel):
    """A conversation, known by its key."""

    key: str = Field(min_length=1)
    agent_entrypoint: str = Field("default", min_length=1)
    status: ConversationStatus = "active"
    user_email: EmailStr | None = None
    messages: list[FixtureMessage] = Field(default_factory=list)


class FixtureUsageEntry(RequestModel):
    """Metered usage; it counts only for a tenant with a plan."""

    feature_key: str = Field(min_length=1)
    quantity: int = Field(gt=0)
    unit: str = Field("requests", min_length=1)
    period_start: Beginning
    period_end: Moment | None = None
    idempotency_key: str | None = None


class FixtureUsageCounter(RequestModel):
    """A counter of a period, for the tenant or for one person."""

    period_start: date
    granularity: Granularity = "day"
    input_tokens: int = Field(0, ge=0)
    output_tokens: int = Field(0, ge=0)
    requests: int = Field(0, ge=0)
    storage_bytes: int = Field(0, ge=0)
    user_email: EmailStr | None = None


class FixtureAsset(RequestModel):
    """An asset and its stored object, known by its key."""

    key: str = Field(min_length=1)
    asset_type: AssetType = "file"
    source_tool: SourceTool | None = None
    filename: str = Field(min_length=1)
    mime_type: str | None = None
    size_bytes: int | None = Field(None, ge=0)
    agent_key: str | None = Field(None, max_length=64)
    conversation_key: str | None = None
    message_id: int | None = Field(None, ge=1)
    tool_call_id: str | None = None
    response_id: str | None = None
    container_id: str | None = None
    openai_file_id: str | None = None
    user_email: EmailStr | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)


class FixturePaymentMethod(RequestModel):
    """A card that the payment provider holds for the tenant, known by its key."""

    key: str = Field(min_length=1)
    brand: str = "visa"
    last4: str = Field(pattern="^[0-9]{4}$")
    exp_month: int = Field(ge=1, le=12)
    exp_year: int
    is_default: bool = False


class FixtureTenant(RequestModel):
    """A tenant and what is in it."""

    slug: str = Field(min_length=1)
    name: str = Field(min_length=1)
    plan_code: str | None = None
    billing_email: EmailStr | None = None
    users: list[FixtureUser] = Field(default_factory=list)
    conversations: list[FixtureConversation] = Field(default_factory=list)
    usage: list[FixtureUsageEntry] = Field(default_factory=list)
    payment_methods: list[FixturePaymentMethod] = Field(default_factory=list)
    billing_clock: Beginning | None = None
    usage_counters: list[FixtureUsageCounter] = Field(default_factory=list)
    assets: list[FixtureAsset] = Field(default_factory=list)


class FixtureSpec(RequestModel):
    """Tenants to seed."""

    tenants: list[FixtureTenant] = Field(default_factory=list)


class FixtureUserResult(ResponseModel):
    """A seeded person."""

    user_id: UUID
    role: TenantRole


class FixtureConversationResult(ResponseModel):
    """A seeded conversation."""

    conversation_id: UUID
    status: ConversationStatus


class FixtureAssetResult(ResponseModel):
    """A seeded asset."""

    asset_id: UUID
    storage_object_id: UUID


class FixtureTenantResult(ResponseModel):
    """A seeded tenant: its people by e-mail address, its conversations and assets by key."""

    # Not every service can place cards or move a subscription's clock: its answer then lacks the last two.
    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    tenant_id: UUID
    plan_code: str | None
    users: dict[str, FixtureUserResult]
    conversations: dict[str, FixtureConversationResult]
    assets: dict[str, FixtureAssetResult]
    payment_methods: dict[str, str] = Field(default_factory=dict)
    billing_clock: datetime | None = None


class FixtureApplyResult(ResponseModel):
    """The seeded tenants by slug."""

    tenants: dict[str, FixtureTenantResult]
    generated_at: datetime


class OneTimeTokenRequest(RequestModel):
    """For whom a token is wanted."""

    email: EmailStr
    ip_address: str | None = None
    user_agent: str | None = None


class OneTimeTokenResponse(ResponseModel):
    """A token that would otherwise have been sent by e-mail."""

    token: str
    user_id: UUID
    expires_at: datetime
