"""A tenant's account as its own administrators see it."""

from fastapi import APIRouter, Request

from reference_service.models.tenancy.account import TenantAccountResponse, TenantAccountSelfUpdateRequest
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Admin
from reference_service.services.activity.feed import record_deed

router = APIRouter(prefix="/tenants", tags=["tenants"])


@router.get("/account")
async def read_account(caller: Admin) -> TenantAccountResponse:
    """The caller's tenant."""
    return TenantAccountResponse.model_validate(caller.tenant)


@router.patch("/account")
async def update_account(
    runtime: RuntimeDep, request: Request, caller: Admin, body: TenantAccountSelfUpdateRequest
) -> TenantAccountResponse:
    """Rename the caller's tenant."""
    caller.tenant.name, caller.tenant.updated_at = body.name, runtime.clock.now()
    record_deed(
        runtime,
        request,
        caller,
        "tenant.account.updated",
        object_type="tenant",
        object_id=str(caller.tenant.id),
        object_name=caller.tenant.name,
    )
    return TenantAccountResponse.model_validate(caller.tenant)
