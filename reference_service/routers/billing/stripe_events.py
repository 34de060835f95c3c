"""Where Stripe delivers its events."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from pydantic import ValidationError

from reference_service.errors import ApiError
from reference_service.models.billing.history import WebhookResponse
from reference_service.models.billing.stripe_events import StripeEvent
from reference_service.runtime import RuntimeDep
from reference_service.services.billing import deliveries, signature

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

# The body is read raw, because its signature is that of its bytes.
_EVENT_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
}


# Required by the contract; that it is missing is answered with a code of its own.
_SIGNATURE = {"name": "stripe-signature", "in": "header", "required": True, "schema": {"type": "string"}}


@router.post("/stripe", status_code=202, openapi_extra=_EVENT_BODY | {"parameters": [_SIGNATURE]})
async def receive_stripe_event(
    runtime: RuntimeDep,
    request: Request,
    stripe_signature: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> WebhookResponse:
    """Take in one event; a delivery that was processed before is a duplicate and has no further effect."""
    secret = runtime.config.stripe_webhook_secret
    if not secret:
        raise ApiError(503, "Stripe webhook secret is not configured.", "StripeWebhookNotConfigured")
    if stripe_signature is None:
        raise ApiError(400, "Missing Stripe signature header.", "MissingStripeSignature")
    body = await request.body()
    if not signature.is_genuine(stripe_signature, body, secret):
        raise ApiError(400, "Signature verification failed.", "InvalidStripeSignature")
    try:
        event = StripeEvent.model_validate_json(body)
    except ValidationError:
        raise ApiError(400, "Invalid payload.", "InvalidStripePayload") from None
    return WebhookResponse(success=True, duplicate=deliveries.receive(runtime, request, event))
