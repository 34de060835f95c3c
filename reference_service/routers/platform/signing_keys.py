"""The public signing keys."""

from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Header, Response

from reference_service.models.platform.health import JsonWebKey, JsonWebKeySet
from reference_service.runtime import RuntimeDep

router = APIRouter(prefix="/.well-known", tags=["health"])


@router.get(
    "/jwks.json", response_model=JsonWebKeySet, responses={304: {"description": "The caller has them."}}
)
async def signing_keys(
    runtime: RuntimeDep, response: Response, if_none_match: Annotated[str | None, Header()] = None
) -> JsonWebKeySet | Response:
    """The keys that verify tokens; 304 for whoever has them already."""
    runtime.metrics.count("jwks_requests_total")
    headers = {
        "Cache-Control": "public, max-age=300",
        "ETag": runtime.tokens.etag(),
        "Last-Modified": format_datetime(runtime.tokens.published_at, usegmt=True),
    }
    if if_none_match == headers["ETag"]:
        runtime.metrics.count("jwks_not_modified_total")
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return JsonWebKeySet(keys=[JsonWebKey.model_validate(key) for key in runtime.tokens.key_set()])
