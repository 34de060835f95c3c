"""Calls to what is not the service under test: doubles, object stores, identity providers."""

from typing import Any

import httpx

from acceptance.calls import strict_json
from acceptance.calls.bounds import BoundedClient
from acceptance.calls.deadlines import Deadline

# What the answer says about itself as it was sent, not as it is handed over.
OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def request(method: str, url: str, *, timeout: float, **parts: Any) -> httpx.Response:
    """Return the answer, in `timeout` seconds and through no proxy; raises httpx.HTTPError without one.

    The bounds are those of a call to the service.
    """
    client = BoundedClient(Deadline(), timeout)
    try:
        asked = client.build(method, url, **parts)
        answer, content = client.send(asked)
    finally:
        client.close()
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in OF_THE_WIRE]
    return httpx.Response(answer.status_code, headers=headers, content=content, request=asked)


def body(answer: httpx.Response, *keys: str) -> Any:
    """Return the JSON value of an answer, or what is under these keys in it; raises ValueError without."""
    value, _ = strict_json.read(answer.content)
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise ValueError(f'the answer has no "{key}"')
        value = value[key]
    return value
