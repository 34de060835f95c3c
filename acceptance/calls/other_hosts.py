"""Calls to what is not the service under test: doubles, object stores, identity providers."""

from typing import Any

import httpx

from acceptance.calls.deadlines import trusted


def request(method: str, url: str, *, timeout: float, **options: Any) -> httpx.Response:
    """Return the answer, in `timeout` seconds and through no proxy; raises httpx.HTTPError without one."""
    return httpx.request(method, url, timeout=timeout, verify=trusted(), trust_env=False, **options)
