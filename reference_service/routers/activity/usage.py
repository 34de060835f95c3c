"""What a tenant used."""

from fastapi import APIRouter

from reference_service.models.activity.usage import UsageCounterView
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Viewer

router = APIRouter(prefix="/usage", tags=["usage"])
MOST_COUNTERS = 100


@router.get("")
async def list_usage(runtime: RuntimeDep, caller: Viewer) -> list[UsageCounterView]:
    """The tenant's usage counters, the newest period first."""
    counters = runtime.store.usage_counters.of(caller.tenant.id)
    counters.sort(key=lambda counter: counter.period_start, reverse=True)
    return [UsageCounterView.model_validate(counter) for counter in counters[:MOST_COUNTERS]]
