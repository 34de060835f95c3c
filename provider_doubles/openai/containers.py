"""Containers and the files in them."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Response, UploadFile
from pydantic import BaseModel, Field

from provider_doubles.openai.errors import no_such
from provider_doubles.openai.paging import PageDep
from provider_doubles.openai.state import AccountDep, Container, ContainerFile, Wire

router = APIRouter(prefix="/containers", tags=["containers"])


class ExpiresAfter(BaseModel):
    """When a container expires: minutes after it was last active."""

    anchor: Literal["last_active_at"] = "last_active_at"
    minutes: int = Field(default=20, ge=1)


class ContainerRequest(BaseModel):
    """A container to create."""

    name: str = Field(min_length=1)
    memory_limit: Literal["1g", "4g", "16g", "64g"] = "1g"
    expires_after: ExpiresAfter = Field(default_factory=ExpiresAfter)
    file_ids: list[str] = Field(default_factory=list)


@router.post("")
async def create_container(account: AccountDep, body: ContainerRequest) -> Wire:
    """A new container, with copies of the files that the request names."""
    expires: dict[str, Any] = body.expires_after.model_dump()
    container = Container(body.name, body.memory_limit, expires)
    for file in [account.file(file_id) for file_id in body.file_ids]:
        _put(container, file.filename, file.data)
    account.containers[container.id] = container
    return container.wire()


@router.get("")
async def list_containers(account: AccountDep, page: PageDep) -> Wire:
    """The containers."""
    return page.of(account.containers.values())


@router.get("/{container_id}")
async def get_container(account: AccountDep, container_id: str) -> Wire:
    """One container."""
    return account.container(container_id).wire()


@router.delete("/{container_id}")
async def delete_container(account: AccountDep, container_id: str) -> Wire:
    """Forget a container and its files."""
    del account.containers[account.container(container_id).id]
    return {"id": container_id, "object": "container.deleted", "deleted": True}


@router.post("/{container_id}/files")
async def add_container_file(
    account: AccountDep, container_id: str, file: Annotated[UploadFile, File()]
) -> Wire:
    """Put an uploaded file into a container."""
    container = account.container(container_id)
    return _put(container, file.filename or "file", await file.read()).wire()


@router.get("/{container_id}/files")
async def list_container_files(account: AccountDep, container_id: str, page: PageDep) -> Wire:
    """The files of a container."""
    return page.of(account.container(container_id).files.values())


@router.get("/{container_id}/files/{file_id}")
async def get_container_file(account: AccountDep, container_id: str, file_id: str) -> Wire:
    """One file of a container, without its content."""
    return _member(account.container(container_id), file_id).wire()


@router.get("/{container_id}/files/{file_id}/content")
async def get_container_file_content(account: AccountDep, container_id: str, file_id: str) -> Response:
    """The bytes of a container's file."""
    file = _member(account.container(container_id), file_id)
    return Response(file.data, media_type="application/octet-stream")


@router.delete("/{container_id}/files/{file_id}")
async def delete_container_file(account: AccountDep, container_id: str, file_id: str) -> Wire:
    """Take a file out of a container."""
    container = account.container(container_id)
    del container.files[_member(container, file_id).id]
    return {"id": file_id, "object": "container.file.deleted", "deleted": True}


def _put(container: Container, filename: str, data: bytes) -> ContainerFile:
    file = ContainerFile(container.id, filename, data)
    container.files[file.id] = file
    return file


def _member(container: Container, file_id: str) -> ContainerFile:
    return container.files.get(file_id) or no_such("container file", file_id)
