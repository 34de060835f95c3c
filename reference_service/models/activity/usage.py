"""Usage counters of a tenant."""

from datetime import date, datetime
from uuid import UUID

from reference_service.models.base import ResponseModel
from reference_service.records.platform import Granularity


class UsageCounterView(ResponseModel):
    """What a tenant, or one person in it, used in a period."""

    id: UUID
    tenant_id: UUID
    user_id: UUID | None
    period_start: date
    granularity: Granularity
    input_tokens: int
    output_tokens: int
    requests: int
    storage_bytes: int
    updated_at: datetime
