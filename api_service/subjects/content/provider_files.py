"""Files of the provider, downloaded through the service."""

from hamcrest import starts_with

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check
from api_service.subjects.content.contents import Ask
from api_service.subjects.content.provider import provider_of
from api_service.world import World

DOWNLOAD = "/api/v1/openai/files/{file_id}/download"
DOWNLOAD_FROM = "/api/v1/openai/containers/{container_id}/files/{file_id}/download"


def put_in_container(world: World, container: str, title: str, text: str) -> None:
    """Put a text file into a container at the provider and remember its id."""
    identifier = world.recall("container at the provider", container)
    file_id = provider_of(world).put_container_file(identifier, title, text.encode())
    world.remember("provider file", title, file_id)


def download(world: World, ask: Ask, person: str, title: str) -> Exchange:
    """Download a file of the provider."""
    return ask(person, "GET", DOWNLOAD, file_id=world.recall("provider file", title))


def download_from(world: World, ask: Ask, person: str, title: str, container: str) -> Exchange:
    """Download a file of a container, under its own name."""
    place = {
        "container_id": world.recall("container at the provider", container),
        "file_id": world.recall("provider file", title),
    }
    return ask(person, "GET", DOWNLOAD_FROM, query={"filename": title}, **place)


def should_read(exchange: Exchange, text: str) -> None:
    """Assert the bytes of a download, and that it is one to be saved and not kept by caches in between."""
    check(exchange, exchange.content, text.encode())
    check(exchange, exchange.headers.get("content-disposition"), starts_with("attachment;"))
    check(exchange, exchange.headers.get("cache-control"), "private, max-age=300")
