"""Vector stores, the files in them, and what a search finds."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.knowledge import VectorStoreFileStatus, VectorStoreStatus


class VectorStoreCreateRequest(RequestModel):
    """A vector store to create."""

    name: str = Field(min_length=1, max_length=128)
    description: str | None = None
    expires_after: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class VectorStoreResponse(ResponseModel):
    """A vector store; sizes in bytes."""

    id: UUID
    openai_id: str = Field(min_length=1)
    tenant_id: UUID
    owner_user_id: UUID | None
    name: str
    description: str | None
    status: VectorStoreStatus
    usage_bytes: int = Field(ge=0)
    expires_after: dict[str, Any] | None
    expires_at: datetime | None
    last_active_at: datetime
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class VectorStoreListResponse(ResponseModel):
    """A page of vector stores, newest first; `total` counts them all."""

    items: list[VectorStoreResponse]
    total: int = Field(ge=0)


class VectorStoreFileOptions(RequestModel):
    """How a file is indexed; with `poll` the answer comes when it is."""

    attributes: dict[str, Any] | None = None
    chunking_strategy: dict[str, Any] | None = None
    poll: bool = True


class VectorStoreFileCreateRequest(VectorStoreFileOptions):
    """A file of the provider to attach."""

    file_id: str = Field(min_length=1)


class VectorStoreFileUploadRequest(VectorStoreFileOptions):
    """A stored object to attach; with an agent, only if that agent can search files."""

    object_id: UUID
    agent_key: str | None = Field(None, min_length=1)


class VectorStoreFileResponse(ResponseModel):
    """A file in a vector store; sizes in bytes."""

    id: UUID
    openai_file_id: str
    vector_store_id: UUID
    filename: str
    mime_type: str | None
    size_bytes: int | None
    usage_bytes: int = Field(ge=0)
    status: VectorStoreFileStatus
    attributes: dict[str, Any]
    chunking_strategy: dict[str, Any] | None
    last_error: str | None
    created_at: datetime
    updated_at: datetime


class VectorStoreFileListResponse(ResponseModel):
    """A page of the files in a vector store, newest first; `total` counts all that match."""

    items: list[VectorStoreFileResponse]
    total: int = Field(ge=0)


class VectorStoreSearchRequest(RequestModel):
    """What to look for."""

    query: Annotated[str, Field(min_length=1)] | Annotated[list[str], Field(min_length=1)]
    filters: dict[str, Any] | None = None
    max_num_results: int | None = Field(None, ge=1, le=50)
    ranking_options: dict[str, Any] | None = None


class VectorStoreSearchContentChunkResponse(ResponseModel):
    """A passage that was found."""

    type: Literal["text"]
    text: str


class VectorStoreSearchResultResponse(ResponseModel):
    """A file in which something was found."""

    file_id: str
    filename: str
    score: float = Field(ge=0, le=1)
    attributes: dict[str, Any]
    content: list[VectorStoreSearchContentChunkResponse]


class VectorStoreSearchResponse(ResponseModel):
    """What a search found, best first."""

    object: str
    search_query: str
    data: list[VectorStoreSearchResultResponse]
    has_more: bool
    next_page: str | None
