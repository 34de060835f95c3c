"""What happened in a tenant, and what each reader has seen of it."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from reference_service.errors import ApiError, not_found
from reference_service.events import LiveEventStream
from reference_service.models.activity.feed import (
    ActivityEventItem,
    ActivityListResponse,
    ActivityStreamEvent,
    ReceiptResponse,
)
from reference_service.models.base import Moment
from reference_service.paging import cursor_page
from reference_service.records.platform import ActivityEvent, ReadState
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, tenant_caller

router = APIRouter(prefix="/activity", tags=["activity"])
Reader = Annotated[Caller, Depends(tenant_caller("viewer", scope="activity:read"))]
Test = Callable[[ActivityEvent], bool]


async def _filters(
    action: str | None = None,
    actor_id: str | None = None,
    object_type: str | None = None,
    object_id: str | None = None,
    status: str | None = None,
    request_id: str | None = None,
) -> Test:
    wanted = {
        "action": action,
        "actor_id": actor_id,
        "object_type": object_type,
        "object_id": object_id,
        "status": status,
        "request_id": request_id,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return lambda event: all(str(getattr(event, name)) == value for name, value in given.items())


async def _period(created_after: Moment | None = None, created_before: Moment | None = None) -> Test:
    return lambda event: (
        (created_after is None or event.created_at >= created_after)
        and (created_before is None or event.created_at <= created_before)
    )


@router.get("")
async def list_activity(
    runtime: RuntimeDep,
    caller: Reader,
    matches: Annotated[Test, Depends(_filters)],
    in_period: Annotated[Test, Depends(_period)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> ActivityListResponse:
    """The tenant's events that pass every filter, newest first."""
    events = runtime.store.activity_events.of(caller.tenant.id)
    page, next_cursor = cursor_page(
        [event for event in events if matches(event) and in_period(event)],
        key=lambda event: (event.created_at.timestamp(), str(event.id)),
        limit=limit,
        cursor=cursor,
        bound_to=f"activity-{caller.tenant.id}",
        descending=True,
    )
    return ActivityListResponse(
        items=[_item(event, caller) for event in page],
        next_cursor=next_cursor,
        unread_count=_unread(runtime, caller),
    )


@router.get("/stream", response_class=LiveEventStream, responses={200: {"model": ActivityStreamEvent}})
async def activity_stream(runtime: RuntimeDep, caller: Reader) -> LiveEventStream:
    """The tenant's events so far, then each new one as it happens."""
    if not runtime.config.activity_stream:
        raise ApiError(503, "Activity stream not enabled")
    return LiveEventStream(runtime.activity_channel.frames(caller.tenant.id))


@router.post("/mark-all-read")
async def mark_all_read(runtime: RuntimeDep, caller: Reader) -> ReceiptResponse:
    """The caller has read every event so far."""
    for event in runtime.store.activity_events.of(caller.tenant.id):
        event.receipts.setdefault(caller.user.id, "read")
    return ReceiptResponse(unread_count=_unread(runtime, caller))


@router.post("/{event_id}/read")
async def mark_read(runtime: RuntimeDep, caller: Reader, event_id: str) -> ReceiptResponse:
    """The caller has read one event."""
    return _receipt(runtime, caller, event_id, "read")


@router.post("/{event_id}/dismiss")
async def dismiss(runtime: RuntimeDep, caller: Reader, event_id: str) -> ReceiptResponse:
    """The caller does not want to be reminded of one event; it stays in the list."""
    return _receipt(runtime, caller, event_id, "dismissed")


def _receipt(runtime: Runtime, caller: Caller, event_id: str, state: ReadState) -> ReceiptResponse:
    try:
        event = runtime.store.activity_events.owned(caller.tenant.id, UUID(event_id))
    except ValueError:
        raise ApiError(400, "Invalid activity event id.") from None
    if event is None:
        not_found("Activity event")
    event.receipts[caller.user.id] = state
    return ReceiptResponse(unread_count=_unread(runtime, caller))


def _unread(runtime: Runtime, caller: Caller) -> int:
    events = runtime.store.activity_events.of(caller.tenant.id)
    return sum(caller.user.id not in event.receipts for event in events)


def _item(event: ActivityEvent, caller: Caller) -> ActivityEventItem:
    read_state = event.receipts.get(caller.user.id, "unread")
    return ActivityEventItem.model_validate(event).model_copy(update={"read_state": read_state})
