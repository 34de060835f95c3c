"""Faults on demand: the control routes that make a double fail, and the middleware that obeys them.

A fault names a text; it strikes every request whose path or body contains it, so that two test runs at
once do not meet each other's faults.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

from fastapi import APIRouter, FastAPI, HTTPException, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTROL = "/_control"
LONGEST_HANG = 60.0
FaultKind = Literal["error", "rate_limit", "timeout"]


class FaultRequest(BaseModel):
    """A fault to add; `times` is how often it strikes (None: until it is removed)."""

    kind: FaultKind
    text: str = Field(min_length=1)
    times: int | None = Field(None, ge=1)


@dataclass
class Fault:
    """A fault that strikes requests with this text in their path or body."""

    kind: FaultKind
    text: str
    times: int | None = None
    id: str = field(default_factory=lambda: uuid4().hex)


class FaultBook:
    """The faults of one double."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def add(self, fault: Fault) -> Fault:
        """Let the fault strike from now on."""
        self._faults[fault.id] = fault
        return fault

    def remove(self, fault_id: str) -> bool:
        """Let the fault strike no more; whether it was there."""
        return self._faults.pop(fault_id, None) is not None

    def strike(self, places: Iterable[str]) -> FaultKind | None:
        """The kind of the first fault that one of these texts calls for; counts as one strike."""
        texts = list(places)
        for fault in self._faults.values():
            if any(fault.text in text for text in texts):
                self._count(fault)
                return fault.kind
        return None

    def __bool__(self) -> bool:
        return bool(self._faults)

    def _count(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            if not fault.times:
                del self._faults[fault.id]


class FaultInjection:
    """ASGI middleware: answers with a fault where one strikes, else lets the request through."""

    def __init__(self, app: ASGIApp, book: FaultBook) -> None:
        self._app, self._book = app, book

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not self._book or CONTROL in scope["path"]:
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        kind = self._book.strike([scope["path"], body.decode("utf-8", "replace")])
        if kind is None:
            await self._app(scope, _replay(body, receive), send)
        else:
            await (await _answer(kind))(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


async def _answer(kind: FaultKind) -> Response:
    if kind == "rate_limit":
        error = {"message": "Rate limit reached.", "type": "requests", "param": None, "code": "rate_limit"}
        return JSONResponse({"error": error}, 429, {"Retry-After": "1"})
    if kind == "timeout":
        await asyncio.sleep(LONGEST_HANG)
    error = {"message": "The server had an error.", "type": "server_error", "param": None, "code": None}
    return JSONResponse({"error": error}, 500)


def install_faults(app: FastAPI) -> None:
    """Give a double its control routes and let it obey them."""
    book = FaultBook()
    router = APIRouter(prefix=f"{CONTROL}/faults", tags=["control"])

    @router.post("", status_code=201)
    async def add_fault(body: FaultRequest) -> dict[str, str]:
        """Add a fault and return its id."""
        return {"id": book.add(Fault(body.kind, body.text, body.times)).id}

    @router.delete("/{fault_id}", status_code=204)
    async def remove_fault(fault_id: str) -> None:
        """Remove a fault; 404 when it has struck as often as it was meant to."""
        if not book.remove(fault_id):
            raise HTTPException(404)

    app.include_router(router)
    app.add_middleware(FaultInjection, book=book)
