"""What tenants keep (files, assets, vector stores, containers): how each kind is made, read and undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hamcrest import has_entries, has_item, not_
from parse import with_pattern

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, refused
from api_service.world import World

Ask = Callable[..., Exchange]


@dataclass(frozen=True)
class Kind:
    """One kind of content: its list, the operation on one thing, the one that shows it, and its id's name."""

    collection: str
    one: str
    id_name: str
    shown_by: str = ""

    @property
    def shown(self) -> str:
        """The operation that only an existing thing answers."""
        return self.one + self.shown_by


KINDS: Mapping[str, Kind] = {
    "stored file": Kind(
        "/api/v1/storage/objects", "/api/v1/storage/objects/{object_id}", "object_id", "/download-url"
    ),
    "asset": Kind("/api/v1/assets", "/api/v1/assets/{asset_id}", "asset_id"),
    "vector store": Kind(
        "/api/v1/vector-stores", "/api/v1/vector-stores/{vector_store_id}", "vector_store_id"
    ),
    "container": Kind("/api/v1/containers", "/api/v1/containers/{container_id}", "container_id"),
}
# What a person can do with one thing, by the words of the features.
ACTIONS: Mapping[str, Callable[[Kind], tuple[str, str]]] = {
    "open": lambda kind: ("GET", kind.one),
    "locate": lambda kind: ("GET", f"{kind.one}/download-url"),
    "delete": lambda kind: ("DELETE", kind.one),
}
kind_word: Callable[[str], str] = with_pattern("|".join(KINDS))(lambda text: text)
LONGEST_PAGE = {"limit": 100}
# Where a list shows what people call a thing, if not under "name".
NAMES = {"stored file": "filename"}
# The words for a thing's details, and the fields of an answer that hold them.
DETAILS: Mapping[str, str] = {
    "name": "name",
    "description": "description",
    "file name": "filename",
    "type": "mime_type",
    "size": "size_bytes",
    "used space": "usage_bytes",
    "memory": "memory_limit",
    "agent": "agent_key",
    "kind": "asset_type",
    "tool": "source_tool",
    "message": "message_id",
    "state": "status",
}


def address(world: World, kind: str, title: str) -> dict[str, Any]:
    """Return the path value that leads to the thing with this title."""
    return {KINDS[kind].id_name: world.recall(kind, title)}


def act_on(world: World, ask: Ask, person: str, action: str, kind: str, title: str) -> Exchange:
    """Do one of the ACTIONS with a thing."""
    method, path = ACTIONS[action](KINDS[kind])
    return ask(person, method, path, **address(world, kind, title))


def create(world: World, ask: Ask, person: str, kind: str, title: str, **wanted: Any) -> Exchange:
    """Make a vector store or container under a name that no other scenario uses; the ledger deletes it."""
    name = named(world, kind, title)
    exchange = ask(person, "POST", KINDS[kind].collection, json={"name": name, **wanted})
    if exchange.succeeded:
        world.remember(f"{kind} at the provider", title, field(exchange, "openai_id"))
        made(world, person, kind, title, field(exchange, "id"))
    return exchange


def made(world: World, person: str, kind: str, title: str, identifier: str) -> None:
    """Remember a thing that was just made, and let the ledger delete it."""
    world.remember(kind, title, identifier)
    what = f'the {kind} "{title}"'
    world.undo(person, "DELETE", KINDS[kind].one, what=what, **address(world, kind, title))


def named(world: World, kind: str, title: str) -> str:
    """Return the name under which a titled thing is known to the service; the same one every time."""
    if not world.knows(f"{kind} name", title):
        world.remember(f"{kind} name", title, world.unique(title))
    name: str = world.recall(f"{kind} name", title)
    return name


def listed(world: World, person: str, kind: str, **query: Any) -> Exchange:
    """Return the answer that lists what the person's tenant has, for a second read."""
    return world.must(person, "GET", KINDS[kind].collection, query=LONGEST_PAGE | query)


def should_contain(exchange: Exchange, identifier: str, contained: bool, **details: Any) -> None:
    """Assert that a list shows the thing with these details, or that it does not show it at all."""
    found: Any = has_item(has_entries({"id": identifier, **details}))
    check(exchange, field(exchange, "items"), found if contained else not_(found))


def should_exist(world: World, person: str, kind: str, title: str, **details: Any) -> None:
    """Assert by two reads that the thing is there, and that its tenant's list shows these details."""
    world.must(person, "GET", KINDS[kind].shown, **address(world, kind, title))
    if "name" in details:
        details["name"] = named(world, kind, title)
    should_contain(listed(world, person, kind), world.recall(kind, title), True, **details)


def should_be_gone(world: World, person: str, kind: str, title: str) -> None:
    """Assert by two reads that the thing is there no more."""
    refused(world.look(person, "GET", KINDS[kind].shown, **address(world, kind, title)), 404, "NotFound")
    should_contain(listed(world, person, kind), world.recall(kind, title), False)


def should_have_named(world: World, person: str, kind: str, title: str, count: int) -> None:
    """Assert how many things of a kind the tenant has under the name that belongs to a title."""
    exchange, key = listed(world, person, kind), NAMES.get(kind, "name")
    names = [item[key] for item in field(exchange, "items")]
    check(exchange, names.count(named(world, kind, title)), count)


def should_be_page(exchange: Exchange, count: int, total: int) -> None:
    """Assert how many things a page has, and how it tells that there are more or how many in all."""
    check(exchange, len(field(exchange, "items")), count)
    if "total" in exchange.body:
        check(exchange, exchange.body["total"], total)
    else:
        limit, offset = exchange.call.query["limit"], exchange.call.query["offset"]
        check(exchange, field(exchange, "next_offset"), offset + limit if count == limit else None)


def details(table: Any) -> dict[str, Any]:
    """Return the fields that a two-column table of details speaks of; numbers are numbers."""
    rows = [table.headings, *(row.cells for row in table.rows)]
    return {DETAILS[word]: int(value) if value.isdigit() else value for word, value in rows}
