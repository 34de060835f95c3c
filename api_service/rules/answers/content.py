"""Signed links, thumbnails and searches: an answer is what was asked for."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from acceptance.calls.exchange import Exchange
from acceptance.json_values import objects
from acceptance.rules.values import heads

LINKS = {"upload_url": "PUT", "download_url": "GET"}
SIGNED_HEADERS = {"content-type": "mime_type", "content-length": "size_bytes", "x-memory-size": "size_bytes"}
LINK_LIFETIMES = ("X-Amz-Expires", "X-Memory-Expires-In")
USUAL_RESULTS = 10


def signed_link(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A signed link leads to the object it was asked for, with the method and for the time it says."""
    for where, found in objects(exchange.body):
        for key, method in LINKS.items():
            if not isinstance(found.get(key), str):
                continue
            if found.get("method") != method:
                yield f"{where}.method", f"{found.get('method')!r} for a link of {method}"
            if _names_its_bucket(found, key) and str(found.get("object_key")) not in unquote(found[key]):
                yield f"{where}.{key}", "does not lead to object_key"
            yield from _lifetime(where, key, found)
    yield from _upload_headers(exchange)


def thumbnails_account_for_every_asset(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Every asset that was asked for has a thumbnail, is missing, or cannot have one: one of the three."""
    body = exchange.body
    if exchange.operation.path != "/api/v1/assets/thumbnail-urls" or exchange.status != 200:
        return
    items = [item.get("asset_id") for item in body.get("items", ())]
    named = [*items, *body.get("missing_asset_ids", ()), *body.get("unsupported_asset_ids", ())]
    if sorted(map(str, named)) != sorted(set(map(str, exchange.sent["asset_ids"]))):
        yield "$", f"{named} were asked for as {exchange.sent['asset_ids']}"


def more_follows_a_full_page(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """A search leaves something out only when it gives as many results as were asked for."""
    most = exchange.sent.get("max_num_results", USUAL_RESULTS) if isinstance(exchange.sent, dict) else None
    for where, found in heads(exchange):
        if most and found.get("has_more") is True and len(found["data"]) < most:
            yield f"{where}.has_more", f"true after {len(found['data'])} of {most} results"


def _names_its_bucket(found: Mapping[str, Any], key: str) -> bool:
    # Other links are opaque: where they lead is known to the store alone.
    return isinstance(found.get("bucket"), str) and found["bucket"] in found[key]


def _lifetime(where: str, key: str, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    headers = found.get("headers") if isinstance(found.get("headers"), dict) else {}
    query = parse_qs(urlsplit(found[key]).query)
    for name in LINK_LIFETIMES:
        said = (headers or {}).get(name) or (query.get(name) or [None])[0]
        if said is not None and str(said) != str(found.get("expires_in_seconds")):
            yield f"{where}.expires_in_seconds", f"{found.get('expires_in_seconds')!r}, the link says {said}"


def _upload_headers(exchange: Exchange) -> Iterator[tuple[str, str]]:
    body, sent = exchange.body, exchange.sent
    if not isinstance(body, dict) or "upload_url" not in body or not isinstance(sent, dict):
        return
    headers = {str(name).lower(): value for name, value in (body.get("headers") or {}).items()}
    for name, key in SIGNED_HEADERS.items():
        if name in headers and str(headers[name]) != str(sent.get(key)):
            yield f"$.headers.{name}", f"{headers[name]!r} for {key} {sent.get(key)!r}"


RULES = (signed_link, thumbnails_account_for_every_asset, more_follows_a_full_page)
