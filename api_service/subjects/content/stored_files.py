"""Stored files: announced to the service, then uploaded to the signed address that it answers with."""

from typing import Any

import httpx

from acceptance.calls import other_hosts
from acceptance.calls.exchange import Exchange
from acceptance.errors import ConfigurationError, NotOfferedError, TargetError
from api_service.settings import Settings
from api_service.subjects.content.contents import answered, known, made, making
from api_service.world import Ask, World

ANNOUNCE = "/api/v1/storage/objects/upload-url"
ANNOUNCE_FOR_AGENT = "/api/v1/uploads/agent-input"
PLAIN_TEXT = {"mime_type": "text/plain", "size_bytes": 20}


def announce(
    world: World, ask: Ask, person: str, title: str, path: str = ANNOUNCE, cleaner: str = "", **details: Any
) -> Exchange:
    """Announce a file under a name that no other scenario uses; `cleaner` deletes it where others may not."""
    file = known(world, "stored file", title, f"{world.unique('file')} {title}")
    with making(world, cleaner or person, "stored file", title, "object_id"):
        exchange = ask(person, "POST", path, json={"filename": file.name, **PLAIN_TEXT, **details})
    made(world, "stored file", title, answered(exchange, "object_id"))
    return exchange


def transfer(world: World, located: Exchange, content: bytes | None = None) -> httpx.Response:
    """Put content at the signed address of an answer, or get what is there; return the store's answer.

    Raises NotOfferedError for an address that is not http, ConfigurationError for a host that nobody allowed,
    TargetError when the object store does not answer.
    """
    settings, way = world.suite.settings, "download" if content is None else "upload"
    url = _address(located.body[f"{way}_url"], way, settings)
    method, headers = located.body["method"], located.body["headers"]
    try:
        timeout = settings.http_timeout
        return other_hosts.request(method, str(url), headers=headers, content=content, timeout=timeout)
    except httpx.HTTPError as error:
        name = type(error).__name__
        raise TargetError(f"the object store at {_place(url)} did not answer ({name})") from None


def _address(text: str, way: str, settings: Settings) -> httpx.URL:
    """Return the address that the service gave; what is said about it leaves out its signature, a secret."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in {"http", "https", ""}:
        raise NotOfferedError(f"the target's object store has {url.scheme}: addresses, not http ones")
    if not url.host:
        raise TargetError(f"the service gave no address for the {way} that can be used")
    if not settings.permits(url):
        raise ConfigurationError(
            f"the service names {_place(url)} for the {way}, a host that nobody allowed, so nothing was sent "
            f"there; if it is the deployment's object store, set {settings.allowing(url.host)}"
        )
    return url


def _place(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")
