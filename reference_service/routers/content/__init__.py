"""Stored files, assets, vector stores, containers and provider files."""

from reference_service.routers.content import (
    assets,
    containers,
    provider_files,
    stored_files,
    uploads,
    vector_stores,
)

ROOT_ROUTERS = [stored_files.bucket_router]
ROUTERS = [
    stored_files.router,
    uploads.router,
    assets.router,
    vector_stores.router,
    containers.router,
    provider_files.router,
]
