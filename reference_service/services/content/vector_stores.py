"""Vector stores: what may be created and attached, at the provider and here."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service.catalog.agents import AGENTS
from reference_service.clients.provider import ProviderMissingError
from reference_service.errors import ApiError, not_found
from reference_service.models.content.vector_stores import (
    VectorStoreCreateRequest,
    VectorStoreFileCreateRequest,
    VectorStoreFileOptions,
    VectorStoreFileUploadRequest,
    VectorStoreSearchRequest,
)
from reference_service.records.content import StorageObject
from reference_service.records.knowledge import VectorStore, VectorStoreFile
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.services.activity.feed import record_activity
from reference_service.services.content.provider_files import brought_by

PRIMARY = "primary"


def store_of(runtime: Runtime, caller: Caller, store_id: UUID) -> VectorStore:
    """The tenant's vector store; raises the 404 when there is none, or the provider still makes it."""
    store = runtime.store.vector_stores.owned(caller.tenant.id, store_id)
    return store if store and store.openai_id else not_found("Vector store")


def stores_of(runtime: Runtime, caller: Caller) -> list[VectorStore]:
    """The tenant's vector stores that the provider has made, newest first."""
    return [store for store in runtime.store.vector_stores.of(caller.tenant.id)[::-1] if store.openai_id]


def file_of(runtime: Runtime, store: VectorStore, file_id: str) -> VectorStoreFile | None:
    """The file of a vector store by the provider's id, or None."""
    return runtime.store.vector_store_files.find(
        lambda file: file.vector_store_id == store.id and file.openai_file_id == file_id
    )


async def create_store(runtime: Runtime, caller: Caller, body: VectorStoreCreateRequest) -> VectorStore:
    """A new vector store; 403 when the tenant has its full share, 409 for a name that it has already."""
    existing = runtime.store.vector_stores.of(caller.tenant.id)
    if len(existing) >= runtime.config.limit_vector_stores:
        raise ApiError(403, "Vector store limit reached for this tenant.")
    if any(store.name == body.name for store in existing):
        raise ApiError(409, "A vector store with this name already exists.")
    # Kept before the provider answers, so that the name is taken meanwhile.
    store = runtime.store.vector_stores.insert(_new_store(runtime, caller, body))
    try:
        made = await runtime.provider.json("POST", "vector_stores", json=_wanted(body))
    except (ApiError, ProviderMissingError):
        runtime.store.vector_stores.delete(store.id)
        raise
    store.openai_id, store.status = made["id"], made["status"]
    store.expires_at = _moment(made["expires_at"])
    store.last_active_at = _moment(made["last_active_at"]) or store.created_at
    runtime.metrics.count("vector_store_operations_total", operation="create")
    return store


def _new_store(runtime: Runtime, caller: Caller, body: VectorStoreCreateRequest) -> VectorStore:
    now = runtime.clock.now()
    return VectorStore(
        caller.tenant.id,
        caller.user.id,
        body.name,
        now,
        now,
        now,
        description=body.description,
        expires_after=body.expires_after,
        metadata=body.metadata or {},
    )


def _wanted(body: VectorStoreCreateRequest) -> dict[str, Any]:
    return body.model_dump(include={"name", "expires_after", "metadata"}, exclude_none=True)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


async def delete_store(runtime: Runtime, store: VectorStore) -> None:
    """Delete a vector store at the provider and here; its files stay at the provider."""
    await _forget_at_provider(runtime, "vector_stores", store.openai_id)
    runtime.store.vector_stores.delete(store.id)
    runtime.store.vector_store_files.delete_where(lambda file: file.vector_store_id == store.id)
    runtime.metrics.count("vector_store_operations_total", operation="delete")


async def _forget_at_provider(runtime: Runtime, *path: str) -> None:
    with suppress(ProviderMissingError):
        await runtime.provider.request("DELETE", *path)


async def attach_file(
    runtime: Runtime, request: Request, store: VectorStore, body: VectorStoreFileCreateRequest
) -> VectorStoreFile:
    """Attach a file of the provider.

    Raises 409 when it is attached already, 404 when it is another tenant's and 400 when there is none.
    """
    if file_of(runtime, store, body.file_id):
        raise ApiError(409, "File already attached to this vector store.")
    with brought_by(runtime, store.tenant_id, body.file_id):
        try:
            known = await runtime.provider.json("GET", "files", body.file_id)
        except ProviderMissingError:
            raise ApiError(400, "The provider has no such file.") from None
        return await _attach(runtime, request, store, known, body)


async def upload_object(
    runtime: Runtime,
    request: Request,
    store: VectorStore,
    stored: StorageObject | None,
    body: VectorStoreFileUploadRequest,
) -> VectorStoreFile:
    """Hand a stored object to the provider and attach it.

    Raises 403 for an agent that may not search this store and 404 for an object without bytes.
    """
    if body.agent_key:
        _require_searcher(runtime, store, body.agent_key)
    if stored is None or stored.data is None:
        not_found("Object")
    uploaded = await runtime.provider.json(
        "POST",
        "files",
        data={"purpose": "assistants"},
        files={"file": (stored.filename, stored.data, stored.mime_type)},
    )
    try:
        with brought_by(runtime, store.tenant_id, uploaded["id"]):
            file = await _attach(runtime, request, store, uploaded, body)
    except (ApiError, ProviderMissingError):
        await _forget_at_provider(runtime, "files", uploaded["id"])
        raise
    file.mime_type = stored.mime_type
    return file


def _require_searcher(runtime: Runtime, store: VectorStore, agent_key: str) -> None:
    # An agent searches the store that it is bound to, and without a binding the tenant's primary one.
    agent = AGENTS.get(agent_key)
    if agent is None:
        raise ApiError(403, "Agent not found.")
    if "file_search" not in agent.tools:
        raise ApiError(403, "Agent does not support file_search.")
    bound = bound_store(runtime, store.tenant_id, agent_key)
    if store is not bound and (bound is not None or store.name != PRIMARY):
        raise ApiError(403, "Vector store not allowed for this agent.")


def bound_store(runtime: Runtime, tenant_id: UUID, agent_key: str) -> VectorStore | None:
    """The tenant's vector store that the agent is bound to, or None."""
    stores = runtime.store.vector_stores.of(tenant_id)
    return next((store for store in stores if agent_key in store.bound_agents), None)


def bind_agent(runtime: Runtime, store: VectorStore, agent_key: str) -> None:
    """Let the agent search this vector store instead of another one."""
    before = bound_store(runtime, store.tenant_id, agent_key)
    if before is not None:
        before.bound_agents.discard(agent_key)
    store.bound_agents.add(agent_key)


async def _attach(
    runtime: Runtime,
    request: Request,
    store: VectorStore,
    known: dict[str, Any],
    options: VectorStoreFileOptions,
) -> VectorStoreFile:
    files = ("vector_stores", store.openai_id, "files")
    how = options.model_dump(include={"attributes", "chunking_strategy"}, exclude_none=True)
    indexed = await runtime.provider.json("POST", *files, json={"file_id": known["id"], **how})
    if options.poll:
        indexed = await runtime.provider.json("GET", *files, known["id"])
    file = _new_file(runtime, store, known, indexed, options)
    store.usage_bytes += file.usage_bytes
    _note(runtime, request, file)
    return runtime.store.vector_store_files.insert(file)


def _new_file(
    runtime: Runtime,
    store: VectorStore,
    known: dict[str, Any],
    indexed: dict[str, Any],
    options: VectorStoreFileOptions,
) -> VectorStoreFile:
    now = runtime.clock.now()
    return VectorStoreFile(
        store.tenant_id,
        store.id,
        known["id"],
        known["filename"],
        indexed["usage_bytes"],
        indexed["status"],
        now,
        now,
        size_bytes=known["bytes"],
        attributes=options.attributes or {},
        chunking_strategy=options.chunking_strategy,
    )


def _note(runtime: Runtime, request: Request, file: VectorStoreFile) -> None:
    runtime.metrics.count("vector_store_operations_total", operation="attach")
    record_activity(
        runtime,
        request,
        tenant_id=file.tenant_id,
        action="vector.file.synced",
        object_type="vector_store_file",
        object_id=file.openai_file_id,
        object_name=file.filename,
        metadata={"vector_store_id": str(file.vector_store_id)},
    )


async def detach_file(runtime: Runtime, store: VectorStore, file_id: str) -> None:
    """Take a file out of a vector store; nothing happens if it is not in there."""
    await _forget_at_provider(runtime, "vector_stores", store.openai_id, "files", file_id)
    file = file_of(runtime, store, file_id)
    if file is not None:
        runtime.store.vector_store_files.delete(file.id)
        store.usage_bytes -= file.usage_bytes


async def search(runtime: Runtime, store: VectorStore, body: VectorStoreSearchRequest) -> dict[str, Any]:
    """What the provider finds in a vector store."""
    wanted = body.model_dump(exclude_none=True)
    found = await runtime.provider.json("POST", "vector_stores", store.openai_id, "search", json=wanted)
    return {**found, "search_query": " ".join(found["search_query"])}
