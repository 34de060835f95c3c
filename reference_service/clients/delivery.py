"""What leaves the service: mails through a Resend-compatible API, and webhooks."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import httpx

from reference_service.clients.trust import trusted
from reference_service.errors import ApiError
from reference_service.runtime import Runtime

SECONDS = 3.0
SENDER = "no-reply@api-service.example.com"


async def send_mail(runtime: Runtime, to: str, subject: str, text: str, category: str) -> str | None:
    """Send a mail and return the provider's message id; None where no provider is configured.

    Raises a 502 when the provider does not take it.
    """
    if not runtime.config.mail_url:
        return None
    tags = [{"name": "category", "value": category}]
    mail = {"from": SENDER, "to": [to], "subject": subject, "text": text, "tags": tags}
    key = {"Authorization": f"Bearer {runtime.config.mail_key}"}
    response = await _post(f"{runtime.config.mail_url}/emails", json.dumps(mail), key)
    runtime.metrics.count("email_delivery_attempts_total", category=category, result="success")
    message_id: str = response.json()["id"]
    return message_id


async def post_webhook(runtime: Runtime, target: str, secret: str, payload: Mapping[str, Any]) -> None:
    """Post a payload, signed with the subscription's secret (HMAC-SHA256, hexadecimal), to its target.

    With a relay configured it goes there and names its target in a header. Raises a 502 on failure.
    """
    body = json.dumps(payload)
    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    relay = runtime.config.webhook_relay_url
    headers = {"X-Status-Signature": signature, **({"X-Webhook-Target": target} if relay else {})}
    await _post(relay or target, body, headers)


async def _post(url: str, body: str, headers: Mapping[str, str]) -> httpx.Response:
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False, verify=trusted()) as client:
            response = await client.post(
                url, content=body, headers={"Content-Type": "application/json", **headers}
            )
            return response.raise_for_status()
    except httpx.HTTPError:
        raise ApiError(502, "Delivery failed.") from None
