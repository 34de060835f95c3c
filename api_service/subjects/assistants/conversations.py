"""Conversations of a scenario: seeded in the person's own tenant, read back, paged."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from acceptance.timestamps import instant
from api_service.people.accounts import Person
from api_service.people.seed import apply, tenant_names, tenant_specification
from api_service.world import World

CONVERSATION = "/api/v1/conversations/{conversation_id}"
SMALL_TALK = (
    {"from": "user", "text": "When does my train leave?"},
    {"from": "assistant", "text": "At nine, from platform two."},
)
NEW_SECONDS = 120
MEMORY = f"{CONVERSATION}/memory"
# What anybody may do with a conversation that they can reach, with the body that it takes.
ACTIONS: Mapping[str, tuple[str, str, Any]] = {
    "open": ("GET", CONVERSATION, None),
    "delete": ("DELETE", CONVERSATION, None),
    "rename": ("PATCH", f"{CONVERSATION}/title", {"display_name": "Renamed"}),
    "change the memory of": ("PATCH", MEMORY, {"mode": "summarize"}),
    "list the messages of": ("GET", f"{CONVERSATION}/messages", None),
    "list the events of": ("GET", f"{CONVERSATION}/events", None),
    "list the ledger of": ("GET", f"{CONVERSATION}/ledger/events", None),
    "replay the ledger of": ("GET", f"{CONVERSATION}/ledger/stream", None),
    "follow the title of": ("GET", f"{CONVERSATION}/stream", None),
    "take back a question from": ("DELETE", f"{CONVERSATION}/messages/{{message_id}}", None),
}


def keep(
    world: World,
    name: str,
    title: str,
    messages: Iterable[Mapping[str, str]] = SMALL_TALK,
    *,
    begun: bool = False,
    **more: Any,
) -> None:
    """Seed a conversation in the tenant of a person of the run and remember it under its title.

    `begun` says that the person began it: only they can take messages back. `more` are further fields of its
    fixture, such as status. The key is a UUID, which is then the id as well.
    """
    person, key, slug = world.person(name), str(uuid4()), world.person(name).tenant_slug
    said = [(row["from"], row["text"]) for row in messages]
    conversation = {"key": key, "agent_entrypoint": "triage", **more}
    conversation["messages"] = [{"role": role, "text": text} for role, text in said]
    # Seeding a person takes a service with slow password hashes as long as ten other calls.
    people = [person] if begun else []
    conversation |= {"user_email": person.email} if begun else {}
    tenant = tenant_specification(slug, tenant_names(world.suite.settings)[slug], people)
    seeded = apply(world.suite.api, [tenant | {"conversations": [conversation]}])
    identifier = seeded[slug]["conversations"][key]["conversation_id"]
    owner = delete_afterwards(world, person, identifier, title)
    world.remember("conversation", title, identifier)
    world.remember("owner of the conversation", title, owner)
    world.remember("messages of the conversation", title, said)


def delete_afterwards(world: World, person: Person, conversation_id: str, title: str) -> str:
    """Let the owner of the person's tenant delete the conversation at the end; return their name."""
    owner = _owner(world, person)
    what = f'the conversation "{title}"'
    world.undo(owner, "DELETE", CONVERSATION, what=what, conversation_id=conversation_id)
    return owner


def _owner(world: World, person: Person) -> str:
    same = (one for one in world.persons.values() if one.tenant_slug == person.tenant_slug)
    return next(one.name for one in same if one.role == "owner")


def add_talks(world: World, name: str, title: str, count: int) -> None:
    """Seed conversations into a tenant of the scenario's own, each later than the one before."""
    slug = world.person(name).tenant_slug
    messages = [{"role": row["from"], "text": row["text"]} for row in SMALL_TALK]
    for _ in range(count):
        conversation = {"key": str(uuid4()), "agent_entrypoint": "triage", "messages": messages}
        tenant = tenant_specification(slug, f"{title} {slug}", [])
        apply(world.suite.api, [tenant | {"conversations": [conversation]}])


def messages_of(exchange: Exchange) -> list[tuple[str, str]]:
    """Return who said what, in the order of an answer that holds messages."""
    body = exchange.body if isinstance(exchange.body, dict) else {}
    return [(item["role"], item["content"]) for item in body.get("messages") or body.get("items") or []]


def read(world: World, title: str) -> Exchange:
    """Read a conversation of the scenario as the owner of its tenant."""
    person = world.recall("owner of the conversation", title)
    return world.must(person, "GET", CONVERSATION, conversation_id=world.recall("conversation", title))


def memory_of(world: World, title: str) -> Exchange:
    """Read the memory settings: a change of nothing answers with all of them."""
    person = world.recall("owner of the conversation", title)
    identifier = world.recall("conversation", title)
    return world.must(person, "PATCH", MEMORY, json={}, conversation_id=identifier)


def message_id(world: World, title: str, text: str = "") -> str:
    """Return the id of the message with this text, or of the first question.

    Raises LookupError when there is none.
    """
    for message in read(world, title).body["messages"]:
        if message["content"] == text or (not text and message["role"] == "user"):
            return str(message["message_id"])
    raise LookupError(f'the conversation "{title}" has no message "{text}"')


def replies_in(answer: Exchange) -> list[tuple[str, str, str]]:
    """Return agent, model and response of every reply that a conversation's events note."""
    noted = [item for item in answer.body["items"] if item["role"] == "assistant"]
    return [(item["agent"], item["model"], item["response_id"]) for item in noted]


def noted_replies(world: World, title: str) -> list[tuple[str, str, str]]:
    """Return agent, model and response of every reply that was followed in a conversation."""
    person = world.recall("owner of the conversation", title)
    agents = world.must(person, "GET", "/api/v1/agents").body["items"]
    models = {agent["name"]: agent["model"] for agent in agents}
    ends = [event for event in world.recall("shown in the conversation", title) if event["kind"] == "final"]
    return [(event["agent"], models[event["agent"]], event["response_id"]) for event in ends]


def old_events(answer: Exchange) -> list[str]:
    """Return the times of a conversation's events that lie more than two minutes from the answer."""
    times = [item["timestamp"] for item in answer.body["items"]]
    return [time for time in times if abs((answer.answered_at - instant(time)).total_seconds()) > NEW_SECONDS]
