"""Containers in which agents run code."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from reference_service.models.base import RequestModel, ResponseModel
from reference_service.records.knowledge import ContainerStatus


class ContainerCreateRequest(RequestModel):
    """A container to create."""

    name: str = Field(min_length=1, max_length=128)
    memory_limit: str | None = Field(None, description="One of the memory tiers; 1g when not given.")
    expires_after: dict[str, Any] | None = None
    file_ids: list[str] | None = None
    metadata: dict[str, Any] | None = None


class ContainerBindRequest(RequestModel):
    """The container that an agent is to use."""

    container_id: UUID


class ContainerResponse(ResponseModel):
    """A container."""

    id: UUID
    openai_id: str = Field(min_length=1)
    tenant_id: UUID
    owner_user_id: UUID | None
    name: str
    memory_limit: str
    status: ContainerStatus
    expires_after: dict[str, Any] | None
    last_active_at: datetime
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class ContainerListResponse(ResponseModel):
    """A page of containers, newest first; `total` counts them all."""

    items: list[ContainerResponse]
    total: int = Field(ge=0)
