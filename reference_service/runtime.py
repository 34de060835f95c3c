"""The parts of one running service, and how a request reaches them."""

import secrets
from typing import Annotated

from fastapi import Depends, Request

from reference_service.clients.log_export import LogExporter
from reference_service.clients.provider import Provider
from reference_service.clock import Clock
from reference_service.config import Config
from reference_service.events import Channel
from reference_service.limits import RateLimits
from reference_service.metrics import Metrics
from reference_service.security.tokens import TokenSigner
from reference_service.store import Store


class Runtime:
    """Configuration, clock, store, keys, limits, metrics and live channels of one service."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config = config
        self.clock = clock
        self.started_at = clock.now()
        self.bucket_key = secrets.token_bytes(32)
        self.store = Store()
        self.metrics = Metrics()
        self.tokens = TokenSigner(self.metrics, config.signing_key)
        self.limits = RateLimits(config.quotas, self.metrics)
        self.telemetry = LogExporter(config.otlp_url)
        self.provider = Provider(config)
        self.activity_channel = Channel(config.heartbeat_seconds)
        self.billing_channel = Channel(config.heartbeat_seconds)


async def current_runtime(request: Request) -> Runtime:
    """The service that answers this request."""
    runtime: Runtime = request.app.state.runtime
    return runtime


RuntimeDep = Annotated[Runtime, Depends(current_runtime)]
