"""What a tenant may use, and what an operator takes away from it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from reference_service.errors import not_found
from reference_service.models.platform.entitlements import (
    FeatureSnapshotResponse,
    TenantFeatureEntitlementsResponse,
    TenantFeatureEntitlementsUpdateRequest,
)
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, Viewer, scoped

router = APIRouter(tags=["features"])
Operator = Annotated[Caller, Depends(scoped("platform:operator"))]


@router.get("/features")
async def feature_snapshot(runtime: RuntimeDep, caller: Viewer) -> FeatureSnapshotResponse:
    """The features of the caller's tenant: what is configured, less what an operator took away."""
    billing = runtime.config.billing and caller.tenant.feature_flags.get("billing", True)
    return FeatureSnapshotResponse(
        billing_enabled=billing, billing_stream_enabled=billing and runtime.config.billing_stream
    )


@router.get("/platform/tenants/{tenant_id}/features")
async def read_entitlements(
    runtime: RuntimeDep, _: Operator, tenant_id: UUID
) -> TenantFeatureEntitlementsResponse:
    """What operators decided for a tenant."""
    return _shown(_tenant(runtime, tenant_id))


@router.put("/platform/tenants/{tenant_id}/features")
async def update_entitlements(
    runtime: RuntimeDep, _: Operator, tenant_id: UUID, body: TenantFeatureEntitlementsUpdateRequest
) -> TenantFeatureEntitlementsResponse:
    """Decide for a tenant; features that are not named stay as they were."""
    tenant = _tenant(runtime, tenant_id)
    for key, flag in body.flags.items():
        tenant.feature_flags.pop(key, None)
        if flag is not None:
            tenant.feature_flags[key] = flag
    tenant.save_settings(runtime.clock.now())
    return _shown(tenant)


def _tenant(runtime: Runtime, tenant_id: UUID) -> Tenant:
    tenant = runtime.store.tenants.get(tenant_id)
    if tenant is None:
        not_found("Tenant account")
    return tenant


def _shown(tenant: Tenant) -> TenantFeatureEntitlementsResponse:
    return TenantFeatureEntitlementsResponse(tenant_id=tenant.id, flags=tenant.feature_flags)
