"""The tenant's assets."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from reference_service.errors import not_found
from reference_service.models.content.assets import (
    AssetDownloadResponse,
    AssetListResponse,
    AssetQuery,
    AssetResponse,
    AssetThumbnailUrlsRequest,
    AssetThumbnailUrlsResponse,
)
from reference_service.paging import next_offset
from reference_service.records.content import Asset
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Admin, Caller, Viewer
from reference_service.services.content import assets

router = APIRouter(prefix="/assets", tags=["assets"])


@router.get("")
async def list_assets(
    runtime: RuntimeDep, caller: Viewer, query: Annotated[AssetQuery, Query()]
) -> AssetListResponse:
    """The assets that pass every filter, newest first."""
    page = assets.find(runtime, caller, query)[query.offset : query.offset + query.limit]
    return AssetListResponse(
        items=[assets.response(runtime, asset) for asset in page],
        next_offset=next_offset(page, query.limit, query.offset),
    )


@router.post("/thumbnail-urls")
async def create_thumbnail_urls(
    runtime: RuntimeDep, request: Request, caller: Viewer, body: AssetThumbnailUrlsRequest
) -> AssetThumbnailUrlsResponse:
    """Addresses of the images among the assets; an asset without its stored object is missing."""
    known = {
        asset.id: asset
        for asset in runtime.store.assets.of(caller.tenant.id)
        if asset.id in body.asset_ids and assets.stored_object(runtime, asset)
    }
    images = [known[one] for one in body.asset_ids if one in known and known[one].asset_type == "image"]
    return AssetThumbnailUrlsResponse(
        items=[assets.download(runtime, request, asset) for asset in images],
        missing_asset_ids=[one for one in body.asset_ids if one not in known],
        unsupported_asset_ids=[
            one for one in body.asset_ids if one in known and known[one].asset_type != "image"
        ],
    )


@router.get("/{asset_id}")
async def get_asset(runtime: RuntimeDep, caller: Viewer, asset_id: UUID) -> AssetResponse:
    """One asset."""
    return assets.response(runtime, _asset(runtime, caller, asset_id))


@router.get("/{asset_id}/download-url")
async def create_asset_download_url(
    runtime: RuntimeDep, request: Request, caller: Viewer, asset_id: UUID
) -> AssetDownloadResponse:
    """Where the bytes of an asset are."""
    return assets.download(runtime, request, _asset(runtime, caller, asset_id))


@router.delete("/{asset_id}", status_code=204)
async def delete_asset(runtime: RuntimeDep, caller: Admin, asset_id: UUID) -> Response:
    """Delete an asset and its stored object."""
    asset = _asset(runtime, caller, asset_id)
    runtime.store.assets.delete(asset.id)
    runtime.store.storage_objects.delete(asset.storage_object_id)
    return Response(status_code=204)


def _asset(runtime: Runtime, caller: Caller, asset_id: UUID) -> Asset:
    return runtime.store.assets.owned(caller.tenant.id, asset_id) or not_found("Asset")
