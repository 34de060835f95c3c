"""Stored objects and the signed addresses at which their bytes are reached."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.content import StorageStatus


class StoragePresignUploadRequest(RequestModel):
    """The file that is going to be uploaded; size in bytes."""

    filename: str = Field(min_length=1, max_length=256)
    mime_type: str = Field(max_length=128)
    size_bytes: int = Field(ge=0)
    agent_key: str | None = Field(None, max_length=64)
    conversation_id: UUID | None = None
    metadata: dict[str, Any] | None = None


class StoragePresignUploadResponse(ResponseModel):
    """Where to put the bytes, and the headers to send with them."""

    object_id: UUID
    upload_url: str = Field(json_schema_extra={"format": "uri"})
    method: Literal["PUT"]
    headers: dict[str, str]
    bucket: str
    object_key: str
    expires_in_seconds: int


class StoragePresignDownloadResponse(ResponseModel):
    """Where to get the bytes."""

    object_id: UUID
    download_url: str = Field(json_schema_extra={"format": "uri"})
    method: Literal["GET"]
    headers: dict[str, str]
    bucket: str
    object_key: str
    expires_in_seconds: int


class StorageObjectResponse(ResponseModel):
    """A stored object; size in bytes."""

    id: UUID
    bucket: str
    object_key: str
    filename: str
    mime_type: str
    size_bytes: int
    status: StorageStatus
    created_at: datetime
    conversation_id: UUID | None
    agent_key: str | None


class StorageObjectListResponse(ResponseModel):
    """A page of stored objects, newest first."""

    items: list[StorageObjectResponse]
    next_offset: int | None
