"""Conversations of a scenario: seeded in the person's own tenant, read back, paged."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from acceptance.exchange import Exchange
from acceptance.people import Person
from acceptance.seed import apply, tenant_names, tenant_specification
from acceptance.world import World

CONVERSATION = "/api/v1/conversations/{conversation_id}"
SMALL_TALK = (
    {"from": "user", "text": "When does my train leave?"},
    {"from": "assistant", "text": "At nine, from platform two."},
)


def keep(
    world: World, name: str, title: str, messages: Iterable[Mapping[str, str]] = SMALL_TALK, **more: Any
) -> str:
    """Seed a conversation of a person of the run, remember it under its title and return its id.

    `more` are further fields of its fixture, such as status and agent_entrypoint. The key is a UUID, which is
    then the id as well.
    """
    person = world.person(name)
    key = str(uuid4())
    conversation = {
        "key": key,
        "agent_entrypoint": "triage",
        "user_email": person.email,
        "messages": [{"role": row["from"], "text": row["text"]} for row in messages],
        **more,
    }
    tenant = tenant_specification(
        person.tenant_slug, tenant_names(world.suite.settings)[person.tenant_slug], [person]
    )
    seeded = apply(world.suite.api, [tenant | {"conversations": [conversation]}])
    identifier: str = seeded[person.tenant_slug]["conversations"][key]["conversation_id"]
    world.undo(
        _owner(world, person), "DELETE", CONVERSATION, what=f'the conversation "{title}"', conversation_id=key
    )
    world.remember("conversation", title, identifier)
    world.remember("owner of the conversation", title, name)
    return identifier


def _owner(world: World, person: Person) -> str:
    return next(
        one.name
        for one in world.persons.values()
        if one.tenant_slug == person.tenant_slug and one.role == "owner"
    )


def messages_of(exchange: Exchange) -> list[tuple[str, str]]:
    """Return who said what, in the order of an answer that holds messages."""
    body = exchange.body if isinstance(exchange.body, dict) else {}
    return [(item["role"], item["content"]) for item in body.get("messages") or body.get("items") or []]


def read(world: World, title: str) -> Exchange:
    """Read a conversation of the scenario as the person who has it."""
    person = world.recall("owner of the conversation", title)
    return world.must(person, "GET", CONVERSATION, conversation_id=world.recall("conversation", title))


def pages(world: World, person: str, path: str, size: int, **request: Any) -> list[list[Any]]:
    """Read a list page by page as the scenario's subject; return the items of each page.

    Raises AssertionError when the list does not end within 100 pages.
    """
    query, found = {**request.pop("query", {}), "limit": size}, []
    for _ in range(100):
        answer = world.act(person, "GET", path, query=query, **request)
        body = answer.body if isinstance(answer.body, dict) else {}
        found.append(body.get("items", []))
        if not body.get("next_cursor"):
            return found
        query["cursor"] = body["next_cursor"]
    raise AssertionError(f"{path} has no last page among the first 100")
