"""Vector stores and containers that a request names for its agents in place of their own."""

from collections.abc import Collection
from uuid import UUID

from reference_service.catalog.agents import AGENTS
from reference_service.errors import ApiError
from reference_service.models.assistants.chat import AgentInput
from reference_service.runtime import Runtime


def require_usable(runtime: Runtime, tenant_id: UUID, body: AgentInput, agents: Collection[str]) -> None:
    """Check the overrides of a run in which these agents are asked.

    A vector store may also be named for an agent to which one of them delegates. Raises 400 for an agent that
    takes no part or lacks the tool, 400 for a container that the tenant does not have, and 404 for such a
    vector store.
    """
    for agent, container_id in (body.container_overrides or {}).items():
        _require_tool(agent, agents, "code_interpreter")
        container = runtime.store.containers.owned(tenant_id, container_id)
        if container is None or not container.openai_id:
            raise ApiError(400, f"Container '{container_id}' not found")
    reachable = set(agents).union(*(AGENTS[agent].delegates for agent in agents))
    for agent, override in (body.vector_store_overrides or {}).items():
        _require_tool(agent, reachable, "file_search")
        wanted = {override.vector_store_id, *(override.vector_store_ids or [])} - {None}
        if not wanted <= _vector_stores(runtime, tenant_id):
            raise ApiError(404, "Vector store override not found")


def _require_tool(agent: str, taking_part: Collection[str], tool: str) -> None:
    if agent not in taking_part:
        raise ApiError(400, f"Agent '{agent}' is not part of this run")
    if tool not in AGENTS[agent].tools:
        raise ApiError(400, f"Agent '{agent}' does not support {tool}")


def _vector_stores(runtime: Runtime, tenant_id: UUID) -> set[str | None]:
    made = [store for store in runtime.store.vector_stores.of(tenant_id) if store.openai_id]
    return {name for store in made for name in (str(store.id), store.openai_id)}
