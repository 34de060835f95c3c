"""A coverage plugin for the reference service: each line is kept with the scenario that had it executed."""

from types import FrameType
from typing import Any

from coverage import CoveragePlugin
from coverage.plugin_support import Plugins

REQUEST_ID = b"x-request-id"
# The outermost code of the service that sees a request; the answer is made, and streamed, inside it.
ENTRANCE = "ResponseStamp.__call__"


class Scenarios(CoveragePlugin):
    """Names a context by the beginning of the suite's request id, such as `health.feature:22`."""

    def dynamic_context(self, frame: FrameType) -> str | None:
        """Return the context that begins with this frame, or None."""
        if frame.f_code.co_qualname != ENTRANCE:
            return None
        headers = dict(frame.f_locals["scope"].get("headers", ()))
        return headers.get(REQUEST_ID, b"").decode("latin-1").partition("-")[0] or None


def coverage_init(registry: Plugins, _: dict[str, Any]) -> None:
    """Register the plugin, as coverage asks for."""
    registry.add_dynamic_context(Scenarios())
