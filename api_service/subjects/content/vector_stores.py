"""The files in vector stores, and searches there."""

from typing import Any

from acceptance.calls.exchange import Exchange
from api_service.subjects.content.contents import KINDS, StoredFile, address
from api_service.subjects.content.provider_files import ProviderFile
from api_service.world import Ask, World

STORE = KINDS["vector store"].one
FILES = f"{STORE}/files"
FILE = f"{FILES}/{{file_id}}"
BINDING = f"{STORE}/bindings/{{agent_key}}"


def address_of_store(world: World, store: str) -> dict[str, str]:
    """Return the path value that leads to a vector store."""
    return address(world, "vector store", store)


def address_of_file(world: World, file: str, store: str) -> dict[str, str]:
    """Return the path values that lead to a file in a vector store."""
    return {**address_of_store(world, store), "file_id": world.state.find(ProviderFile, file).id}


def attach(world: World, ask: Ask, person: str, file: str, store: str, **options: Any) -> Exchange:
    """Attach a file of the provider to a vector store, and keep how many bytes it takes up there."""
    attached = world.state.find(ProviderFile, file)
    body = {"file_id": attached.id, **options}
    exchange = ask(person, "POST", FILES, json=body, **address_of_store(world, store))
    if exchange.succeeded and isinstance(exchange.body, dict):
        attached.usage_bytes = exchange.body.get("usage_bytes")
    return exchange


def attach_stored(world: World, person: str, file: str, store: str, **options: Any) -> None:
    """Attach a stored file to a vector store as the scenario's subject, and keep its copy at the provider."""
    stored = world.state.find(StoredFile, file)
    body = {"object_id": stored.id, **options}
    exchange = world.act(person, "POST", f"{FILES}/upload", json=body, **address_of_store(world, store))
    copy = exchange.body if exchange.succeeded and isinstance(exchange.body, dict) else {}
    if "openai_file_id" in copy:
        world.state.keep(file, ProviderFile(copy["openai_file_id"], stored.name, copy.get("usage_bytes")))


def files(world: World, person: str, store: str) -> Exchange:
    """Return the answer that lists the files of a vector store, for a second read."""
    return world.must(person, "GET", FILES, query={"limit": 100}, **address_of_store(world, store))


def search(world: World, ask: Ask, person: str, query: str, store: str, **options: Any) -> Exchange:
    """Search a vector store for a text."""
    body = {"query": query, **options}
    return ask(person, "POST", f"{STORE}/search", json=body, **address_of_store(world, store))
