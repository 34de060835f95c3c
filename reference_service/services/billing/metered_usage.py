"""Metered usage: recorded once for each idempotency key, added up for each feature."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from reference_service.models.billing.metered_usage import UsageTotalResponse
from reference_service.records.billing import UsageRecord
from reference_service.runtime import Runtime

UNIT = "units"


def record(runtime: Runtime, usage: UsageRecord) -> None:
    """Keep the usage, unless its idempotency key was used before."""
    if usage.idempotency_key is not None and runtime.store.usage_records.find(
        lambda known: (known.tenant_id, known.idempotency_key) == (usage.tenant_id, usage.idempotency_key)
    ):
        return
    runtime.store.usage_records.insert(usage)


def totals(
    runtime: Runtime,
    tenant_id: UUID,
    feature_keys: Iterable[str] | None,
    period_start: datetime | None,
    period_end: datetime | None,
) -> list[UsageTotalResponse]:
    """The sum for each feature of the usage that touches the period, by name of the feature."""
    wanted = [
        usage
        for usage in runtime.store.usage_records.of(tenant_id)
        if (not feature_keys or usage.feature_key in feature_keys)
        and (period_start is None or usage.period_end > period_start)
        and (period_end is None or usage.period_start < period_end)
    ]
    wanted.sort(key=_kind)
    grouped = [list(group) for _, group in groupby(wanted, key=_kind)]
    return [_total(usages, period_start, period_end) for usages in grouped]


def _kind(usage: UsageRecord) -> tuple[str, str]:
    return usage.feature_key, usage.unit


def _total(
    usages: list[UsageRecord], period_start: datetime | None, period_end: datetime | None
) -> UsageTotalResponse:
    return UsageTotalResponse(
        feature_key=usages[0].feature_key,
        unit=usages[0].unit,
        quantity=sum(usage.quantity for usage in usages),
        window_start=period_start or min(usage.period_start for usage in usages),
        window_end=period_end or max(usage.period_end for usage in usages),
    )
