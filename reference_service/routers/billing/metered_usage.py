"""What a tenant used, and what its payment provider reported."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from reference_service.events import LiveEventStream
from reference_service.models.base import SuccessNoData
from reference_service.models.billing.history import BillingEventHistoryResponse, BillingEventResponse
from reference_service.models.billing.metered_usage import UsageRecordRequest, UsageTotalResponse
from reference_service.paging import cursor_page
from reference_service.records.billing import ProcessingStatus, UsageRecord
from reference_service.runtime import RuntimeDep
from reference_service.services.billing import history, metered_usage, subscriptions
from reference_service.services.billing.access import Manager, Reader, StreamReader

router = APIRouter(prefix="/billing", tags=["billing"])


@router.post("/tenants/{tenant_id}/usage", status_code=202)
async def record_usage(runtime: RuntimeDep, caller: Manager, body: UsageRecordRequest) -> SuccessNoData:
    """Record metered usage; without a period it counts for this moment."""
    subscriptions.active(runtime, caller.tenant.id)
    start = body.period_start or runtime.clock.now()
    end = body.period_end or start
    metered_usage.record(
        runtime,
        UsageRecord(
            caller.tenant.id,
            body.feature_key,
            metered_usage.UNIT,
            body.quantity,
            start,
            end,
            body.idempotency_key,
        ),
    )
    return SuccessNoData(message="Usage recorded.")


@router.get("/tenants/{tenant_id}/usage-totals")
async def list_usage_totals(
    runtime: RuntimeDep,
    caller: Reader,
    feature_keys: Annotated[list[str] | None, Query()] = None,
    period_start: datetime | None = None,
    period_end: datetime | None = None,
) -> list[UsageTotalResponse]:
    """How much was used of each feature, optionally of some features or in a period."""
    return metered_usage.totals(runtime, caller.tenant.id, feature_keys, period_start, period_end)


@router.get("/tenants/{tenant_id}/events")
async def list_billing_events(
    runtime: RuntimeDep,
    caller: Reader,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: str | None = None,
    event_type: str | None = None,
    processing_status: ProcessingStatus | None = None,
) -> BillingEventHistoryResponse:
    """The events that the payment provider delivered for the tenant, newest first."""
    wanted = runtime.store.stripe_deliveries.filter(
        lambda one: (
            one.tenant_id == caller.tenant.id
            and event_type in (None, one.event_type)
            and processing_status in (None, one.processing_status)
        )
    )
    page, following = cursor_page(
        wanted,
        key=lambda one: (one.occurred_at.isoformat(), one.id.hex),
        limit=limit,
        cursor=cursor,
        bound_to=f"billing events of {caller.tenant.id}",
        descending=True,
    )
    items = [history.describe(one, caller.tenant.id) for one in page]
    return BillingEventHistoryResponse(items=items, next_cursor=following)


@router.get(
    "/stream",
    response_class=LiveEventStream,
    responses={200: {"model": BillingEventResponse}},
    response_model=None,
)
async def stream_billing_events(runtime: RuntimeDep, caller: StreamReader) -> LiveEventStream:
    """The tenant's billing events: first those that came before, then each as it comes."""
    tenant_id = caller.tenant.id
    runtime.limits.hit("billing_stream", tenant_id)
    release = runtime.limits.hold_slot("billing_stream_concurrency", tenant_id)
    return LiveEventStream(runtime.billing_channel.frames(tenant_id), release)
