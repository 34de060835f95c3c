"""Stored objects and the assets that point at them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

AssetType = Literal["image", "file"]
StorageStatus = Literal["pending_upload", "ready"]
SourceTool = Literal["image_generation", "code_interpreter", "user_upload", "unknown"]


@dataclass
class StorageObject:
    """A file in a tenant's bucket; `data` is None until its bytes have been uploaded.

    A seeded object is ready and has no bytes.
    """

    tenant_id: UUID
    filename: str
    mime_type: str
    size_bytes: int
    created_at: datetime
    agent_key: str | None = None
    conversation_id: UUID | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    status: StorageStatus = "pending_upload"
    data: bytes | None = None
    id: UUID = field(default_factory=uuid4)

    @property
    def bucket(self) -> str:
        """The tenant's bucket."""
        return f"agent-data-{self.tenant_id.hex}"

    @property
    def object_key(self) -> str:
        """Where in the bucket the object lies; the file's name is reduced to harmless characters."""
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", self.filename)
        return f"{self.tenant_id}/{self.id}/{name}"


@dataclass
class Asset:
    """A file or image that a conversation or a tool produced."""

    tenant_id: UUID
    key: str
    storage_object_id: UUID
    asset_type: AssetType
    created_at: datetime
    updated_at: datetime
    source_tool: SourceTool | None = None
    agent_key: str | None = None
    conversation_id: UUID | None = None
    message_id: int | None = None
    tool_call_id: str | None = None
    response_id: str | None = None
    container_id: str | None = None
    openai_file_id: str | None = None
    user_id: UUID | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)
