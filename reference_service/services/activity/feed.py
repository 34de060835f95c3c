"""The activity feed's entrance: areas record what a caller did, and what happened without one."""

import hashlib
from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service.limits import client_ip
from reference_service.models.activity.feed import ActivityStreamEvent
from reference_service.records.platform import ActivityEvent
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller


def record_activity(
    runtime: Runtime, request: Request, *, tenant_id: UUID, action: str, **facts: Any
) -> ActivityEvent:
    """Remember what happened in a tenant and tell those who follow its feed.

    `facts` are further fields of ActivityEvent: actor_id, actor_type, actor_role, object_type, object_id,
    object_name, status (default success), metadata.
    """
    if facts.get("actor_id"):
        facts.setdefault("actor_type", "user")
    event = ActivityEvent(
        tenant_id=tenant_id,
        action=action,
        created_at=runtime.clock.now(),
        request_id=request.state.correlation_id,
        ip_hash=hashlib.sha256(client_ip(request).encode()).hexdigest(),
        user_agent=request.headers.get("user-agent"),
        **facts,
    )
    runtime.store.activity_events.insert(event)
    runtime.metrics.count("activity_events_total", action=action, result=event.status)
    runtime.activity_channel.publish(tenant_id, ActivityStreamEvent.model_validate(event).model_dump_json())
    runtime.metrics.count("activity_stream_publish_total", result="success")
    return event


def record_deed(
    runtime: Runtime, request: Request, caller: Caller, action: str, **facts: Any
) -> ActivityEvent:
    """Remember what the caller did in their tenant, in the role that they acted in; `facts` as above."""
    who = {"actor_id": caller.user.id, "actor_role": caller.role}
    return record_activity(runtime, request, tenant_id=caller.tenant.id, action=action, **who, **facts)
