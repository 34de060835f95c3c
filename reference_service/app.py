"""The application factory."""

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute

from reference_service.clock import Clock
from reference_service.config import Config
from reference_service.errors import install_handlers
from reference_service.middleware import ResponseStamp
from reference_service.openapi import contract_document
from reference_service.petsage.smoke_test.v1 import api as smoke_test
from reference_service.routers import (
    activity,
    agents,
    assets,
    auth,
    billing,
    billing_payments,
    billing_usage,
    chat,
    contact,
    containers,
    conversation_streams,
    conversations,
    email_verification,
    features,
    fixtures,
    guardrails,
    health,
    invites,
    logs,
    metrics,
    mfa,
    openai_files,
    passwords,
    platform_tenants,
    preferences,
    run_replay,
    service_accounts,
    sessions,
    sign_up,
    sso,
    status,
    storage,
    stripe,
    team,
    team_invites,
    tenants,
    tools,
    uploads,
    usage,
    users,
    vector_stores,
    well_known,
    workflow_runs,
    workflows,
)
from reference_service.runtime import Runtime

ROOT_ROUTERS = [
    health.router,
    well_known.router,
    metrics.router,
    smoke_test.router,
    storage.bucket_router,
    stripe.router,
]
# A fixed path stands before one with a parameter in the same place: first match wins.
API_ROUTERS = [
    auth.router,
    sessions.router,
    sign_up.router,
    invites.router,
    email_verification.router,
    passwords.router,
    mfa.router,
    sso.router,
    service_accounts.router,
    users.router,
    preferences.router,
    agents.router,
    tools.router,
    guardrails.router,
    chat.router,
    conversations.router,
    conversation_streams.router,
    workflow_runs.router,
    run_replay.router,
    workflows.router,
    storage.router,
    uploads.router,
    assets.router,
    vector_stores.router,
    containers.router,
    openai_files.router,
    activity.router,
    contact.router,
    features.router,
    logs.router,
    platform_tenants.router,
    tenants.router,
    team.router,
    team_invites.router,
    status.router,
    usage.router,
    billing.router,
    billing_payments.router,
    billing_usage.router,
]


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The contract, built once."""
        self.openapi_schema = self.openapi_schema or contract_document(self)
        return self.openapi_schema


def create_app(config: Config | None = None, clock: Clock | None = None) -> FastAPI:
    """A fresh service with an empty store."""
    config = config or Config()
    app = _Application(
        title="api-service",
        version="1.0.0",
        description="HTTP API of a multi-tenant AI back end.",
    )
    app.state.runtime = Runtime(config, clock or Clock())
    install_handlers(app)
    _add_middleware(app, config)
    # Included, FastAPI would build every operation anew for each application: a third of a second.
    app.router.routes.extend(_routes(config.test_fixtures))
    _mount_double(app)
    return app


@cache
def _routes(test_fixtures: bool) -> list[BaseRoute]:
    operations = APIRouter(generate_unique_id_function=_operation_id)
    for router in ROOT_ROUTERS:
        operations.include_router(router)
    for router in [*API_ROUTERS, *([fixtures.router] if test_fixtures else [])]:
        operations.include_router(router, prefix="/api/v1")
    return operations.routes


def _mount_double(app: FastAPI) -> None:
    # Whoever tests this service puts files there, as they would at the real provider.
    double = app.state.runtime.provider.double
    if double is not None:
        app.mount("/provider", double)


def _operation_id(route: APIRoute) -> str:
    return f"{route.tags[0]}-{route.name}"


def _add_middleware(app: FastAPI, config: Config) -> None:
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(config.allowed_hosts))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["http://localhost:3000", "http://localhost:8000", config.public_url],
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        allow_headers=["*"],
    )
    # Added last, hence outermost: it stamps and times everything, refusals of the others included.
    app.add_middleware(ResponseStamp)
