"""What the provider of files, vector stores and containers keeps for a tenant, as the service knows it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

VectorStoreStatus = Literal["in_progress", "completed", "expired"]
VectorStoreFileStatus = Literal["in_progress", "completed", "failed", "cancelled"]
ContainerStatus = Literal["running", "active", "expired"]


@dataclass
class VectorStore:
    """A searchable collection of files; `openai_id` is empty until the provider has made it."""

    tenant_id: UUID
    owner_user_id: UUID
    name: str
    created_at: datetime
    updated_at: datetime
    last_active_at: datetime
    description: str | None = None
    expires_after: dict[str, Any] | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    openai_id: str = ""
    status: VectorStoreStatus = "in_progress"
    usage_bytes: int = 0
    expires_at: datetime | None = None
    bound_agents: set[str] = field(default_factory=set)
    id: UUID = field(default_factory=uuid4)


@dataclass
class VectorStoreFile:
    """A provider's file in a vector store; sizes in bytes."""

    tenant_id: UUID
    vector_store_id: UUID
    openai_file_id: str
    filename: str
    usage_bytes: int
    status: VectorStoreFileStatus
    created_at: datetime
    updated_at: datetime
    mime_type: str | None = None
    size_bytes: int | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    chunking_strategy: dict[str, Any] | None = None
    last_error: str | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class Container:
    """A place where agents run code; `openai_id` is empty until the provider has made it."""

    tenant_id: UUID
    owner_user_id: UUID
    name: str
    memory_limit: str
    created_at: datetime
    updated_at: datetime
    last_active_at: datetime
    expires_after: dict[str, Any] | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    openai_id: str = ""
    status: ContainerStatus = "running"
    bound_agents: set[str] = field(default_factory=set)
    id: UUID = field(default_factory=uuid4)
