"""What a tenant may use."""

from fastapi import APIRouter

from reference_service.models.usage import FeatureSnapshotResponse
from reference_service.runtime import RuntimeDep
from reference_service.security import Viewer

router = APIRouter(prefix="/features", tags=["features"])


@router.get("")
async def feature_snapshot(runtime: RuntimeDep, caller: Viewer) -> FeatureSnapshotResponse:
    """The features of the caller's tenant: what is configured, less what an operator took away."""
    billing = runtime.config.billing and caller.tenant.feature_flags.get("billing", True)
    return FeatureSnapshotResponse(
        billing_enabled=billing, billing_stream_enabled=billing and runtime.config.billing_stream
    )
