"""A reverse proxy on a free loopback port; unarmed it changes nothing, armed it serves one fault.

It runs in a thread of the prover's own process, so that arming is an assignment.
"""

import socket
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from acceptance.contract.document import EVENT_STREAM, Contract
from acceptance.errors import SuiteError
from acceptance.prove.effect_faults import Known
from acceptance.prove.faults import Fault
from acceptance.prove.own_calls import DOCUMENT
from acceptance.prove.stream_faults import DropError
from acceptance.prove.wire import Chunks, Incoming, Reply, Routes

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"})
REFRAMED = HOP_BY_HOP | {"content-length"}
START_SECONDS = 10.0


class Proxy:
    """Stands in front of a service. `armed` is the fault that is served, or None."""

    def __init__(self, upstream: str, known: Known | None = None) -> None:
        self.armed: Fault | None = None
        self.known = known or Known()
        self._upstream, self._routes = upstream.rstrip("/"), Routes(())
        self._client = httpx.AsyncClient(timeout=None, trust_env=False)  # noqa: S113 the suite has the deadlines
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        app = Starlette(routes=[Route("/{path:path}", self._serve, methods=METHODS)])
        silent: dict[str, Any] = dict.fromkeys(("access_log", "date_header", "server_header"), False)
        config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1, **silent)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def start(self) -> Self:
        """Listen; raises SuiteError when that does not work within ten seconds."""
        self._thread.start()
        for _ in range(int(START_SECONDS * 100)):
            if self._server.started:
                return self
            self._thread.join(0.01)
        raise SuiteError(f"the proxy in front of {self._upstream} did not start")

    def route(self, contract: Contract) -> None:
        """Learn the operations, without which no fault can be armed."""
        self._routes = Routes([*contract, DOCUMENT])

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join(START_SECONDS)

    async def _serve(self, request: Request) -> Response:
        incoming = self._incoming(request, await request.body())
        fault = self.armed
        if fault is None or not fault.meets(incoming):
            return _response(await self._forward(incoming))
        try:
            # A fault is put into the answer as it is, not as it was packed.
            return _response(await fault.apply(incoming.without_header("accept-encoding"), self._forward))
        except DropError:
            return _HangUp()

    def _incoming(self, request: Request, body: bytes) -> Incoming:
        raw_path = urlsplit(request.scope["raw_path"].decode("ascii")).path
        operation, values = self._routes.find(request.method, request.url.path)
        headers = [(name, value) for name, value in request.headers.items() if name not in HOP_BY_HOP]
        return Incoming(request.method, raw_path, request.url.query, headers, body, operation, values)

    async def _forward(self, incoming: Incoming) -> Reply:
        url = self._upstream + incoming.path + (f"?{incoming.query}" if incoming.query else "")
        headers = {"accept-encoding": "identity"} | dict(incoming.without_header("host").headers)
        headers.pop("content-length", None)
        request = self._client.build_request(incoming.method, url, headers=headers, content=incoming.body)
        response = await self._client.send(request, stream=True)
        reply = Reply(response.status_code, list(response.headers.items()))
        if response.headers.get("content-type", "").startswith(EVENT_STREAM):
            return replace(reply, chunks=_closing(response))
        reply = replace(reply, body=b"".join([chunk async for chunk in response.aiter_raw()]))
        self.known.learn(incoming, reply)
        return reply


class _HangUp(Response):
    """Ends a connection without an answer: promises a body that never comes."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        raise ConnectionResetError("hung up on purpose")


def _response(reply: Reply) -> Response:
    kept = [(name, value) for name, value in reply.headers if name.lower() not in REFRAMED]
    if reply.chunks is not None:
        return StreamingResponse(reply.chunks, reply.status, dict(kept))
    response = Response(reply.body if reply.status not in {204, 304} else b"", reply.status)
    length = [] if reply.status in {204, 304} else [("content-length", str(len(reply.body)))]
    response.raw_headers = [(name.encode(), value.encode()) for name, value in [*kept, *length]]
    return response


async def _closing(response: httpx.Response) -> Chunks:
    try:
        async for chunk in response.aiter_raw():
            yield chunk
    finally:
        with suppress(httpx.HTTPError):
            await response.aclose()
