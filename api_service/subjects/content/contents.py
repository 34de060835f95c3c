"""What tenants keep (stored files, assets, vector stores, containers): how each kind is made and read."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.scenarios.undo import Search
from acceptance.scenarios.undo_ledger import Intent
from api_service.world import Ask, World


@dataclass
class Content:
    """Something that a tenant keeps: its name and id at the service, and its id at the provider.

    The ids are empty until it is made.
    """

    name: str
    id: str = ""
    provider_id: str = ""


class StoredFile(Content):
    """A file in the object store."""


class Asset(Content):
    """A file or image that an agent made."""


class VectorStore(Content):
    """A collection of files to search in."""


class Container(Content):
    """A place in which an agent runs code."""


@dataclass(frozen=True)
class Kind:
    """One kind of content: its class, its list, its id's name in paths, and the field that has its name.

    `shown_by` is what follows the path of one thing where only an existing one answers.
    """

    content: type[Content]
    collection: str
    id_name: str
    name_field: str = "name"
    shown_by: str = ""

    @property
    def one(self) -> str:
        """The path of one thing."""
        return f"{self.collection}/{{{self.id_name}}}"


KINDS: Mapping[str, Kind] = {
    "stored file": Kind(StoredFile, "/api/v1/storage/objects", "object_id", "filename", "/download-url"),
    "asset": Kind(Asset, "/api/v1/assets", "asset_id", "filename"),
    "vector store": Kind(VectorStore, "/api/v1/vector-stores", "vector_store_id"),
    "container": Kind(Container, "/api/v1/containers", "container_id"),
}
# What can be done with one thing: the method, and what follows its path.
ACTIONS = {"open": ("GET", ""), "locate": ("GET", "/download-url"), "delete": ("DELETE", "")}
LONGEST_PAGE = {"limit": 100}
# Which limit says how many of a kind a tenant may have.
LIMITS = {"vector store": "vector_stores", "container": "containers"}
# The words for a thing's details, and the fields that hold them.
DETAILS: Mapping[str, str] = {
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


def known(world: World, kind: str, title: str, name: str | None = None) -> Content:
    """Return the thing with a title; one that is not made yet gets a name, of this scenario's own if None."""
    things = world.state.all_of(KINDS[kind].content)
    own = world.unique(title) if name is None else name
    return things.get(title) or world.state.keep(title, KINDS[kind].content(own))


def address(world: World, kind: str, title: str) -> dict[str, str]:
    """Return the path value that leads to the thing with a title; raises LookupError when nobody made it."""
    found = world.state.find(KINDS[kind].content, title)
    if not found.id:
        raise LookupError(f'the {kind} "{title}" was not made')
    return {KINDS[kind].id_name: found.id}


def act_on(world: World, ask: Ask, person: str, action: str, kind: str, title: str) -> Exchange:
    """Do one of the ACTIONS with a thing."""
    method, suffix = ACTIONS[action]
    return ask(person, method, KINDS[kind].one + suffix, **address(world, kind, title))


def create(
    world: World, ask: Ask, person: str, kind: str, title: str, name: str | None = None, **details: Any
) -> Exchange:
    """Make a vector store or container, under a name that no other scenario uses unless one is given."""
    thing = known(world, kind, title, name)
    with making(world, person, kind, title):
        exchange = ask(person, "POST", KINDS[kind].collection, json={"name": thing.name, **details})
    thing.provider_id = answered(exchange, "openai_id") or thing.provider_id
    made(world, kind, title, answered(exchange, "id"))
    return exchange


def answered(exchange: Exchange, field: str) -> str:
    """Return a text of a successful answer, empty for a refusal or where the answer has no such text."""
    body = exchange.body if exchange.succeeded and isinstance(exchange.body, dict) else {}
    return body[field] if isinstance(body.get(field), str) else ""


def making(
    world: World, person: str, kind: str, title: str, answered: str = "id"
) -> AbstractContextManager[Intent]:
    """Let a person delete what the last call of the block makes, when the scenario ends.

    `answered` is the dotted path under which the answer tells its id.
    """
    name, about = known(world, kind, title).name, KINDS[kind]
    search = Search(about.collection, name, {about.id_name: "id"}, LONGEST_PAGE)
    what = f'the {kind} "{title}"'
    return world.making(person, "DELETE", about.one, {about.id_name: answered}, what=what, search=search)


def made(world: World, kind: str, title: str, identifier: str) -> None:
    """Keep the id of a thing that was just made; an empty id is none."""
    if identifier:
        known(world, kind, title).id = identifier


def listed(world: World, person: str, kind: str, **query: Any) -> Exchange:
    """Return the answer that lists what the person's tenant has of a kind, for a second read."""
    return world.must(person, "GET", KINDS[kind].collection, query=LONGEST_PAGE | query)


def shown(world: World, listing: Exchange, kind: str, title: str) -> list[dict[str, Any]]:
    """Return the entries of a list that have the id of the thing with a title."""
    identifier = world.state.find(KINDS[kind].content, title).id
    return [entry for entry in listing.body["items"] if entry["id"] == identifier]


def details(table: Any) -> dict[str, Any]:
    """Return the fields that a two-column table of details names, numbers as numbers; none for no table."""
    rows = [table.headings, *(row.cells for row in table.rows)] if table is not None else []
    return {DETAILS[word]: int(value) if value.isdigit() else value for word, value in rows}
