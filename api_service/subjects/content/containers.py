"""Which agent uses which container, as the activity feed tells it: no operation shows it directly."""

from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.subjects.activity.feed import FEED
from api_service.subjects.content.contents import Container
from api_service.world import World

BINDING = "/api/v1/containers/agents/{agent_key}/container"


def activities(
    world: World, person: str, container: str, event: str, agent: str | None
) -> tuple[Exchange, list[Any]]:
    """Return the feed of a container, and its entries about an event, and about an agent if one is given."""
    container_id = world.state.find(Container, container).id
    query = {"object_type": "container", "object_id": container_id, "action": "container.lifecycle"}
    expected = {"container_id": container_id, "event": event, **({"agent_key": agent} if agent else {})}
    feed = world.must(person, "GET", FEED, query=query)
    return feed, [
        entry
        for entry in feed.body["items"]
        if entry["action"] == query["action"] and expected.items() <= (entry["metadata"] or {}).items()
    ]
