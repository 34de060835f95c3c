"""Single sign-on through the provider of a tenant."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from reference_service.clients import oidc
from reference_service.errors import ApiError
from reference_service.limits import client_ip
from reference_service.models.identity.sign_in import MfaChallengeResponse, UserSessionResponse
from reference_service.models.identity.single_sign_on import (
    SsoCallbackRequest,
    SsoProviderListResponse,
    SsoProviderView,
    SsoStartRequest,
    SsoStartResponse,
)
from reference_service.records.identity import Membership, User
from reference_service.records.single_sign_on import SsoAttempt, SsoIdentity
from reference_service.records.tenancy import Tenant
from reference_service.runtime import Runtime, RuntimeDep
from reference_service.services.identity import accounts, sign_in

router = APIRouter(prefix="/auth/sso", tags=["auth"])
PROVIDER, DISPLAY_NAME = "google", "Google"
ATTEMPT_LIFETIME = timedelta(minutes=10)


@router.get("/providers")
async def list_sso_providers(
    runtime: RuntimeDep, tenant_id: str | None = None, tenant_slug: str | None = None
) -> SsoProviderListResponse:
    """The providers that people of the tenant may sign in with."""
    if (tenant_id is None) == (tenant_slug is None):
        raise ApiError(400, "Give either tenant_id or tenant_slug.")
    tenant = _tenant(runtime, tenant_id, tenant_slug)
    offered = [SsoProviderView(provider_key=PROVIDER, display_name=DISPLAY_NAME)]
    return SsoProviderListResponse(providers=offered if _is_offered(runtime, tenant) else [])


@router.post("/{provider}/start")
async def start_sso(
    runtime: RuntimeDep, request: Request, provider: str, body: SsoStartRequest
) -> SsoStartResponse:
    """Begin a sign-in at the provider."""
    if body.tenant_id is not None and body.tenant_slug is not None:
        raise ApiError(400, "Give either tenant_id or tenant_slug.")
    # By the name that the caller gives, before it is looked up: guesses count as well.
    runtime.limits.hit("sso_start_tenant", body.tenant_id or body.tenant_slug, provider)
    runtime.limits.hit("sso_start_ip", client_ip(request), provider)
    tenant = _tenant(runtime, body.tenant_id, body.tenant_slug)
    if provider != PROVIDER or not _is_offered(runtime, tenant):
        raise ApiError(403, "SSO provider is not configured.")
    expires_at = runtime.clock.now() + ATTEMPT_LIFETIME
    attempt = runtime.store.sso_attempts.insert(SsoAttempt(tenant.id, provider, expires_at))
    url = await oidc.authorize_url(_provider(runtime, provider), attempt, body.login_hint)
    return SsoStartResponse(authorize_url=url)


@router.post(
    "/{provider}/callback",
    response_model=UserSessionResponse,
    responses={202: {"model": MfaChallengeResponse}},
)
async def finish_sso(
    runtime: RuntimeDep, request: Request, provider: str, body: SsoCallbackRequest
) -> UserSessionResponse | JSONResponse:
    """End a sign-in at the provider; 202 asks for the second factor."""
    runtime.limits.hit("sso_callback_ip", client_ip(request), provider)
    attempt = runtime.store.sso_attempts.find(lambda known: known.state == body.state)
    if attempt is None or attempt.provider != provider or attempt.expires_at <= runtime.clock.now():
        raise ApiError(400, "SSO state is invalid or expired.")
    # Spent before the provider is asked: a state is good for one attempt, whatever comes of it.
    runtime.store.sso_attempts.delete(attempt.id)
    claims = await oidc.identity(_provider(runtime, provider), attempt, body.code)
    tenant = runtime.store.tenants.get(attempt.tenant_id)
    assert tenant is not None
    user, member = _person(runtime, tenant, claims)
    sign_in.require_able(runtime, user)
    outcome = sign_in.admit(runtime, request, user, member)
    if isinstance(outcome, MfaChallengeResponse):
        return JSONResponse(outcome.model_dump(mode="json"), 202)
    return outcome


def _tenant(runtime: Runtime, tenant_id: str | None, slug: str | None) -> Tenant:
    try:
        wanted = UUID(tenant_id) if tenant_id else None
    except ValueError:
        raise ApiError(400, "tenant_id must be a UUID.") from None
    tenant = runtime.store.tenants.find(lambda known: wanted == known.id or slug == known.slug)
    if tenant is None:
        raise ApiError(409, "Tenant account not found.")
    return tenant


def _is_offered(runtime: Runtime, tenant: Tenant) -> bool:
    return bool(runtime.config.sso_issuer_url) and tenant.slug == runtime.config.sso_tenant


def _provider(runtime: Runtime, key: str) -> oidc.Provider:
    config = runtime.config
    redirect_uri = f"{config.public_url}/auth/sso/{key}/callback"
    return oidc.Provider(config.sso_issuer_url, config.sso_client_id, config.sso_client_secret, redirect_uri)


def _person(runtime: Runtime, tenant: Tenant, claims: dict[str, Any]) -> tuple[User, Membership]:
    """Who the provider's subject is here: known by subject, by address, or new from a welcome domain."""
    store, issuer, subject = runtime.store, claims["iss"], claims["sub"]
    known = store.sso_identities.find(lambda one: (one.issuer, one.subject) == (issuer, subject))
    user = store.users.get(known.user_id) if known else sign_in.find_user(runtime, claims["email"])
    member = store.memberships.find_of(tenant.id, lambda m: user is not None and m.user_id == user.id)
    if member is None and claims["email"].rpartition("@")[2].lower() not in runtime.config.sso_domains:
        raise ApiError(403, "This person may not join the tenant through single sign-on.")
    if user is None:
        user = accounts.create_user(
            runtime,
            claims["email"],
            secrets.token_urlsafe(32),
            verified=True,
            display_name=claims.get("name"),
        )
    if known is None:
        store.sso_identities.insert(SsoIdentity(issuer, subject, user.id))
    return user, member or accounts.join(runtime, user, tenant, "member")
