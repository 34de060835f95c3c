"""What the service counts, for Prometheus."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from reference_service.runtime import RuntimeDep

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(runtime: RuntimeDep) -> PlainTextResponse:
    """All families in the text format."""
    media_type = "text/plain; version=0.0.4; charset=utf-8"
    return PlainTextResponse(runtime.metrics.render(), headers={"content-type": media_type})
