"""Tokens for machines: issued to pipelines and, with a reason, to admins; listed and taken back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request

from reference_service.errors import ApiError, not_found
from reference_service.models.base import ActionResponse
from reference_service.models.identity.service_accounts import (
    BrowserServiceAccountIssueRequest,
    ServiceAccountIssueRequest,
    ServiceAccountTokenItem,
    ServiceAccountTokenListResponse,
    ServiceAccountTokenResponse,
    ServiceAccountTokenRevokeData,
    ServiceAccountTokenRevokeRequest,
    TokenQuery,
)
from reference_service.records.service_accounts import ServiceAccountToken
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.security.callers import Caller, Verified, requires, unauthorized
from reference_service.security.roles import RANK
from reference_service.services.activity.feed import record_deed
from reference_service.services.identity import service_accounts

router = APIRouter(prefix="/auth/service-accounts", tags=["auth"])
# Stands in for the credential that a secrets manager would sign; it opens nothing but this double.
DEMO_CREDENTIAL = "dev-demo"


@requires("admin")
async def _keeper(caller: Verified) -> Caller:
    if not (_is_admin(caller) or caller.may("platform:operator")):
        message = "Tenant admin privileges or operator scope required for service-account actions."
        raise ApiError(403, message)
    return caller


async def _require_pipeline(authorization: Annotated[str, Header()]) -> None:
    scheme, _, credential = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized("Authorization header must use Bearer scheme.")
    if credential.startswith("vault:"):
        raise ApiError(503, "Vault verification disabled; cannot accept vault credentials.")
    if credential != DEMO_CREDENTIAL:
        raise unauthorized("Vault-signed credential required for service-account issuance.")


Keeper = Annotated[Caller, Depends(_keeper)]


@router.post("/issue", status_code=201, dependencies=[Depends(_require_pipeline)])
async def issue_token(
    runtime: RuntimeDep, request: Request, body: ServiceAccountIssueRequest
) -> ServiceAccountTokenResponse:
    """A token for a pipeline; the one in force is handed out again unless another is forced."""
    return _response(service_accounts.issue(runtime, request, body))


@router.post("/browser-issue", status_code=201)
async def issue_token_in_browser(
    runtime: RuntimeDep, request: Request, caller: Keeper, body: BrowserServiceAccountIssueRequest
) -> ServiceAccountTokenResponse:
    """A token for an admin's own tenant."""
    if body.tenant_id not in (None, caller.tenant.id):
        raise ApiError(403, "Tenant mismatch for service-account issuance.")
    token = service_accounts.issue(runtime, request, body.model_copy(update={"tenant_id": caller.tenant.id}))
    _record(runtime, request, caller, "auth.service_account.issued", token)
    return _response(token)


@router.get("/tokens")
async def list_tokens(
    runtime: RuntimeDep, caller: Keeper, wanted: Annotated[TokenQuery, Query()]
) -> ServiceAccountTokenListResponse:
    """Issued tokens of the caller's tenant, newest first; operators may add those of no tenant."""
    if wanted.tenant_id not in (None, caller.tenant.id):
        raise ApiError(403, "Tenant administrators may only query their own tenant.")
    tenants = {caller.tenant.id, None if _adds_global(wanted, caller) else caller.tenant.id}
    found = [
        token
        for token in reversed(list(runtime.store.service_account_tokens))
        if token.tenant_id in tenants
        and wanted.account in token.account
        and wanted.fingerprint in (None, token.fingerprint)
        and wanted.status in ("all", "revoked" if token.revoked_at else "active")
    ]
    page = [_item(token) for token in found[wanted.offset : wanted.offset + wanted.limit]]
    return ServiceAccountTokenListResponse(
        items=page, total=len(found), limit=wanted.limit, offset=wanted.offset
    )


@router.post("/tokens/{jti}/revoke")
async def revoke_token(
    runtime: RuntimeDep, request: Request, caller: Keeper, jti: UUID, body: ServiceAccountTokenRevokeRequest
) -> ActionResponse[ServiceAccountTokenRevokeData]:
    """Take back a token of the caller's tenant; operators also those of no tenant, and say why."""
    token = runtime.store.service_account_tokens.get(jti)
    if token is None or not _within_reach(token, caller):
        not_found("Service account token")
    if not _is_admin(caller) and not body.reason:
        raise ApiError(400, "Operators must give a reason.")
    service_accounts.revoke(runtime, token, body.reason)
    _record(runtime, request, caller, "auth.service_account.revoked", token)
    data = ServiceAccountTokenRevokeData(jti=jti)
    return ActionResponse(message="The service account token is revoked.", data=data)


def _is_admin(caller: Caller) -> bool:
    return caller.role is not None and RANK[caller.role] >= RANK["admin"]


def _adds_global(wanted: TokenQuery, caller: Caller) -> bool:
    return wanted.include_global and caller.may("platform:operator")


def _within_reach(token: ServiceAccountToken, caller: Caller) -> bool:
    if token.tenant_id is None:
        return caller.may("platform:operator")
    return token.tenant_id == caller.tenant.id


def _record(
    runtime: Runtime, request: Request, caller: Caller, action: str, token: ServiceAccountToken
) -> None:
    record_deed(runtime, request, caller, action, object_type="service_account", object_id=token.account)


def _response(token: ServiceAccountToken) -> ServiceAccountTokenResponse:
    shared = ("expires_at", "issued_at", "scopes", "tenant_id", "account")
    return ServiceAccountTokenResponse(
        refresh_token=token.text,
        kid=token.signing_kid,
        token_use="refresh",  # noqa: S106 - the token's use, not a token
        session_id=None,
        **{name: getattr(token, name) for name in shared},
    )


def _item(token: ServiceAccountToken) -> ServiceAccountTokenItem:
    shared = ServiceAccountTokenItem.model_fields.keys() - {"jti"}
    return ServiceAccountTokenItem(jti=token.id, **{name: getattr(token, name) for name in shared})
