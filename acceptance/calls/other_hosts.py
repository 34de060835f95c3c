"""Calls to what is not the service under test: doubles, object stores, identity providers."""

from typing import Any

import httpx

from acceptance.calls.deadlines import trusted


def request(method: str, url: str, *, timeout: float, **options: Any) -> httpx.Response:
    """Return the answer; proxies of the environment are left aside. `timeout` is in seconds.

    Raises httpx.HTTPError when there is none.
    """
    return httpx.request(method, url, timeout=timeout, verify=trusted(), trust_env=False, **options)
