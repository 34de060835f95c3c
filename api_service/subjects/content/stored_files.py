"""Stored files: announced to the service, then uploaded to the address that it answers with."""

from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import check, field
from api_service.subjects.content import transfers
from api_service.subjects.content.contents import Ask, listed, made, named, should_contain
from api_service.world import World

KIND = "stored file"
ANNOUNCE = "/api/v1/storage/objects/upload-url"
ANNOUNCE_FOR_AGENT = "/api/v1/uploads/agent-input"
PLAIN_TEXT = {"mime_type": "text/plain", "size_bytes": 20}


def announce(
    world: World, ask: Ask, person: str, title: str, path: str = ANNOUNCE, cleaner: str = "", **wanted: Any
) -> Exchange:
    """Announce a file under a name that no other scenario uses; `cleaner` deletes it where others may not."""
    world.remember(f"{KIND} name", title, f"{world.unique('file')} {title}")
    file = {"filename": named(world, KIND, title), **PLAIN_TEXT, **wanted}
    exchange = ask(person, "POST", path, json=file)
    if exchange.succeeded:
        made(world, cleaner or person, KIND, title, field(exchange, "object_id"))
    return exchange


def upload(world: World, person: str, title: str, text: str) -> None:
    """Announce a file with this text and put its bytes where the answer says."""
    content = text.encode()
    announced = announce(world, world.must, person, title, size_bytes=len(content))
    transfers.put(announced, content, world.suite.settings.http_timeout)


def should_be_under(world: World, person: str, title: str, conversation_id: str) -> None:
    """Assert that the lists by conversation show the file under this one and under no other."""
    stored = world.recall(KIND, title)
    for conversation, contained in ((conversation_id, True), (str(uuid4()), False)):
        should_contain(listed(world, person, KIND, conversation_id=conversation), stored, contained)


def should_read(world: World, exchange: Exchange, text: str) -> None:
    """Assert that the address of an answer leads to exactly this text."""
    check(exchange, transfers.get(exchange, world.suite.settings.http_timeout), text.encode())


def should_lead_nowhere(world: World, exchange: Exchange) -> None:
    """Assert that there is nothing at the address of an answer any more."""
    check(exchange, transfers.get(exchange, world.suite.settings.http_timeout), None)
