"""Assets: how they are found, shown and downloaded."""

from starlette.requests import Request

from reference_service.errors import not_found
from reference_service.models.content.assets import AssetDownloadResponse, AssetQuery, AssetResponse
from reference_service.records.content import Asset, StorageObject
from reference_service.runtime import Runtime
from reference_service.security.callers import Caller
from reference_service.services.assistants import conversations
from reference_service.services.content import stored_files

EQUAL = ("asset_type", "source_tool", "message_id", "agent_key")


def find(runtime: Runtime, caller: Caller, query: AssetQuery) -> list[Asset]:
    """The tenant's assets that pass every filter of the query, newest first."""
    found = reversed(runtime.store.assets.of(caller.tenant.id))
    if query.conversation_id is not None:
        conversation = conversations.find(runtime, caller.tenant.id, query.conversation_id)
        found = (asset for asset in found if conversation and asset.conversation_id == conversation.id)
    return [asset for asset in found if _passes(runtime, asset, query)]


def _passes(runtime: Runtime, asset: Asset, query: AssetQuery) -> bool:
    stored = stored_object(runtime, asset)
    return (
        all(getattr(query, name) in (None, getattr(asset, name)) for name in EQUAL)
        and (stored.mime_type if stored else "").startswith(query.mime_type_prefix or "")
        and (query.created_after is None or asset.created_at >= query.created_after)
        and (query.created_before is None or asset.created_at <= query.created_before)
    )


def stored_object(runtime: Runtime, asset: Asset) -> StorageObject | None:
    """The object that holds the asset's bytes, or None once it is deleted."""
    return runtime.store.storage_objects.get(asset.storage_object_id)


def response(runtime: Runtime, asset: Asset) -> AssetResponse:
    """The asset with what is known of its stored object."""
    stored = stored_object(runtime, asset)
    own = {name: getattr(asset, name) for name in AssetResponse.model_fields if hasattr(asset, name)}
    return AssetResponse(
        **own,
        filename=getattr(stored, "filename", None),
        mime_type=getattr(stored, "mime_type", None),
        size_bytes=getattr(stored, "size_bytes", None),
        storage_status=getattr(stored, "status", None),
        storage_created_at=getattr(stored, "created_at", None),
        asset_created_at=asset.created_at,
        asset_updated_at=asset.updated_at,
    )


def download(runtime: Runtime, request: Request, asset: Asset) -> AssetDownloadResponse:
    """Where the asset's bytes are; raises the 404 once they are deleted."""
    stored = stored_object(runtime, asset) or not_found("Asset storage object")
    address = stored_files.presigned_download(runtime, request, stored)
    return AssetDownloadResponse(
        asset_id=asset.id,
        storage_object_id=stored.id,
        download_url=address.download_url,
        method=address.method,
        headers=address.headers,
        expires_in_seconds=address.expires_in_seconds,
    )
