"""The OpenAPI document that the target itself publishes: what it says that it serves."""

from typing import Any

import httpx

from acceptance.calls.client import Connection
from acceptance.contract.document import JSON, document_in
from acceptance.errors import TargetError

PLACE = "/openapi.json"
# How a service answers that publishes none, as many do in production.
UNPUBLISHED = frozenset({401, 403, 404})


def published_document(connection: Connection) -> dict[str, Any] | None:
    """Return the target's own OpenAPI document, or None where it publishes none.

    Raises TargetError for an answer that is neither, and for a document with no operation of the contract:
    nothing would be known to be served then, and what is missing would be skipped.
    """
    place = f"{connection.base_url}{PLACE}"
    try:
        response, content = connection.fetch(PLACE)
    except httpx.HTTPError as error:
        raise TargetError(f"{place} cannot be had: {connection.explain(error)}") from None
    if response.status_code in UNPUBLISHED:
        return None
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.status_code != httpx.codes.OK or media_type != JSON:
        got = f"it comes with status {response.status_code} as {media_type or 'nothing'}"
        raise TargetError(f"{place} is no OpenAPI document: {got}")
    try:
        document = document_in(content)
    except ValueError as error:
        raise TargetError(f"{place} is no OpenAPI document: {error}") from None
    connection.learn_served(document)
    if not any(map(connection.lists, connection.contract)):
        raise TargetError(f"{place} has no operation of the contract; is it the right service?")
    return document
