"""A service small enough to read at a glance, in front of which the proof's proxy can be tried."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from acceptance.contract.document import Contract

ALICE, BRIAN = "Bearer alice-token", "Bearer brian-token"
ID, OTHER_ID = "6f1c2f9e-7d0e-4c0e-9a55-0a4a4f0b7a11", "0b7a1111-7d0e-4c0e-9a55-0a4a6f1c2f9e"
THING = {
    "type": "object",
    "required": ["id", "name", "size", "live", "created_at", "tags"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "live": {"type": "boolean"},
        "created_at": {"type": "string", "format": "date-time"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "note": {"type": ["string", "null"]},
    },
}


REFUSAL = {
    "default": {"content": {"application/json": {"schema": {"type": "object", "required": ["message"]}}}}
}


def _json(schema: Mapping[str, object]) -> dict[str, object]:
    return {"200": {"content": {"application/json": {"schema": schema}}}, **REFUSAL}


CONTRACT = Contract(
    {
        "paths": {
            "/things": {"get": {"responses": _json({"type": "object", "required": ["items"]})}},
            "/things/{id}": {
                "get": {"responses": _json(THING)},
                "patch": {"responses": _json(THING)},
                "delete": {"responses": {"204": {}, **REFUSAL}},
            },
            "/note": {"get": {"responses": {"200": {"content": {"text/plain": {}}}}}},
            "/stream": {"get": {"responses": {"200": {"content": {"text/event-stream": {}}}}}},
        }
    }
)


class SmallService:
    """Things of Alice; Brian may not see them; page by page, two at a time."""

    def __init__(self) -> None:
        self.reset()
        self.release = asyncio.Event()

    def reset(self) -> None:
        made: dict[str, Any] = {
            "size": 3,
            "live": True,
            "created_at": "2026-01-02T03:04:05Z",
            "tags": ["a", "b"],
            "note": "n",
        }
        self.shown_to: dict[str, int] = {}
        self.things = {one: {"id": one, "name": f"Thing {n}", **made} for n, one in enumerate((ID, OTHER_ID))}

    def app(self) -> Starlette:
        thing = Route("/things/{id}", self.thing, methods=["GET", "PATCH", "DELETE"])
        note = Route("/note", lambda request: PlainTextResponse("Bring the umbrella."))
        return Starlette(routes=[Route("/things", self.list), thing, note, Route("/stream", self.stream)])

    def list(self, request: Request) -> Response:
        first = self.shown_to.get(request.headers.get("authorization", ""), 0)
        offset = int(request.query_params.get("offset", first))
        return JSONResponse(
            {"items": list(self.things.values())[offset : offset + 1], "total": len(self.things)}
        )

    async def thing(self, request: Request) -> Response:
        caller, found = request.headers.get("authorization"), self.things.get(request.path_params["id"])
        if caller not in (ALICE, BRIAN):
            return _refusal(401, {"WWW-Authenticate": "Bearer"})
        if caller == BRIAN or found is None:
            return _refusal(404)
        if request.method == "DELETE":
            del self.things[found["id"]]
            return Response(status_code=204)
        if request.method == "PATCH":
            found |= await request.json()
        return JSONResponse(found, headers={"ETag": '"1"'})

    async def stream(self, request: Request) -> Response:
        async def events():
            yield b'data: {"event_id": 1, "kind": "delta"}\n\n'
            yield b": heartbeat\n\n"
            if "hold" in request.query_params:
                await self.release.wait()
            yield b'data: {"event_id": 2, "kind": "final"}\n\n'

        return StreamingResponse(events(), media_type="text/event-stream")


def _refusal(status: int, headers: dict[str, str] | None = None) -> Response:
    name = {401: "Unauthorized", 404: "NotFound"}[status]
    return JSONResponse({"success": False, "error": name, "message": "No."}, status, headers)


@contextmanager
def running(service: SmallService) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(service.app(), log_level="critical"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
