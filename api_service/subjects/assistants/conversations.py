"""Conversations of a scenario: seeded in the person's own tenant, read back."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from acceptance.scenarios.undo import Search
from acceptance.timestamps import instant
from api_service.people.accounts import Person
from api_service.people.seed import apply, tenant_names, tenant_specification
from api_service.rules.streams import Event
from api_service.subjects.assistants.event_streams import act_or_follow
from api_service.world import World

CONVERSATIONS = "/api/v1/conversations"
CONVERSATION = f"{CONVERSATIONS}/{{conversation_id}}"
TITLE = f"{CONVERSATION}/title"
MEMORY = f"{CONVERSATION}/memory"
MESSAGES = f"{CONVERSATION}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
LEDGER_EVENTS = f"{CONVERSATION}/ledger/events"
LEDGER_STREAM = f"{CONVERSATION}/ledger/stream"
NEW_TITLE = "Renamed"
# What anybody may do with a conversation that they can reach: method, path, body.
CONVERSATION_CALLS: Mapping[str, tuple[str, str, Any]] = {
    "open": ("GET", CONVERSATION, None),
    "delete": ("DELETE", CONVERSATION, None),
    "rename": ("PATCH", TITLE, {"display_name": NEW_TITLE}),
    "change the memory of": ("PATCH", MEMORY, {"mode": "summarize"}),
    "list the messages of": ("GET", MESSAGES, None),
    "list the events of": ("GET", f"{CONVERSATION}/events", None),
    "list the ledger of": ("GET", LEDGER_EVENTS, None),
    "replay the ledger of": ("GET", LEDGER_STREAM, None),
    "follow the title of": ("GET", f"{CONVERSATION}/stream", None),
    "take back a question from": ("DELETE", MESSAGE, None),
}
SMALL_TALK = (
    {"from": "user", "text": "When does my train leave?"},
    {"from": "assistant", "text": "At nine, from platform two."},
)
NEW_SECONDS = 120


@dataclass
class Conversation:
    """A conversation of the scenario: (role, text) of its messages, and the events of its followed replies.

    `owner` is the name of a person who may read and delete it.
    """

    id: str
    owner: str
    messages: list[tuple[str, str]] = field(default_factory=list)
    shown: list[Event] = field(default_factory=list)


def seed_conversation(
    world: World,
    name: str,
    title: str,
    messages: Iterable[Mapping[str, str]] = SMALL_TALK,
    *,
    begun: bool = False,
    **more: Any,
) -> None:
    """Seed a conversation in the tenant of a person of the run.

    `begun` says that the person began it: only they can take messages back. `more` are further fields of its
    fixture, such as status.
    """
    person, said = world.person(name), [(row["from"], row["text"]) for row in messages]
    tenant = tenant_names(world.suite.settings)[person.tenant_slug]
    # Seeding a person takes a service with slow password hashes as long as ten other calls.
    people = [person] if begun else []
    more |= {"user_email": person.email} if begun else {}
    key, owner = str(uuid4()), owner_for(world, person)
    # The key is as good as the id that the answer tells.
    intent = world.undo(
        owner, "DELETE", CONVERSATION, what=f'the conversation "{title}"', conversation_id=key
    )
    specification = tenant_specification(person.tenant_slug, tenant, people)
    identifier = _seed(world, specification, said, key=key, **more)
    intent.known(conversation_id=identifier)
    world.state.keep(title, Conversation(identifier, owner, said))


def seed_conversations(world: World, name: str, title: str, count: int) -> None:
    """Seed conversations into a tenant of the scenario's own, each later than the one before."""
    slug = world.person(name).tenant_slug
    for _ in range(count):
        said = [(row["from"], row["text"]) for row in SMALL_TALK]
        _seed(world, tenant_specification(slug, f"{title} {slug}", []), said)


def _seed(world: World, tenant: dict[str, Any], said: list[tuple[str, str]], **more: Any) -> str:
    messages = [{"role": role, "text": text} for role, text in said]
    conversation = {"key": str(uuid4()), "agent_entrypoint": "triage", "messages": messages} | more
    seeded = apply(world.client, [tenant | {"conversations": [conversation]}])[tenant["slug"]]
    identifier: str = seeded["conversations"][conversation["key"]]["conversation_id"]
    return identifier


def owner_for(world: World, person: Person) -> str:
    """Return the name of the owner of a person's tenant, who may delete every conversation there."""
    same_tenant = (one for one in world.persons.values() if one.tenant_slug == person.tenant_slug)
    return next(one.name for one in same_tenant if one.role == "owner")


@contextmanager
def beginning(world: World, name: str, message: Any) -> Iterator[Any]:
    """Give the message to send as the last call of the block, which begins a conversation.

    One of a person of the run carries a mark, and its conversation is deleted when the scenario ends; a
    newcomer's tenant goes as a whole.
    """
    person = world.person(name)
    if person.is_newcomer or not message:
        yield message
        return
    mark = f"{world.unique('run')}-{len(world.exchanges)}"
    search = Search(
        CONVERSATIONS, mark, {"conversation_id": "conversation_id"}, {"limit": 100}, detail=CONVERSATION
    )
    undo = {"what": "a conversation that was begun", "search": search}
    with world.making(owner_for(world, person), "DELETE", CONVERSATION, dict(search.ids), **undo):
        yield f"{message} [{mark}]"


def messages_of(exchange: Exchange) -> list[tuple[str, str]]:
    """Return (role, content) of each message of an answer, in its order."""
    body = exchange.body if isinstance(exchange.body, dict) else {}
    return [(item["role"], item["content"]) for item in body.get("messages") or body.get("items") or []]


def act_on(world: World, person: str, title: str, method: str, path: str, **request: Any) -> Exchange:
    """Make a call on a conversation of the scenario as its subject; the answer may be a stream."""
    identifier = world.state.find(Conversation, title).id
    return act_or_follow(world, person, method, path, conversation_id=identifier, **request)


def id_of(world: World, title: str) -> str:
    """Return the id of a conversation of the scenario."""
    return world.state.find(Conversation, title).id


def read(world: World, title: str) -> Exchange:
    """Read a conversation of the scenario as the owner of its tenant."""
    conversation = world.state.find(Conversation, title)
    return world.must(conversation.owner, "GET", CONVERSATION, conversation_id=conversation.id)


def read_memory(world: World, title: str) -> Exchange:
    """Read the memory settings of a conversation: a change of nothing answers with all of them."""
    conversation = world.state.find(Conversation, title)
    return world.must(conversation.owner, "PATCH", MEMORY, json={}, conversation_id=conversation.id)


def message_id(world: World, title: str, text: str = "") -> str:
    """Return the id of the message with this text, or of the first question.

    Raises LookupError when there is none.
    """
    for message in read(world, title).body["messages"]:
        if message["content"] == text or (not text and message["role"] == "user"):
            return str(message["message_id"])
    raise LookupError(f'the conversation "{title}" has no message "{text}"')


def replies_in(answer: Exchange) -> list[tuple[str, str, str]]:
    """Return agent, model and response id of every reply among a conversation's events."""
    noted = [item for item in answer.body["items"] if item["role"] == "assistant"]
    return [(item["agent"], item["model"], item["response_id"]) for item in noted]


def followed_replies(world: World, title: str) -> list[tuple[str, str, str]]:
    """Return agent, model and response id of every reply that was followed in a conversation."""
    conversation = world.state.find(Conversation, title)
    agents = world.must(conversation.owner, "GET", "/api/v1/agents").body["items"]
    models = {agent["name"]: agent["model"] for agent in agents}
    ends = [event for event in conversation.shown if event["kind"] == "final"]
    return [(event["agent"], models[event["agent"]], event["response_id"]) for event in ends]


def old_times(answer: Exchange, times: Iterable[str]) -> list[str]:
    """Return the times (RFC 3339) that lie more than two minutes from the answer."""
    return [time for time in times if abs((answer.answered_at - instant(time)).total_seconds()) > NEW_SECONDS]
