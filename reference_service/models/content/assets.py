"""Assets: files and images that conversations and tools produced."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from reference_service.models.base import Moment, RequestModel, ResponseModel
from reference_service.records.content import AssetType, SourceTool, StorageStatus


class AssetQuery(RequestModel):
    """Which assets to list; a moment without a zone is in UTC."""

    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0)
    asset_type: AssetType | None = None
    source_tool: SourceTool | None = None
    conversation_id: str | None = Field(None, description="Identifier or key.")
    message_id: int | None = Field(None, ge=1)
    agent_key: str | None = Field(None, max_length=64)
    mime_type_prefix: str | None = Field(None, max_length=64)
    created_after: Moment | None = None
    created_before: Moment | None = None


class AssetResponse(ResponseModel):
    """An asset with what is known of its stored object; size in bytes."""

    id: UUID
    storage_object_id: UUID
    asset_type: AssetType
    source_tool: SourceTool | None
    conversation_id: UUID | None
    message_id: int | None
    tool_call_id: str | None
    response_id: str | None
    container_id: str | None
    openai_file_id: str | None
    metadata: dict[str, Any] | None
    filename: str | None
    mime_type: str | None
    size_bytes: int | None
    agent_key: str | None
    storage_status: StorageStatus | None
    asset_created_at: datetime
    asset_updated_at: datetime
    storage_created_at: datetime | None


class AssetListResponse(ResponseModel):
    """A page of assets, newest first."""

    items: list[AssetResponse]
    next_offset: int | None


class AssetDownloadResponse(ResponseModel):
    """Where to get an asset's bytes."""

    asset_id: UUID
    storage_object_id: UUID
    download_url: str = Field(json_schema_extra={"format": "uri"})
    method: Literal["GET"]
    headers: dict[str, str]
    expires_in_seconds: int = Field(gt=0)


class AssetThumbnailUrlsRequest(RequestModel):
    """The assets to show."""

    asset_ids: list[UUID] = Field(min_length=1, max_length=200)


class AssetThumbnailUrlsResponse(ResponseModel):
    """Addresses of the images among the assets; the others are named as missing or unsupported."""

    items: list[AssetDownloadResponse]
    missing_asset_ids: list[UUID]
    unsupported_asset_ids: list[UUID]
