"""Files with the provider behind the service: put there directly, and downloaded through the service."""

from dataclasses import dataclass

from acceptance.calls.exchange import Exchange
from api_service.subjects.content.contents import Container
from api_service.subjects.content.provider import provider_of
from api_service.world import Ask, World

DOWNLOAD = "/api/v1/openai/files/{file_id}/download"
DOWNLOAD_FROM_CONTAINER = "/api/v1/openai/containers/{container_id}/files/{file_id}/download"


@dataclass
class ProviderFile:
    """A file with the provider: its id and name there, and its bytes in the vector store that has it."""

    id: str
    name: str
    usage_bytes: int | None = None


def put(world: World, title: str, text: str) -> None:
    """Put a text file at the provider and keep it; `discard` deletes it."""
    world.state.keep(title, ProviderFile(provider_of(world).put_file(title, text.encode()), title))


def put_in_container(world: World, container: str, title: str, text: str) -> None:
    """Put a text file into a container at the provider and keep it."""
    identifier = world.state.find(Container, container).provider_id
    file_id = provider_of(world).put_container_file(identifier, title, text.encode())
    world.state.keep(title, ProviderFile(file_id, title))


def discard(world: World, title: str) -> None:
    """Delete a file at the provider, where the service leaves it; fine when it never got there."""
    if file := world.state.all_of(ProviderFile).get(title):
        provider_of(world).delete_file(file.id)


def download(world: World, ask: Ask, person: str, title: str) -> Exchange:
    """Download a file of the provider."""
    return ask(person, "GET", DOWNLOAD, file_id=world.state.find(ProviderFile, title).id)
