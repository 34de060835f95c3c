"""Metered usage of a tenant."""

from typing import Annotated

from fastapi import APIRouter, Query

from reference_service.models.base import Moment, SuccessNoData
from reference_service.models.billing.metered_usage import UsageRecordRequest, UsageTotalResponse
from reference_service.records.billing import UsageRecord
from reference_service.runtime import RuntimeDep
from reference_service.services.billing import metered_usage, subscriptions
from reference_service.services.billing.access import Manager, Reader

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
    period_start: Moment | None = None,
    period_end: Moment | None = None,
) -> list[UsageTotalResponse]:
    """How much was used of each feature, optionally of some features or in a period."""
    return metered_usage.totals(runtime, caller.tenant.id, feature_keys, period_start, period_end)
