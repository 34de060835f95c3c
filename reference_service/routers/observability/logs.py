"""Log records of clients: from people who are signed in, or signed with the shared secret."""

import hashlib
import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request

from reference_service.errors import ApiError, not_found
from reference_service.models.observability.logs import FrontendLogIngestResponse, FrontendLogPayload
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, caller_of, unauthorized

router = APIRouter(prefix="/logs", tags=["logs"])


async def _sender(
    runtime: RuntimeDep,
    request: Request,
    authorization: Annotated[str | None, Header()] = None,
    x_log_signature: Annotated[str | None, Header()] = None,
) -> Caller | None:
    if not runtime.config.log_ingestion:
        not_found("Page")
    raw = await request.body()
    most_bytes = runtime.config.limit_log_bytes
    if len(raw) > most_bytes:
        raise ApiError(413, "Log payload too large.", details={"max_bytes": most_bytes})
    if authorization is None:
        _check_signature(runtime, raw, x_log_signature)
        return None
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise unauthorized("Invalid Authorization header.")
    return caller_of(runtime, token.strip())


def _check_signature(runtime: Runtime, raw: bytes, signature: str | None) -> None:
    if signature is None:
        raise unauthorized("Missing log signature.")
    expected = hmac.new(runtime.config.log_secret.encode(), raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise unauthorized("Invalid log signature.")


@router.post("", status_code=202)
async def ingest_log(
    runtime: RuntimeDep,
    request: Request,
    sender: Annotated[Caller | None, Depends(_sender)],
    body: FrontendLogPayload,
) -> FrontendLogIngestResponse:
    """Take a record of a limited size and pass it on to the collector.

    The sender's own fields never replace what the service says of itself.
    """
    attributes = {
        **body.fields,
        "event": "frontend.log",
        "frontend_event": body.event,
        "frontend_scope": body.scope,
        "frontend_timestamp": body.timestamp,
        "frontend_authenticated": sender is not None,
        "frontend_user_id": sender.user.id if sender else None,
        "correlation_id": request.state.correlation_id,
    }
    runtime.telemetry.emit(runtime.clock.now(), body.level, body.message or body.event, attributes)
    return FrontendLogIngestResponse()
