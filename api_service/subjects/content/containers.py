"""Which agent uses which container, as the activity feed tells it: no operation shows it directly."""

from typing import Any

from hamcrest import has_entries, has_item, not_

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.subjects.content.contents import Ask, address
from api_service.world import World

KIND = "container"
BINDING = "/api/v1/containers/agents/{agent_key}/container"
ACTIVITY = "/api/v1/activity"


def bind(world: World, ask: Ask, person: str, agent: str, container: str) -> Exchange:
    """Let an agent of the tenant use a container."""
    body = address(world, KIND, container)
    return ask(person, "POST", BINDING, json=body, agent_key=agent)


def release(world: World, ask: Ask, person: str, agent: str) -> Exchange:
    """Let an agent of the tenant use no container."""
    return ask(person, "DELETE", BINDING, agent_key=agent)


def should_be_told(world: World, person: str, container: str, event: str, **more: str) -> None:
    """Assert that the activity feed tells of an event in a container's life."""
    feed, told = _feed(world, person, container, event, **more)
    check(feed, field(feed, "items"), has_item(told))


def should_not_be_told(world: World, person: str, container: str, event: str, **more: str) -> None:
    """Assert that the activity feed tells of no such event in a container's life."""
    feed, told = _feed(world, person, container, event, **more)
    check(feed, field(feed, "items"), not_(has_item(told)))


def _feed(world: World, person: str, container: str, event: str, **more: str) -> tuple[Exchange, Any]:
    container_id = world.recall(KIND, container)
    query = {"object_type": KIND, "object_id": container_id, "action": "container.lifecycle"}
    details: Any = has_entries({"container_id": container_id, "event": event, **more})
    told = has_entries({"action": "container.lifecycle", "metadata": details})
    return world.must(person, "GET", ACTIVITY, query=query), told
