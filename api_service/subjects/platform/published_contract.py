"""The OpenAPI document that the service publishes, beside the contract."""

import httpx

from acceptance import declared
from acceptance.commands import drift
from acceptance.contract.document import document_in
from acceptance.errors import NotOfferedError
from api_service.world import World


def differences(world: World) -> list[drift.Drift]:
    """Return what breaks clients of the contract and is not declared in `contract/drift.toml`.

    Raises NotOfferedError when the service publishes no document.
    """
    try:
        published = document_in(world.client.connection.fetch("/openapi.json"))
    except httpx.HTTPStatusError:
        raise NotOfferedError("the target publishes no OpenAPI document") from None
    known = declared.read(drift.DECLARED, drift=drift.Known)["drift"]
    found, _ = drift.sort_out(drift.compare(world.suite.contract.document, published), known)
    return found
