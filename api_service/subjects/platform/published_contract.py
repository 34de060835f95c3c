"""The OpenAPI document that the service publishes, beside the contract."""

from acceptance import declared
from acceptance.commands import drift
from acceptance.errors import NotOfferedError
from acceptance.target.published_document import published_document
from api_service.world import World


def differences(world: World) -> list[drift.Drift]:
    """Return what breaks clients of the contract and is not declared in `contract/drift.toml`.

    Raises NotOfferedError when the service publishes no document.
    """
    published = published_document(world.client.connection)
    if published is None:
        raise NotOfferedError("the target publishes no OpenAPI document")
    known = declared.read(drift.DECLARED, drift=drift.Known)["drift"]
    found, _ = drift.sort_out(drift.compare(world.suite.contract.document, published), known)
    return found
