"""Usage counters of a tenant, and what each reply adds to them."""

from reference_service.records.billing import UsageRecord
from reference_service.records.platform import UsageCounter
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime
from reference_service.services.assistants.assistant import Reply
from reference_service.services.billing import metered_usage, subscriptions


def meter_reply(runtime: Runtime, tenant: Tenant, reply: Reply) -> None:
    """Count one request and its tokens for the tenant's day.

    A subscription is charged for one message and for the tokens of each direction, once for each response.
    """
    now, usage = runtime.clock.now(), reply.usage
    read, written = usage.input_tokens or 0, usage.output_tokens or 0
    counter = counter_like(runtime, UsageCounter(tenant.id, None, now.date(), "day", now))
    counter.requests += 1
    counter.input_tokens += read
    counter.output_tokens += written
    counter.updated_at = now
    if subscriptions.find(runtime, tenant.id) is None:
        return
    for key, quantity in (("messages", 1), ("input_tokens", read), ("output_tokens", written)):
        if quantity:
            once = f"{reply.response_id}:{key}"
            record = UsageRecord(tenant.id, key, metered_usage.UNIT, quantity, now, now, once)
            metered_usage.record(runtime, record)


def counter_like(runtime: Runtime, counter: UsageCounter) -> UsageCounter:
    """The stored counter of the same tenant, person and period; this one is stored if there is none."""
    known = runtime.store.usage_counters.find(lambda one: _counted(one) == _counted(counter))
    return known or runtime.store.usage_counters.insert(counter)


def _counted(counter: UsageCounter) -> tuple[object, ...]:
    return (counter.tenant_id, counter.user_id, counter.period_start, counter.granularity)
