"""Files that people hand to their agents."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from reference_service.models.content.stored_files import (
    StoragePresignUploadRequest,
    StoragePresignUploadResponse,
)
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Caller, tenant_caller
from reference_service.services.content import stored_files

router = APIRouter(prefix="/uploads", tags=["uploads"])
Writer = Annotated[Caller, Depends(tenant_caller("member", scope="conversations:write"))]


@router.post("/agent-input", status_code=201)
async def create_agent_input_upload(
    runtime: RuntimeDep, request: Request, caller: Writer, body: StoragePresignUploadRequest
) -> StoragePresignUploadResponse:
    """Announce a file that is going to be attached to a message, and learn where to put it."""
    return stored_files.presigned_upload(runtime, request, caller, body)
