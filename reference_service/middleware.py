"""What every response carries, and what becomes of an error that nobody foresaw."""

import asyncio
import logging
import time
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_service.errors import ApiError

_log = logging.getLogger("reference_service")


class ResponseStamp:
    """Adds `X-Correlation-ID` (always fresh) and `X-Process-Time` (seconds) and answers 500 to a crash."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, correlation_id, answered = time.perf_counter(), str(uuid4()), False
        scope.setdefault("state", {})["correlation_id"] = correlation_id

        async def stamped(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                headers = MutableHeaders(scope=message)
                headers["X-Correlation-ID"] = correlation_id
                headers["X-Process-Time"] = f"{time.perf_counter() - started:.6f}"
            await send(message)

        try:
            await self._app(scope, receive, stamped)
        except Exception:
            _log.exception("unhandled error in %s %s", scope["method"], scope["path"])
            if answered:
                raise
            await ApiError(500, "Internal server error.").response()(scope, receive, stamped)


class Distance:
    """Lets each request wait, as on a long way; `seconds` count in no `X-Process-Time`."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app, self._seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http":
            await asyncio.sleep(self._seconds)
        await self._app(scope, receive, send)
