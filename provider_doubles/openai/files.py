"""Files: upload, look up, read, delete."""

from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile

from provider_doubles.openai.paging import PageDep
from provider_doubles.openai.state import AccountDep, File, Wire

router = APIRouter(prefix="/files", tags=["files"])


@router.post("")
async def upload_file(account: AccountDep, file: UploadFile, purpose: Annotated[str, Form()]) -> Wire:
    """Keep an uploaded file."""
    kept = File(file.filename or "file", await file.read(), purpose)
    account.files[kept.id] = kept
    return kept.wire()


@router.get("")
async def list_files(account: AccountDep, page: PageDep) -> Wire:
    """The files."""
    return page.of(account.files.values())


@router.get("/{file_id}")
async def get_file(account: AccountDep, file_id: str) -> Wire:
    """One file, without its content."""
    return account.file(file_id).wire()


@router.get("/{file_id}/content")
async def get_content(account: AccountDep, file_id: str) -> Response:
    """The bytes of a file."""
    return Response(account.file(file_id).data, media_type="application/octet-stream")


@router.delete("/{file_id}")
async def delete_file(account: AccountDep, file_id: str) -> Wire:
    """Forget a file, also in every vector store."""
    account.forget_file(file_id)
    return {"id": file_id, "object": "file", "deleted": True}
