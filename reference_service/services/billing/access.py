"""Who may use billing: members of the tenant in the path, while billing is on for it."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends

from reference_service.errors import ApiError
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, Viewer, tenant_caller
from reference_service.security.roles import TenantRole


def require_billing(runtime: Runtime, tenant: Tenant) -> None:
    """Raise a 403 when billing is off, for the service or for the tenant."""
    if not runtime.config.billing or not tenant.feature_flags.get("billing", True):
        raise ApiError(403, "billing feature is disabled for this tenant.")


def _billing_caller(role: TenantRole) -> Callable[..., Awaitable[Caller]]:
    async def dependency(
        runtime: RuntimeDep, tenant_id: str, caller: Annotated[Caller, Depends(tenant_caller(role))]
    ) -> Caller:
        require_billing(runtime, caller.tenant)
        if tenant_id != str(caller.tenant.id):
            raise ApiError(403, "Tenant mismatch between request and credentials.")
        return caller

    return dependency


async def _stream_reader(runtime: RuntimeDep, caller: Viewer) -> Caller:
    require_billing(runtime, caller.tenant)
    if not runtime.config.billing_stream:
        raise ApiError(403, "billing_stream feature is disabled for this tenant.")
    return caller


Reader = Annotated[Caller, Depends(_billing_caller("viewer"))]
Manager = Annotated[Caller, Depends(_billing_caller("admin"))]
StreamReader = Annotated[Caller, Depends(_stream_reader)]
