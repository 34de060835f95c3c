"""What the double keeps, and how each object looks on the wire."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Request

from provider_doubles.openai.errors import no_such

Wire = dict[str, Any]
DEFAULT_CHUNKING: Mapping[str, Any] = {
    "type": "static",
    "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400},
}


def new_id(prefix: str) -> Callable[[], str]:
    """A maker of identifiers such as `file-...`."""
    return lambda: f"{prefix}{uuid4().hex[:24]}"


def _now() -> int:
    return int(time.time())


@dataclass
class File:
    """An uploaded file."""

    filename: str
    data: bytes
    purpose: str
    id: str = field(default_factory=new_id("file-"))
    created_at: int = field(default_factory=_now)

    def wire(self) -> Wire:
        """The file object."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.data),
            "created_at": self.created_at,
            "expires_at": None,
            "filename": self.filename,
            "purpose": self.purpose,
            "status": "processed",
            "status_details": None,
        }


@dataclass
class StoreFile:
    """A file in a vector store; it is being indexed until it is looked at."""

    file: File
    store_id: str
    attributes: dict[str, Any]
    chunking_strategy: dict[str, Any]
    status: str = "in_progress"
    created_at: int = field(default_factory=_now)

    def wire(self) -> Wire:
        """The vector store file object."""
        return {
            "id": self.file.id,
            "object": "vector_store.file",
            "usage_bytes": len(self.file.data),
            "created_at": self.created_at,
            "vector_store_id": self.store_id,
            "status": self.status,
            "last_error": None,
            "chunking_strategy": self.chunking_strategy,
            "attributes": self.attributes,
        }


@dataclass
class VectorStore:
    """A vector store with its files by file id."""

    name: str | None
    expires_after: dict[str, Any] | None
    metadata: dict[str, Any]
    files: dict[str, StoreFile] = field(default_factory=dict)
    id: str = field(default_factory=new_id("vs_"))
    created_at: int = field(default_factory=_now)

    def wire(self) -> Wire:
        """The vector store object."""
        done = sum(file.status == "completed" for file in self.files.values())
        waiting = len(self.files) - done
        days = (self.expires_after or {}).get("days")
        return {
            "id": self.id,
            "object": "vector_store",
            "created_at": self.created_at,
            "name": self.name,
            "usage_bytes": sum(len(file.file.data) for file in self.files.values()),
            "file_counts": {
                "in_progress": waiting,
                "completed": done,
                "failed": 0,
                "cancelled": 0,
                "total": len(self.files),
            },
            "status": "in_progress" if waiting else "completed",
            "expires_after": self.expires_after,
            "expires_at": self.created_at + days * 86400 if days else None,
            "last_active_at": self.created_at,
            "metadata": self.metadata,
        }


@dataclass
class ContainerFile:
    """A file inside a container."""

    container_id: str
    filename: str
    data: bytes
    id: str = field(default_factory=new_id("cfile_"))
    created_at: int = field(default_factory=_now)

    def wire(self) -> Wire:
        """The container file object."""
        return {
            "id": self.id,
            "object": "container.file",
            "bytes": len(self.data),
            "container_id": self.container_id,
            "created_at": self.created_at,
            "path": f"/mnt/data/{self.filename}",
            "source": "user",
        }


@dataclass
class Container:
    """A container with its files by id."""

    name: str
    memory_limit: str
    expires_after: dict[str, Any]
    files: dict[str, ContainerFile] = field(default_factory=dict)
    id: str = field(default_factory=new_id("cntr_"))
    created_at: int = field(default_factory=_now)

    def wire(self) -> Wire:
        """The container object."""
        return {
            "id": self.id,
            "object": "container",
            "created_at": self.created_at,
            "name": self.name,
            "status": "running",
            "expires_after": self.expires_after,
            "last_active_at": self.created_at,
            "memory_limit": self.memory_limit,
        }


class Account:
    """Everything that one double holds."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.stores: dict[str, VectorStore] = {}
        self.containers: dict[str, Container] = {}

    def file(self, file_id: str) -> File:
        """The file; raises the 404 when there is none."""
        return self.files.get(file_id) or no_such("file", file_id)

    def store(self, store_id: str) -> VectorStore:
        """The vector store; raises the 404 when there is none."""
        return self.stores.get(store_id) or no_such("vector store", store_id)

    def container(self, container_id: str) -> Container:
        """The container; raises the 404 when there is none."""
        return self.containers.get(container_id) or no_such("container", container_id)

    def forget_file(self, file_id: str) -> None:
        """Delete a file, also from every vector store."""
        del self.files[self.file(file_id).id]
        for store in self.stores.values():
            store.files.pop(file_id, None)


async def account_of(request: Request) -> Account:
    """The account of the double that answers this request."""
    account: Account = request.app.state.account
    return account


AccountDep = Annotated[Account, Depends(account_of)]
