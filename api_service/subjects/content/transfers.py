"""Bytes that go to and come from an object store by a signed address, beside the service's own operations."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from acceptance.calls import other_hosts
from acceptance.calls.exchange import Exchange
from acceptance.checks.assertions import field
from acceptance.errors import NotOfferedError


def put(exchange: Exchange, content: bytes, timeout: float) -> None:
    """Upload to the address of an answer, with the method and headers that it names."""
    answer = _transfer(
        field(exchange, "method"), field(exchange, "upload_url"), field(exchange, "headers"), timeout, content
    )
    if not answer.is_success:
        raise AssertionError(f"the object store refused the upload with {answer.status_code}")


def get(exchange: Exchange, timeout: float) -> bytes | None:
    """Return the bytes at the address of an answer, or None where there is nothing."""
    answer = _transfer(
        field(exchange, "method"), field(exchange, "download_url"), field(exchange, "headers"), timeout
    )
    if answer.status_code == 404:
        return None
    if not answer.is_success:
        raise AssertionError(f"the object store refused the download with {answer.status_code}")
    return answer.content


def _transfer(
    method: str, url: str, headers: Mapping[str, str], timeout: float, content: bytes | None = None
) -> httpx.Response:
    # The signature in the address is a secret: failures name the host alone.
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        raise NotOfferedError(f"the target's object store has {parts.scheme}: addresses, not http ones")
    try:
        return other_hosts.request(
            method,
            url,
            headers=dict(headers),
            content=content,
            timeout=timeout,
        )
    except httpx.HTTPError as error:
        raise AssertionError(
            f"the object store at {parts.netloc} did not answer ({type(error).__name__})"
        ) from None
