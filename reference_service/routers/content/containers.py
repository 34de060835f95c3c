"""The tenant's containers and the agents that use them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from reference_service.models.content.containers import (
    ContainerBindRequest,
    ContainerCreateRequest,
    ContainerListResponse,
    ContainerResponse,
)
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Admin, Viewer
from reference_service.services.content import containers

router = APIRouter(prefix="/containers", tags=["containers"])


@router.post("", status_code=201)
async def create_container(
    runtime: RuntimeDep, request: Request, caller: Admin, body: ContainerCreateRequest
) -> ContainerResponse:
    """A new container."""
    container = await containers.create_container(runtime, request, caller, body)
    return ContainerResponse.model_validate(container)


@router.get("")
async def list_containers(
    runtime: RuntimeDep,
    caller: Viewer,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ContainerListResponse:
    """The tenant's containers, newest first."""
    known = containers.containers_of(runtime, caller)
    page = [ContainerResponse.model_validate(container) for container in known[offset : offset + limit]]
    return ContainerListResponse(items=page, total=len(known))


@router.get("/{container_id}")
async def get_container(runtime: RuntimeDep, caller: Viewer, container_id: UUID) -> ContainerResponse:
    """One container."""
    return ContainerResponse.model_validate(containers.container_of(runtime, caller, container_id))


@router.delete("/{container_id}", status_code=204)
async def delete_container(
    runtime: RuntimeDep, request: Request, caller: Admin, container_id: UUID
) -> Response:
    """Delete a container."""
    container = containers.container_of(runtime, caller, container_id)
    await containers.delete_container(runtime, request, caller, container)
    return Response(status_code=204)


@router.post("/agents/{agent_key}/container", status_code=204)
async def bind_agent(
    runtime: RuntimeDep, request: Request, caller: Admin, agent_key: str, body: ContainerBindRequest
) -> Response:
    """Let an agent use a container."""
    container = containers.container_of(runtime, caller, body.container_id)
    containers.bind_agent(runtime, request, caller, container, agent_key)
    return Response(status_code=204)


@router.delete("/agents/{agent_key}/container", status_code=204)
async def unbind_agent(runtime: RuntimeDep, request: Request, caller: Admin, agent_key: str) -> Response:
    """Let an agent use no container of the tenant."""
    containers.unbind_agent(runtime, request, caller, agent_key)
    return Response(status_code=204)
