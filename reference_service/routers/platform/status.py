"""The status page, its feed and its subscriptions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials

from reference_service.errors import ApiError, not_found
from reference_service.models.platform.status import (
    PlatformStatusResponse,
    StatusIncidentResendRequest,
    StatusIncidentResendResponse,
    StatusSubscriptionCreateRequest,
    StatusSubscriptionListResponse,
    StatusSubscriptionResponse,
    StatusSubscriptionTokenRequest,
)
from reference_service.numbers import whole_number
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, bearer, caller_of, scoped
from reference_service.services.platform import status_page, status_subscriptions

router = APIRouter(prefix="/status", tags=["status"])

Manager = Annotated[Caller, Depends(scoped(status_subscriptions.MANAGE))]
_RSS = {"application/rss+xml": {"schema": {"type": "string"}}}


async def _anybody(
    runtime: RuntimeDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Caller | None:
    return caller_of(runtime, credentials.credentials) if credentials else None


Anybody = Annotated[Caller | None, Depends(_anybody)]


class RssResponse(Response):
    """An RSS document."""

    media_type = "application/rss+xml"


@router.get("")
async def platform_status(runtime: RuntimeDep) -> PlatformStatusResponse:
    """How the platform is and what went wrong lately."""
    return status_page.snapshot(runtime)


@router.get("/rss", response_class=RssResponse, responses={200: {"content": _RSS}})
async def status_feed(runtime: RuntimeDep) -> RssResponse:
    """The incidents as an RSS feed."""
    return _feed(runtime)


@router.get(".rss", response_class=RssResponse, responses={200: {"content": _RSS}})
async def status_feed_alias(runtime: RuntimeDep) -> RssResponse:
    """The incidents as an RSS feed, under the name that some readers expect."""
    return _feed(runtime)


def _feed(runtime: Runtime) -> RssResponse:
    headers = {"content-type": "application/rss+xml; charset=utf-8"}
    return RssResponse(status_page.feed(runtime), headers=headers)


@router.post("/subscriptions", status_code=201)
async def create_subscription(
    runtime: RuntimeDep, request: Request, caller: Anybody, body: StatusSubscriptionCreateRequest
) -> StatusSubscriptionResponse:
    """Ask to be told of incidents; the target has to confirm first."""
    subscription = await status_subscriptions.subscribe(runtime, request, body, caller)
    return StatusSubscriptionResponse.model_validate(subscription)


@router.get("/subscriptions")
async def list_subscriptions(
    runtime: RuntimeDep,
    caller: Manager,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: str | None = None,
    tenant_id: UUID | None = None,
    every: Annotated[bool, Query(alias="all")] = False,
) -> StatusSubscriptionListResponse:
    """The subscriptions of the caller's tenant, newest first; with `all` of every or a given tenant."""
    if not every and tenant_id not in (None, caller.tenant.id):
        raise ApiError(403, "Tenant-scoped tokens cannot override tenant_id without all=true.")
    wanted = tenant_id if every else caller.tenant.id
    rows = runtime.store.status_subscriptions.filter(lambda one: wanted in (None, one.tenant_id))[::-1]
    start = _offset(cursor)
    return StatusSubscriptionListResponse(
        items=[_shown(row) for row in rows[start : start + limit]],
        next_cursor=str(start + limit) if len(rows) > start + limit else None,
    )


def _shown(row: object) -> StatusSubscriptionResponse:
    return StatusSubscriptionResponse.model_validate(row).model_copy(update={"webhook_secret": None})


def _offset(cursor: str | None) -> int:
    offset = whole_number("0" if cursor is None else cursor)
    if offset is None:
        raise ApiError(400, "Invalid cursor.")
    return offset


@router.post("/subscriptions/verify")
async def verify_subscription(
    runtime: RuntimeDep, body: StatusSubscriptionTokenRequest
) -> StatusSubscriptionResponse:
    """Confirm an e-mail address with the token of its mail."""
    return _shown(status_subscriptions.confirm(runtime, "email", body.token))


@router.post("/subscriptions/challenge")
async def confirm_webhook(
    runtime: RuntimeDep, body: StatusSubscriptionTokenRequest
) -> StatusSubscriptionResponse:
    """Confirm a webhook with the challenge that was posted to it."""
    return _shown(status_subscriptions.confirm(runtime, "webhook", body.token))


@router.delete("/subscriptions/{subscription_id}", status_code=204)
async def revoke_subscription(
    runtime: RuntimeDep, caller: Anybody, subscription_id: UUID, token: str | None = None
) -> Response:
    """End a subscription: with the token of its mails, or as somebody who manages them all."""
    if token:
        status_subscriptions.unsubscribe(runtime, subscription_id, token)
    else:
        status_subscriptions.require_manager(caller)
        status_subscriptions.revoke(runtime, subscription_id)
    return Response(status_code=204)


@router.post("/incidents/{incident_id}/resend", status_code=202)
async def resend_incident(
    runtime: RuntimeDep, caller: Manager, incident_id: str, body: StatusIncidentResendRequest
) -> StatusIncidentResendResponse:
    """Tell the subscribers of a tenant, by default the caller's, of an incident once more."""
    incident = next((one for one in status_page.INCIDENTS if one.incident_id == incident_id), None)
    if incident is None:
        not_found("Incident")
    tenant_id = body.tenant_id or caller.tenant.id
    dispatched = await status_subscriptions.tell(runtime, incident, body.severity, tenant_id)
    return StatusIncidentResendResponse(dispatched=dispatched)
