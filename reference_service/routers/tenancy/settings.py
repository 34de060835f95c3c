"""A tenant's settings, which carry a version."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from reference_service.errors import ApiError
from reference_service.models.tenancy.settings import TenantSettingsResponse, TenantSettingsUpdateRequest
from reference_service.numbers import whole_number
from reference_service.records.tenancy import BillingContact, Tenant
from reference_service.runtime import RuntimeDep
from reference_service.security.callers import Admin

router = APIRouter(prefix="/tenants/settings", tags=["tenants"])
# Flags with this prefix are operators' decisions: shown here, changed elsewhere.
ENTITLEMENT = "feature."


@router.get("")
async def read_settings(response: Response, caller: Admin) -> TenantSettingsResponse:
    """The settings; the ETag is their version."""
    return _settings(response, caller.tenant)


# Required by the contract; that it is missing is answered with 428, not as an invalid request.
IF_MATCH = {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}


@router.put("", openapi_extra={"parameters": [IF_MATCH]})
async def update_settings(
    runtime: RuntimeDep,
    response: Response,
    caller: Admin,
    body: TenantSettingsUpdateRequest,
    if_match: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> TenantSettingsResponse:
    """Replace the settings, if they still have the version that the caller has read (`If-Match`)."""
    settings = caller.tenant.settings
    if _version(if_match) != settings.version:
        raise ApiError(409, "Tenant settings version conflict; refresh and retry.")
    settings.billing_contacts = [BillingContact(**contact.model_dump()) for contact in body.billing_contacts]
    settings.billing_webhook_url = str(body.billing_webhook_url) if body.billing_webhook_url else None
    settings.plan_metadata = body.plan_metadata
    settings.flags = {name: flag for name, flag in body.flags.items() if not name.startswith(ENTITLEMENT)}
    caller.tenant.save_settings(runtime.clock.now())
    return _settings(response, caller.tenant)


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise ApiError(428, "Missing If-Match header with tenant settings version.")
    version = whole_number(if_match.strip().removeprefix("W/").strip('"'))
    if version is None:
        raise ApiError(400, 'If-Match must name one version, such as "3".')
    return version


def _settings(response: Response, tenant: Tenant) -> TenantSettingsResponse:
    settings = tenant.settings
    response.headers["ETag"] = f'"{settings.version}"'
    entitlements = {f"{ENTITLEMENT}{name}": flag for name, flag in tenant.feature_flags.items()}
    fields = TenantSettingsResponse.model_fields.keys() - {"tenant_id", "flags"}
    return TenantSettingsResponse(
        tenant_id=tenant.id,
        flags=settings.flags | entitlements,
        **{name: getattr(settings, name) for name in fields},
    )
