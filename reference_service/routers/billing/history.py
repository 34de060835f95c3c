"""What a tenant's payment provider reported: as a list, and as it comes."""

from typing import Annotated

from fastapi import APIRouter, Query

from reference_service.events import LiveEventStream
from reference_service.models.billing.history import BillingEventHistoryResponse, BillingEventResponse
from reference_service.paging import cursor_page
from reference_service.records.billing import ProcessingStatus
from reference_service.runtime import RuntimeDep
from reference_service.services.billing import history
from reference_service.services.billing.access import Reader, StreamReader

router = APIRouter(prefix="/billing", tags=["billing"])


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
