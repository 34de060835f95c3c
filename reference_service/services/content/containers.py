"""Containers: what may be created, at the provider and here, and which agent uses which."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service.clients.provider import ProviderMissingError
from reference_service.errors import ApiError, not_found
from reference_service.models.content.containers import ContainerCreateRequest
from reference_service.records.knowledge import Container
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.services.activity.feed import record_deed
from reference_service.services.content.provider_files import brought_by

DEFAULT_MEMORY = "1g"


def container_of(runtime: Runtime, caller: Caller, container_id: UUID) -> Container:
    """The tenant's container; raises the 404 when there is none, or none that the provider has made yet."""
    container = runtime.store.containers.owned(caller.tenant.id, container_id)
    return container if container and container.openai_id else not_found("Container")


def containers_of(runtime: Runtime, caller: Caller) -> list[Container]:
    """The tenant's containers that the provider has made, newest first."""
    return [one for one in runtime.store.containers.of(caller.tenant.id)[::-1] if one.openai_id]


async def create_container(
    runtime: Runtime, request: Request, caller: Caller, body: ContainerCreateRequest
) -> Container:
    """A new container.

    Raises 403 for a memory tier or number that is not allowed, 404 for another tenant's file and 409 for a
    name in use.
    """
    memory = body.memory_limit or DEFAULT_MEMORY
    _check(runtime, caller, body.name, memory)
    # Kept before the provider answers, so that the name is taken meanwhile.
    container = runtime.store.containers.insert(_new_container(runtime, caller, body, memory))
    try:
        with brought_by(runtime, caller.tenant.id, *(body.file_ids or [])):
            made = await runtime.provider.json("POST", "containers", json=_wanted(body, memory))
    except (ApiError, ProviderMissingError) as error:
        runtime.store.containers.delete(container.id)
        raise _without_file(error) from None
    container.openai_id, container.status = made["id"], made["status"]
    container.last_active_at = datetime.fromtimestamp(made["last_active_at"], UTC)
    _note(runtime, request, caller, container, "created")
    return container


def _new_container(runtime: Runtime, caller: Caller, body: ContainerCreateRequest, memory: str) -> Container:
    now = runtime.clock.now()
    return Container(
        caller.tenant.id,
        caller.user.id,
        body.name,
        memory,
        now,
        now,
        now,
        expires_after=body.expires_after,
        metadata=body.metadata or {},
    )


def _check(runtime: Runtime, caller: Caller, name: str, memory: str) -> None:
    existing = runtime.store.containers.of(caller.tenant.id)
    if memory not in runtime.config.container_memory_tiers:
        raise ApiError(403, "Memory tier is not allowed.")
    if len(existing) >= runtime.config.limit_containers:
        raise ApiError(403, "Container limit reached for this tenant.")
    if any(container.name == name for container in existing):
        raise ApiError(409, "A container with this name already exists.")


def _wanted(body: ContainerCreateRequest, memory: str) -> dict[str, Any]:
    wanted = body.model_dump(include={"name", "expires_after", "file_ids"}, exclude_none=True)
    return {**wanted, "memory_limit": memory}


def _without_file(error: ApiError | ProviderMissingError) -> ApiError:
    return error if isinstance(error, ApiError) else ApiError(400, "The provider has no such file.")


async def delete_container(runtime: Runtime, request: Request, caller: Caller, container: Container) -> None:
    """Delete a container at the provider and here."""
    with suppress(ProviderMissingError):
        await runtime.provider.request("DELETE", "containers", container.openai_id)
    runtime.store.containers.delete(container.id)
    _note(runtime, request, caller, container, "deleted")


def bind_agent(
    runtime: Runtime, request: Request, caller: Caller, container: Container, agent_key: str
) -> None:
    """Let an agent use this container instead of another one."""
    _release(runtime, caller, agent_key)
    container.bound_agents.add(agent_key)
    _note(runtime, request, caller, container, "bound", agent_key=agent_key)


def unbind_agent(runtime: Runtime, request: Request, caller: Caller, agent_key: str) -> None:
    """Let an agent use no container of the tenant; nothing happens if it does not."""
    container = _release(runtime, caller, agent_key)
    if container is not None:
        _note(runtime, request, caller, container, "unbound", agent_key=agent_key)


def _release(runtime: Runtime, caller: Caller, agent_key: str) -> Container | None:
    for container in runtime.store.containers.of(caller.tenant.id):
        if agent_key in container.bound_agents:
            container.bound_agents.discard(agent_key)
            return container
    return None


def _note(
    runtime: Runtime, request: Request, caller: Caller, container: Container, event: str, **more: Any
) -> None:
    runtime.metrics.count("container_operations_total", operation=event)
    record_deed(
        runtime,
        request,
        caller,
        "container.lifecycle",
        object_type="container",
        object_id=str(container.id),
        object_name=container.name,
        metadata={"container_id": str(container.id), "event": event, **more},
    )
