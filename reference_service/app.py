"""The application factory."""

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from reference_service.clock import Clock
from reference_service.config import Config
from reference_service.errors import install_handlers
from reference_service.middleware import Distance, ResponseStamp
from reference_service.openapi import contract_document
from reference_service.petsage.features.smoke_test.v1 import api as smoke_test
from reference_service.routers import (
    activity,
    assistants,
    billing,
    content,
    fixtures,
    identity,
    observability,
    platform,
    tenancy,
)
from reference_service.runtime import Runtime

AREAS = [identity, assistants, content, activity, platform, observability, tenancy, billing]
ROOT_ROUTERS = [smoke_test.router, *platform.ROOT_ROUTERS, *content.ROOT_ROUTERS, *billing.ROOT_ROUTERS]
API_ROUTERS = [router for area in AREAS for router in area.ROUTERS]


class _Prefixed(APIRouter):
    """A router whose operations are looked at only for paths that begin as all of theirs do."""

    def __init__(self, router: APIRouter, prefix: str = "") -> None:
        # The same router, its list of operations included: to nest one in another takes half a second.
        vars(self).update(vars(router))
        self._beginning = (prefix + router.prefix).partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether an operation fits the request; see Starlette's `BaseRoute`."""
        return super().matches(scope) if scope["path"].startswith(self._beginning) else (Match.NONE, {})


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
        operations.include_router(_Prefixed(router))
    for router in [*API_ROUTERS, *([fixtures.router] if test_fixtures else [])]:
        operations.include_router(_Prefixed(router, "/api/v1"), prefix="/api/v1")
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
    # Added late, hence on the outside: it stamps and times everything, refusals of the others included.
    app.add_middleware(ResponseStamp)
    if config.latency_seconds:
        app.add_middleware(Distance, seconds=config.latency_seconds)
