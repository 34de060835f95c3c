"""The tenant's vector stores, their files, and search in them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from reference_service.errors import not_found
from reference_service.models.content.vector_stores import (
    VectorStoreCreateRequest,
    VectorStoreFileCreateRequest,
    VectorStoreFileListResponse,
    VectorStoreFileResponse,
    VectorStoreFileUploadRequest,
    VectorStoreListResponse,
    VectorStoreResponse,
    VectorStoreSearchRequest,
    VectorStoreSearchResponse,
)
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Admin, Viewer
from reference_service.services.content import vector_stores

router = APIRouter(prefix="/vector-stores", tags=["vector-stores"])
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0)]


@router.post("", status_code=201)
async def create_vector_store(
    runtime: RuntimeDep, caller: Admin, body: VectorStoreCreateRequest
) -> VectorStoreResponse:
    """A new, empty vector store."""
    return VectorStoreResponse.model_validate(await vector_stores.create_store(runtime, caller, body))


@router.get("")
async def list_vector_stores(
    runtime: RuntimeDep, caller: Viewer, limit: Limit = 20, offset: Offset = 0
) -> VectorStoreListResponse:
    """The tenant's vector stores, newest first."""
    stores = vector_stores.stores_of(runtime, caller)
    page = [VectorStoreResponse.model_validate(store) for store in stores[offset : offset + limit]]
    return VectorStoreListResponse(items=page, total=len(stores))


@router.get("/{vector_store_id}")
async def get_vector_store(runtime: RuntimeDep, caller: Viewer, vector_store_id: UUID) -> VectorStoreResponse:
    """One vector store."""
    return VectorStoreResponse.model_validate(vector_stores.store_of(runtime, caller, vector_store_id))


@router.delete("/{vector_store_id}", status_code=204)
async def delete_vector_store(runtime: RuntimeDep, caller: Admin, vector_store_id: UUID) -> Response:
    """Delete a vector store."""
    await vector_stores.delete_store(runtime, vector_stores.store_of(runtime, caller, vector_store_id))
    return Response(status_code=204)


@router.post("/{vector_store_id}/files", status_code=201)
async def attach_file(
    runtime: RuntimeDep,
    request: Request,
    caller: Admin,
    vector_store_id: UUID,
    body: VectorStoreFileCreateRequest,
) -> VectorStoreFileResponse:
    """Attach a file that the provider has."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    return VectorStoreFileResponse.model_validate(
        await vector_stores.attach_file(runtime, request, store, body)
    )


@router.post("/{vector_store_id}/files/upload", status_code=201)
async def upload_file(
    runtime: RuntimeDep,
    request: Request,
    caller: Admin,
    vector_store_id: UUID,
    body: VectorStoreFileUploadRequest,
) -> VectorStoreFileResponse:
    """Attach a stored object."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    stored = runtime.store.storage_objects.owned(caller.tenant.id, body.object_id)
    return VectorStoreFileResponse.model_validate(
        await vector_stores.upload_object(runtime, request, store, stored, body)
    )


@router.get("/{vector_store_id}/files")
async def list_files(
    runtime: RuntimeDep,
    caller: Viewer,
    vector_store_id: UUID,
    status: str | None = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> VectorStoreFileListResponse:
    """The files of a vector store, newest first."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    files = runtime.store.vector_store_files.filter(
        lambda file: file.vector_store_id == store.id and status in (None, file.status)
    )[::-1]
    page = [VectorStoreFileResponse.model_validate(file) for file in files[offset : offset + limit]]
    return VectorStoreFileListResponse(items=page, total=len(files))


@router.get("/{vector_store_id}/files/{file_id}")
async def get_file(
    runtime: RuntimeDep, caller: Viewer, vector_store_id: UUID, file_id: str
) -> VectorStoreFileResponse:
    """One file of a vector store, by the provider's id."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    file = vector_stores.file_of(runtime, store, file_id) or not_found("File")
    return VectorStoreFileResponse.model_validate(file)


@router.delete("/{vector_store_id}/files/{file_id}", status_code=204)
async def delete_file(runtime: RuntimeDep, caller: Admin, vector_store_id: UUID, file_id: str) -> Response:
    """Take a file out of a vector store."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    await vector_stores.detach_file(runtime, store, file_id)
    return Response(status_code=204)


@router.post("/{vector_store_id}/search")
async def search_vector_store(
    runtime: RuntimeDep, caller: Viewer, vector_store_id: UUID, body: VectorStoreSearchRequest
) -> VectorStoreSearchResponse:
    """Search the files of a vector store."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    return VectorStoreSearchResponse.model_validate(await vector_stores.search(runtime, store, body))


@router.post("/{vector_store_id}/bindings/{agent_key}", status_code=204)
async def bind_agent(runtime: RuntimeDep, caller: Admin, vector_store_id: UUID, agent_key: str) -> Response:
    """Let an agent search the vector store instead of another one."""
    store = vector_stores.store_of(runtime, caller, vector_store_id)
    vector_stores.bind_agent(runtime, store, agent_key)
    return Response(status_code=204)


@router.delete("/{vector_store_id}/bindings/{agent_key}", status_code=204)
async def unbind_agent(runtime: RuntimeDep, caller: Admin, vector_store_id: UUID, agent_key: str) -> Response:
    """Let an agent search the vector store no more; nothing happens if it could not."""
    store = runtime.store.vector_stores.owned(caller.tenant.id, vector_store_id)
    if store is not None:
        store.bound_agents.discard(agent_key)
    return Response(status_code=204)
