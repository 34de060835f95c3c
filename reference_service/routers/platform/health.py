"""How the service is."""

from fastapi import APIRouter

from reference_service.models.platform.health import HealthResponse
from reference_service.runtime import Runtime, RuntimeDep

router = APIRouter(prefix="/health", tags=["health"])


@router.get("")
async def health(runtime: RuntimeDep) -> HealthResponse:
    """The process answers."""
    return _report(runtime, "healthy")


@router.get("/ready")
async def readiness(runtime: RuntimeDep) -> HealthResponse:
    """The service takes traffic."""
    return _report(runtime, "ready")


@router.get("/storage")
async def storage_health(runtime: RuntimeDep) -> HealthResponse:
    """The object storage answers; it lives in this process."""
    return _report(runtime, "healthy")


def _report(runtime: Runtime, status: str) -> HealthResponse:
    now = runtime.clock.now()
    uptime = (now - runtime.started_at).total_seconds()
    return HealthResponse(status=status, timestamp=now, version="1.0.0", uptime=uptime)
