"""The rules by which tokens of service accounts are issued and taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from starlette.requests import Request

from reference_service.errors import ApiError
from reference_service.limits import client_ip
from reference_service.models.identity.service_accounts import ServiceAccountIssueRequest
from reference_service.records.service_accounts import CATALOG, ServiceAccount, ServiceAccountToken
from reference_service.runtime import Runtime
from reference_service.security.tokens import REFRESH


def issue(runtime: Runtime, request: Request, wanted: ServiceAccountIssueRequest) -> ServiceAccountToken:
    """The token in force for this account, tenant and scopes, else a new one.

    `force` replaces the one in force. Raises a 400 for what the catalog does not grant. No tenant and no
    address can use up what others are allowed.
    """
    runtime.limits.hit("service_account_issue_ip", client_ip(request))
    runtime.limits.hit("service_account_issue", wanted.account, wanted.tenant_id)
    minutes = _granted_minutes(wanted, _account(wanted))
    for token in _in_force(runtime, wanted):
        if not wanted.force:
            runtime.metrics.count("service_account_issuance_total", result="reused")
            return token
        revoke(runtime, token, "replaced")
    runtime.metrics.count("service_account_issuance_total", result="success")
    return runtime.store.service_account_tokens.insert(_mint(runtime, wanted, minutes))


def revoke(runtime: Runtime, token: ServiceAccountToken, reason: str | None) -> None:
    """Make the token worthless; the first reason stays."""
    if token.revoked_at is None:
        token.revoked_at, token.revoked_reason = runtime.clock.now(), reason


def _account(wanted: ServiceAccountIssueRequest) -> ServiceAccount:
    account = CATALOG.get(wanted.account)
    if account is None:
        raise ApiError(400, f"Service account '{wanted.account}' is not defined.")
    if account.needs_tenant and wanted.tenant_id is None:
        raise ApiError(400, f"Service account '{wanted.account}' requires a tenant identifier.")
    if wanted.tenant_id is not None and not account.needs_tenant:
        raise ApiError(400, f"Service account '{wanted.account}' does not accept tenant identifiers.")
    if not wanted.scopes:
        raise ApiError(400, "At least one scope must be requested.")
    unsupported = sorted(set(wanted.scopes) - account.scopes)
    if unsupported:
        raise ApiError(400, f"Unsupported scopes requested: {', '.join(unsupported)}")
    return account


def _granted_minutes(wanted: ServiceAccountIssueRequest, account: ServiceAccount) -> int:
    longest, minutes = account.longest_minutes, wanted.lifetime_minutes or account.longest_minutes
    if minutes > longest:
        raise ApiError(
            400, f"Requested lifetime {minutes} exceeds max {longest} for account '{wanted.account}'."
        )
    return minutes


def _in_force(runtime: Runtime, wanted: ServiceAccountIssueRequest) -> list[ServiceAccountToken]:
    key = (wanted.account, wanted.tenant_id, sorted(set(wanted.scopes)))
    return runtime.store.service_account_tokens.filter(
        lambda token: (
            (token.account, token.tenant_id, token.scopes) == key
            and token.revoked_at is None
            and token.expires_at > runtime.clock.now()
        )
    )


def _mint(runtime: Runtime, wanted: ServiceAccountIssueRequest, minutes: int) -> ServiceAccountToken:
    scopes = sorted(set(wanted.scopes))
    claims: dict[str, Any] = {
        "sub": f"service-account:{wanted.account}",
        "account": wanted.account,
        "token_use": REFRESH,
        "scope": " ".join(scopes),
        **({"tenant_id": str(wanted.tenant_id)} if wanted.tenant_id else {}),
        **({"fingerprint": wanted.fingerprint} if wanted.fingerprint else {}),
    }
    text, claims = runtime.tokens.sign(claims, timedelta(minutes=minutes))
    return ServiceAccountToken(
        id=UUID(claims["jti"]),
        account=wanted.account,
        tenant_id=wanted.tenant_id,
        scopes=scopes,
        text=text,
        issued_at=datetime.fromtimestamp(claims["iat"], UTC),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        signing_kid=runtime.tokens.kid,
        fingerprint=wanted.fingerprint,
    )
