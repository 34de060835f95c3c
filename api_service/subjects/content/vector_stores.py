"""Files in vector stores, and what a search there finds."""

from collections.abc import Mapping
from typing import Any

from hamcrest import contains_exactly, contains_string, empty, has_entries

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field, refused
from api_service.subjects.content.contents import Ask, address, listed, named
from api_service.subjects.content.provider import provider_of
from api_service.world import World

KIND = "vector store"
STORE = "/api/v1/vector-stores/{vector_store_id}"
FILES = f"{STORE}/files"
FILE = f"{FILES}/{{file_id}}"
BINDING = f"{STORE}/bindings/{{agent_key}}"
# What a person can do with a file in a vector store, by the words of the features.
FILE_ACTIONS: Mapping[str, tuple[str, str]] = {"open": ("GET", FILE), "remove": ("DELETE", FILE)}
BINDING_ACTIONS: Mapping[str, str] = {"bind": "POST", "free": "DELETE"}


def put_at_provider(world: World, text: str, title: str) -> None:
    """Put a text file at the provider and remember its id; `discard` deletes it."""
    world.remember("provider file", title, provider_of(world).put_file(title, text.encode()))


def attach(world: World, ask: Ask, person: str, file: str, store: str, **options: Any) -> Exchange:
    """Attach a file of the provider to a vector store."""
    body = {"file_id": world.recall("provider file", file), **options}
    exchange = ask(person, "POST", FILES, json=body, **address(world, KIND, store))
    if exchange.succeeded:
        world.remember("used space", file, field(exchange, "usage_bytes"))
    return exchange


def attach_stored(world: World, ask: Ask, person: str, file: str, store: str, **options: Any) -> Exchange:
    """Attach a stored file to a vector store; the id of its copy at the provider is remembered."""
    body = {"object_id": world.recall("stored file", file), **options}
    exchange = ask(person, "POST", f"{FILES}/upload", json=body, **address(world, KIND, store))
    if exchange.succeeded:
        world.remember("provider file", file, field(exchange, "openai_file_id"))
        world.remember("used space", file, field(exchange, "usage_bytes"))
    return exchange


def discard(world: World, title: str) -> None:
    """Delete a file at the provider, where the service leaves it; fine when it never got there."""
    if world.knows("provider file", title):
        provider_of(world).delete_file(world.recall("provider file", title))


def act_on_file(world: World, ask: Ask, person: str, action: str, file: str, store: str) -> Exchange:
    """Do one of the FILE_ACTIONS with a file in a vector store."""
    method, path = FILE_ACTIONS[action]
    return ask(person, method, path, **_place(world, file, store))


def search(world: World, ask: Ask, person: str, query: Any, store: str, **options: Any) -> Exchange:
    """Search a vector store."""
    body = {"query": query, **options}
    return ask(person, "POST", f"{STORE}/search", json=body, **address(world, KIND, store))


def should_hold(world: World, person: str, file: str, store: str) -> None:
    """Assert by two reads that the file is in the vector store: indexed, as large as said, under its name."""
    file_id = world.recall("provider file", file)
    expected: Any = has_entries(
        {
            "openai_file_id": file_id,
            "status": "completed",
            "filename": _filename(world, file),
            "usage_bytes": world.recall("used space", file),
        }
    )
    opened = world.must(person, "GET", FILE, **_place(world, file, store))
    check(opened, opened.body, expected)
    everything = world.must(person, "GET", FILES, query={"limit": 100}, **address(world, KIND, store))
    ids = [item["openai_file_id"] for item in field(everything, "items")]
    check(everything, ids.count(file_id), 1)


def should_not_hold(world: World, person: str, file: str, store: str) -> None:
    """Assert by two reads that the file is not in the vector store."""
    refused(world.look(person, "GET", FILE, **_place(world, file, store)), 404, "NotFound")
    everything = world.must(person, "GET", FILES, query={"limit": 100}, **address(world, KIND, store))
    file_id = world.recall("provider file", file)
    ids = [item["openai_file_id"] for item in field(everything, "items")]
    check(everything, ids.count(file_id), 0)


def should_be_as_large_as_files(world: World, person: str, store: str, count: int) -> None:
    """Assert how many files a vector store has, and that it takes up what they do."""
    files = world.must(person, "GET", FILES, query={"limit": 100}, **address(world, KIND, store))
    sizes = [file["usage_bytes"] for file in field(files, "items")]
    check(files, len(sizes), count)
    everything = listed(world, person, KIND)
    used = {item["id"]: item["usage_bytes"] for item in field(everything, "items")}
    check(everything, used.get(world.recall(KIND, store)), sum(sizes))


def should_find(world: World, found: Exchange, passages: list[tuple[str, str]]) -> None:
    """Assert that a search found exactly these passages (file, text), best first."""
    expected: list[Any] = [
        has_entries(
            {
                "file_id": world.recall("provider file", file),
                "filename": _filename(world, file),
                "content": [{"type": "text", "text": text}],
            }
        )
        for file, text in passages
    ]
    check(found, field(found, "data"), contains_exactly(*expected) if expected else empty())
    # Providers answer with a list of queries, which services put into words of their own.
    check(found, field(found, "search_query"), contains_string(found.sent["query"]))
    scores = [result["score"] for result in field(found, "data")]
    check(found, scores, sorted(scores, reverse=True))


def _place(world: World, file: str, store: str) -> dict[str, Any]:
    return {**address(world, KIND, store), "file_id": world.recall("provider file", file)}


def _filename(world: World, file: str) -> str:
    # A stored file got a name that no other scenario uses.
    return named(world, "stored file", file) if world.knows("stored file", file) else file
