"""The tenant's stored objects, and the bucket in which their bytes lie."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from reference_service.errors import not_found
from reference_service.models.content.stored_files import (
    StorageObjectListResponse,
    StorageObjectResponse,
    StoragePresignDownloadResponse,
    StoragePresignUploadRequest,
    StoragePresignUploadResponse,
)
from reference_service.paging import next_offset
from reference_service.records.content import StorageObject
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Admin, Viewer
from reference_service.services.activity.feed import record_activity
from reference_service.services.content import stored_files

router = APIRouter(prefix="/storage/objects", tags=["storage"])
# The bucket stands for the object storage beside the API, hence it is no part of the contract.
bucket_router = APIRouter(prefix="/bucket", tags=["storage"], include_in_schema=False)


@router.post("/upload-url", status_code=201)
async def create_upload_url(
    runtime: RuntimeDep, request: Request, caller: Admin, body: StoragePresignUploadRequest
) -> StoragePresignUploadResponse:
    """Announce a file and learn where to put it."""
    return stored_files.presigned_upload(runtime, request, caller, body)


@router.get("")
async def list_objects(
    runtime: RuntimeDep,
    caller: Viewer,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
    conversation_id: UUID | None = None,
) -> StorageObjectListResponse:
    """The tenant's objects, newest first."""
    objects = [
        stored
        for stored in reversed(runtime.store.storage_objects.of(caller.tenant.id))
        if conversation_id in (None, stored.conversation_id)
    ]
    page = objects[offset : offset + limit]
    return StorageObjectListResponse(
        items=[StorageObjectResponse.model_validate(stored) for stored in page],
        next_offset=next_offset(page, limit, offset),
    )


@router.get("/{object_id}/download-url")
async def create_download_url(
    runtime: RuntimeDep, request: Request, caller: Viewer, object_id: UUID
) -> StoragePresignDownloadResponse:
    """Where the bytes of an object are."""
    stored = runtime.store.storage_objects.owned(caller.tenant.id, object_id) or not_found("Object")
    return stored_files.presigned_download(runtime, request, stored)


@router.delete("/{object_id}", status_code=204)
async def delete_object(runtime: RuntimeDep, request: Request, caller: Admin, object_id: UUID) -> Response:
    """Forget an object and its bytes; nothing happens if there is none."""
    stored = runtime.store.storage_objects.owned(caller.tenant.id, object_id)
    if stored is not None:
        runtime.store.storage_objects.delete(stored.id)
        facts = {"actor_id": caller.user.id, "actor_role": caller.role}
        _record(runtime, request, stored, "storage.file.deleted", **facts)
    return Response(status_code=204)


@bucket_router.put("/{bucket}/{object_key:path}")
async def put_bytes(
    runtime: RuntimeDep, request: Request, bucket: str, object_key: str, expires: int, signature: str
) -> Response:
    """Store the bytes."""
    stored = stored_files.signed_object(runtime, "PUT", bucket, object_key, expires, signature)
    stored.data, stored.status = await request.body(), "ready"
    _record(runtime, request, stored, "storage.file.uploaded")
    return Response()


@bucket_router.get("/{bucket}/{object_key:path}")
async def get_bytes(
    runtime: RuntimeDep, bucket: str, object_key: str, expires: int, signature: str
) -> Response:
    """The bytes as they were stored."""
    stored = stored_files.signed_object(runtime, "GET", bucket, object_key, expires, signature)
    if stored.data is None:
        not_found("Object")
    return Response(stored.data, media_type=stored.mime_type)


def _record(runtime: Runtime, request: Request, stored: StorageObject, action: str, **facts: Any) -> None:
    runtime.metrics.count("storage_operations_total", operation=action)
    record_activity(
        runtime,
        request,
        tenant_id=stored.tenant_id,
        action=action,
        object_type="storage_object",
        object_id=str(stored.id),
        object_name=stored.filename,
        **facts,
    )
