"""Bytes of the provider's files, for tenants to whom they belong."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Response

from reference_service.clients.provider import ProviderMissingError
from reference_service.errors import ApiError, not_found
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, Viewer
from reference_service.services.assistants import conversations

OCTETS = "application/octet-stream"
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {OCTETS: {"schema": {"type": "string", "format": "binary"}}}}
}
router = APIRouter(prefix="/openai", tags=["openai-files"], default_response_class=Response, responses=BYTES)


@router.get("/files/{file_id}/download")
async def download_file(runtime: RuntimeDep, caller: Viewer, file_id: str) -> Response:
    """A file that is attached to one of the tenant's vector stores."""
    files = runtime.store.vector_store_files.of(caller.tenant.id)
    file = next((file for file in files if file.openai_file_id == file_id), None) or not_found("File")
    try:
        return await _download(runtime, file.filename, "files", file_id)
    except ProviderMissingError:
        raise ApiError(502, "The provider does not have this file any more.") from None


@router.get("/containers/{container_id}/files/{file_id}/download")
async def download_container_file(
    runtime: RuntimeDep,
    caller: Viewer,
    container_id: str,
    file_id: str,
    conversation_id: str | None = None,
    filename: str | None = None,
) -> Response:
    """A file in one of the tenant's containers, or one that a conversation of the tenant cites."""
    own = any(one.openai_id == container_id for one in runtime.store.containers.of(caller.tenant.id))
    if not own and not _cited(runtime, caller, conversation_id, container_id, file_id):
        not_found("Container")
    try:
        return await _download(
            runtime, filename or f"{file_id}.bin", "containers", container_id, "files", file_id
        )
    except ProviderMissingError:
        not_found("File")


def _cited(
    runtime: Runtime, caller: Caller, conversation_id: str | None, container_id: str, file_id: str
) -> bool:
    conversation = conversations.find(runtime, caller.tenant.id, conversation_id) if conversation_id else None
    events = conversation.ledger if conversation else []
    return any(f'"{container_id}"' in event and f'"{file_id}"' in event for event in events)


async def _download(runtime: Runtime, filename: str, *path: str) -> Response:
    content = await runtime.provider.request("GET", *path, "content")
    headers = {
        # RFC 6266, section 4.3: the extended form carries any name.
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(filename, safe='')}",
        "Cache-Control": "private, max-age=300",
    }
    return Response(content.content, media_type=OCTETS, headers=headers)
