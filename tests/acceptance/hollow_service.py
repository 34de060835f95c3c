"""The reference service after some of its routers were lost: a deployment that is hollow."""

import json
import re
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from reference_service.app import create_app

# What each router serves, as a pattern of its paths.
ROUTERS = {
    "agents": "/api/v1/agents",
    "tools": "/api/v1/tools",
    "guardrails": "/api/v1/guardrails",
    "features": "/api/v1/(platform/tenants/[^/]+/)?features",
    "activity feed": "/api/v1/activity",
    "status": "/api/v1/status",
    "own account": "/api/v1/users",
}


class Hollow:
    """An ASGI application; the document leaves the lost operations out, or is not `published` at all."""

    def __init__(self, lost: str, *, published: bool) -> None:
        self._lost, self._published = re.compile(lost), published
        self._app = create_app()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is lost as an unrouted path is answered, and everything else as ever."""
        path = scope.get("path", "")
        hidden = path == "/openapi.json" and not self._published
        if hidden or self._lost.match(path):
            await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)
        elif path == "/openapi.json":
            await JSONResponse(self._document())(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _document(self) -> dict[str, Any]:
        document = json.loads(json.dumps(self._app.openapi()))
        document["paths"] = {
            path: described for path, described in document["paths"].items() if not self._lost.match(path)
        }
        return document
