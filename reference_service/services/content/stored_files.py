"""The object storage: objects, what may be stored, and signed addresses for their bytes."""

import hashlib
import hmac

from starlette.requests import Request

from reference_service.errors import ApiError
from reference_service.models.content.stored_files import (
    StoragePresignDownloadResponse,
    StoragePresignUploadRequest,
    StoragePresignUploadResponse,
)
from reference_service.records.content import StorageObject
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.services.assistants import conversations

MEGABYTE = 1024 * 1024
_ALLOWED_GROUPS = ("image/", "text/", "audio/", "video/")
_ALLOWED_TYPES = {
    "application/pdf",
    "application/json",
    "application/zip",
    "application/octet-stream",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def presigned_upload(
    runtime: Runtime, request: Request, caller: Caller, body: StoragePresignUploadRequest
) -> StoragePresignUploadResponse:
    """A new object and where its bytes go.

    Raises 400 for a type or size that is not allowed, and 404 for a conversation of nobody or of others.
    """
    if not body.mime_type.startswith(_ALLOWED_GROUPS) and body.mime_type not in _ALLOWED_TYPES:
        raise ApiError(400, "MIME type is not allowed")
    if body.size_bytes > runtime.config.limit_upload_megabytes * MEGABYTE:
        raise ApiError(400, "File size exceeds allowed limit")
    if body.conversation_id is not None:
        conversations.require(runtime, caller.tenant.id, str(body.conversation_id))
    stored = runtime.store.storage_objects.insert(_new_object(runtime, caller, body))
    runtime.metrics.count("storage_operations_total", operation="presign_upload")
    return StoragePresignUploadResponse(
        object_id=stored.id,
        upload_url=_signed_url(runtime, request, stored, "PUT"),
        method="PUT",
        headers={"Content-Type": stored.mime_type, "Content-Length": str(stored.size_bytes)},
        bucket=stored.bucket,
        object_key=stored.object_key,
        expires_in_seconds=runtime.config.limit_signed_link_seconds,
    )


def _new_object(runtime: Runtime, caller: Caller, body: StoragePresignUploadRequest) -> StorageObject:
    return StorageObject(
        tenant_id=caller.tenant.id,
        filename=body.filename,
        mime_type=body.mime_type,
        size_bytes=body.size_bytes,
        created_at=runtime.clock.now(),
        agent_key=body.agent_key,
        conversation_id=body.conversation_id,
        metadata=body.metadata or {},
    )


def presigned_download(
    runtime: Runtime, request: Request, stored: StorageObject
) -> StoragePresignDownloadResponse:
    """Where the bytes of the object are."""
    runtime.metrics.count("storage_operations_total", operation="presign_download")
    return StoragePresignDownloadResponse(
        object_id=stored.id,
        download_url=_signed_url(runtime, request, stored, "GET"),
        method="GET",
        headers={},
        bucket=stored.bucket,
        object_key=stored.object_key,
        expires_in_seconds=runtime.config.limit_signed_link_seconds,
    )


def signed_object(
    runtime: Runtime, method: str, bucket: str, key: str, expires: int, signature: str
) -> StorageObject:
    """The object that a signed address leads to; 403 for a forged or stale one, 404 if it is gone."""
    expected = _signature(runtime, method, f"{bucket}/{key}", expires)
    genuine = hmac.compare_digest(expected.encode(), signature.encode())
    if not genuine or expires < runtime.clock.now().timestamp():
        raise ApiError(403, "The address is not valid (any more).")
    stored = runtime.store.storage_objects.find(lambda one: (one.bucket, one.object_key) == (bucket, key))
    if stored is None:
        raise ApiError(404, "Object not found.")
    return stored


def _signed_url(runtime: Runtime, request: Request, stored: StorageObject, method: str) -> str:
    expires = int(runtime.clock.now().timestamp()) + runtime.config.limit_signed_link_seconds
    place = f"{stored.bucket}/{stored.object_key}"
    signature = _signature(runtime, method, place, expires)
    return f"{request.base_url}bucket/{place}?expires={expires}&signature={signature}"


def _signature(runtime: Runtime, method: str, place: str, expires: int) -> str:
    text = f"{method} {place} {expires}"
    return hmac.new(runtime.bucket_key, text.encode(), hashlib.sha256).hexdigest()
