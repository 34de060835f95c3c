"""Stored files: announced to the service, then uploaded to the signed address that it answers with."""

from typing import Any
from urllib.parse import urlsplit

import httpx

from acceptance.calls import other_hosts
from acceptance.calls.exchange import Exchange
from acceptance.errors import NotOfferedError, TargetError
from api_service.subjects.content.contents import answered, known, made
from api_service.world import Ask, World

ANNOUNCE = "/api/v1/storage/objects/upload-url"
ANNOUNCE_FOR_AGENT = "/api/v1/uploads/agent-input"
PLAIN_TEXT = {"mime_type": "text/plain", "size_bytes": 20}


def announce(
    world: World, ask: Ask, person: str, title: str, path: str = ANNOUNCE, cleaner: str = "", **details: Any
) -> Exchange:
    """Announce a file under a name that no other scenario uses; `cleaner` deletes it where others may not."""
    file = known(world, "stored file", title, f"{world.unique('file')} {title}")
    exchange = ask(person, "POST", path, json={"filename": file.name, **PLAIN_TEXT, **details})
    made(world, cleaner or person, "stored file", title, answered(exchange, "object_id"))
    return exchange


def transfer(world: World, located: Exchange, content: bytes | None = None) -> httpx.Response:
    """Put content at the signed address of an answer, or get what is there; return the store's answer.

    Raises NotOfferedError for an address that is not http, TargetError when the object store does not answer.
    """
    url = located.body["download_url" if content is None else "upload_url"]
    # The signature in the address is a secret: failures name the host alone.
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise NotOfferedError(f"the target's object store has {parts.scheme}: addresses, not http ones")
    method, headers = located.body["method"], located.body["headers"]
    timeout = world.suite.settings.http_timeout
    try:
        return other_hosts.request(method, url, headers=headers, content=content, timeout=timeout)
    except httpx.HTTPError as error:
        name = type(error).__name__
        raise TargetError(f"the object store at {parts.netloc} did not answer ({name})") from None
