"""Tenants in the hands of operators."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from reference_service.errors import ApiError, not_found
from reference_service.models.tenancy.operators import (
    SLUG,
    TenantAccountCreateRequest,
    TenantAccountLifecycleRequest,
    TenantAccountListResponse,
    TenantAccountOperatorResponse,
    TenantAccountUpdateRequest,
)
from reference_service.records.tenancy import Tenant, TenantStatus
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, scoped
from reference_service.services.activity.feed import record_activity
from reference_service.services.identity.accounts import free_slug

router = APIRouter(prefix="/platform/tenants", tags=["platform"])
Operator = Annotated[Caller, Depends(scoped("platform:operator"))]


@router.get("")
async def list_tenants(
    runtime: RuntimeDep,
    _: Operator,
    status: TenantStatus | None = None,
    q: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TenantAccountListResponse:
    """Tenants, newest first; `q` finds a part of name or slug in any case."""
    word = (q or "").lower()
    found = runtime.store.tenants.filter(
        lambda one: status in (None, one.status) and (word in one.name.lower() or word in one.slug)
    )[::-1]
    page = found[offset : offset + limit]
    return TenantAccountListResponse(accounts=[_shown(tenant) for tenant in page], total=len(found))


@router.post("", status_code=201)
async def create_tenant(
    runtime: RuntimeDep, request: Request, caller: Operator, body: TenantAccountCreateRequest
) -> TenantAccountOperatorResponse:
    """Found an active tenant that has no members yet."""
    slug = _checked_slug(runtime, body.slug) if body.slug else free_slug(runtime, body.name)
    now = runtime.clock.now()
    tenant = runtime.store.tenants.insert(Tenant(slug, body.name, now, now))
    _record(runtime, request, caller, tenant, "tenant.account.created")
    return _shown(tenant)


@router.get("/{tenant_id}")
async def read_tenant(runtime: RuntimeDep, _: Operator, tenant_id: UUID) -> TenantAccountOperatorResponse:
    """One tenant."""
    return _shown(_tenant(runtime, tenant_id))


@router.patch("/{tenant_id}")
async def update_tenant(
    runtime: RuntimeDep, request: Request, caller: Operator, tenant_id: UUID, body: TenantAccountUpdateRequest
) -> TenantAccountOperatorResponse:
    """Change a tenant's name or slug."""
    tenant = _tenant(runtime, tenant_id)
    if body.name is None and body.slug is None:
        raise ApiError(400, "Nothing to update.")
    if body.slug is not None and body.slug != tenant.slug:
        tenant.slug = _checked_slug(runtime, body.slug)
    tenant.name, tenant.updated_at = body.name or tenant.name, runtime.clock.now()
    _record(runtime, request, caller, tenant, "tenant.account.updated")
    return _shown(tenant)


@router.post("/{tenant_id}/suspend")
async def suspend_tenant(
    runtime: RuntimeDep,
    request: Request,
    caller: Operator,
    tenant_id: UUID,
    body: TenantAccountLifecycleRequest,
) -> TenantAccountOperatorResponse:
    """Shut a tenant out until it is reactivated."""
    return _move(runtime, request, caller, _tenant(runtime, tenant_id), "suspended", body.reason)


@router.post("/{tenant_id}/reactivate")
async def reactivate_tenant(
    runtime: RuntimeDep,
    request: Request,
    caller: Operator,
    tenant_id: UUID,
    body: TenantAccountLifecycleRequest,
) -> TenantAccountOperatorResponse:
    """Let a suspended tenant work again."""
    return _move(runtime, request, caller, _tenant(runtime, tenant_id), "active", body.reason)


@router.post("/{tenant_id}/deprovision")
async def deprovision_tenant(
    runtime: RuntimeDep,
    request: Request,
    caller: Operator,
    tenant_id: UUID,
    body: TenantAccountLifecycleRequest,
) -> TenantAccountOperatorResponse:
    """Take a tenant down for good."""
    return _move(runtime, request, caller, _tenant(runtime, tenant_id), "deprovisioned", body.reason)


def _move(
    runtime: Runtime, request: Request, caller: Caller, tenant: Tenant, status: TenantStatus, reason: str
) -> TenantAccountOperatorResponse:
    if tenant.status == status:
        return _shown(tenant)
    if tenant.status == "deprovisioned":
        raise ApiError(409, f"Cannot transition tenant from {tenant.status} to {status}.")
    now = runtime.clock.now()
    tenant.status, tenant.status_reason = status, reason
    tenant.status_updated_at, tenant.status_updated_by, tenant.updated_at = now, caller.user.id, now
    if status == "suspended":
        tenant.suspended_at = now
    if status == "deprovisioned":
        tenant.deprovisioned_at = now
    _record(runtime, request, caller, tenant, "tenant.lifecycle")
    return _shown(tenant)


def _tenant(runtime: Runtime, tenant_id: UUID) -> Tenant:
    tenant = runtime.store.tenants.get(tenant_id)
    if tenant is None:
        not_found("Tenant account")
    return tenant


def _checked_slug(runtime: Runtime, wanted: str) -> str:
    slug = wanted.lower()
    if not re.fullmatch(SLUG, slug):
        raise ApiError(400, "A slug consists of lower-case letters, digits and single hyphens.")
    if runtime.store.tenants.find(lambda known: known.slug == slug):
        raise ApiError(409, "Tenant slug is already taken.")
    return slug


def _shown(tenant: Tenant) -> TenantAccountOperatorResponse:
    return TenantAccountOperatorResponse.model_validate(tenant)


def _record(runtime: Runtime, request: Request, caller: Caller, tenant: Tenant, action: str) -> None:
    record_activity(
        runtime,
        request,
        tenant_id=tenant.id,
        action=action,
        actor_id=caller.user.id,
        actor_role=caller.user.platform_role,
        object_type="tenant",
        object_id=str(tenant.id),
        object_name=tenant.name,
        metadata={"status": tenant.status, "reason": tenant.status_reason},
    )
