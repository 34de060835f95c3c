"""Headers that the service promises."""

import re
from collections.abc import Iterator

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM
from acceptance.json_values import is_uuid

TRACED = ("/api/v1/", "/health")
QUOTED = re.compile(r'"[^"]+"')


def _is_traced(exchange: Exchange) -> bool:
    # An unhandled error and a refused host are answered outside of what adds the headers.
    refused_host = exchange.status == 400 and exchange.media_type == "text/plain"
    return exchange.operation.path.startswith(TRACED) and exchange.status < 500 and not refused_host


def correlation_id(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every answer carries an X-Correlation-ID, which is a UUID."""
    if _is_traced(exchange) and not is_uuid(exchange.correlation_id):
        yield "header X-Correlation-ID", f"{exchange.correlation_id or 'missing'!r} is no UUID"


def process_time(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every answer says in X-Process-Time how many seconds it took."""
    said = exchange.headers.get("x-process-time", "")
    if _is_traced(exchange) and not re.fullmatch(r"\d+(\.\d+)?(e-\d+)?", said):
        yield "header X-Process-Time", f"{said or 'missing'!r} is no number of seconds"


def signing_keys_can_be_cached(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The signing keys come with a lifetime and with a strong entity tag."""
    if exchange.operation.path != "/.well-known/jwks.json" or exchange.status not in {200, 304}:
        return
    cache, tag = exchange.headers.get("cache-control", ""), exchange.headers.get("etag", "")
    if not re.search(r"max-age=[1-9]", cache):
        yield "header Cache-Control", f"{cache or 'missing'!r} names no lifetime"
    if not QUOTED.fullmatch(tag):
        yield "header ETag", f"{tag or 'missing'!r} is no strong entity tag"


def settings_version_is_the_entity_tag(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The tenant's settings carry their version as entity tag; a write needs it."""
    if exchange.operation.path != "/api/v1/tenants/settings" or exchange.status != 200:
        return
    version = exchange.body.get("version") if isinstance(exchange.body, dict) else None
    tag = exchange.headers.get("etag", "")
    if tag != f'"{version}"':
        yield "header ETag", f"{tag or 'missing'!r} for version {version}"


def event_stream_is_not_cached(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A stream that belongs to one conversation or run must not be kept by a cache."""
    if exchange.media_type != EVENT_STREAM or exchange.operation.meaning.live:
        return
    cache = exchange.headers.get("cache-control", "")
    if "no-cache" not in cache and "no-store" not in cache:
        yield "header Cache-Control", f"{cache or 'missing'!r} lets a stream be kept"


def download_is_an_attachment(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A downloaded file is named, meant to be saved, and kept by the caller's own cache only."""
    if not exchange.operation.meaning.attachment or exchange.status != 200:
        return
    disposition, cache = (exchange.headers.get(name, "") for name in ("content-disposition", "cache-control"))
    if not disposition.startswith("attachment"):
        yield "header Content-Disposition", f"{disposition or 'missing'!r} is no attachment"
    if "private" not in cache:
        yield "header Cache-Control", f"{cache or 'missing'!r} does not keep it private"


RULES = (
    correlation_id,
    process_time,
    signing_keys_can_be_cached,
    settings_version_is_the_entity_tag,
    event_stream_is_not_cached,
    download_is_an_attachment,
)
