"""Server-sent events: data-only frames, and channels that replay their backlog before they go live."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Hashable, Mapping
from types import MappingProxyType

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

HEARTBEAT = ": ping\n\n"


def data_frame(text: str) -> str:
    """One event that carries this text (a single line, usually JSON)."""
    return f"data: {text}\n\n"


class _Stream(StreamingResponse):
    media_type = "text/event-stream"
    own_headers: Mapping[str, str] = MappingProxyType({})

    # FastAPI reads the default of `status_code` off this signature.
    def __init__(
        self,
        content: AsyncGenerator[str],
        on_close: Callable[[], None] = lambda: None,
        status_code: int = 200,
    ) -> None:
        super().__init__(content, status_code, self.own_headers)
        self._content, self._on_close = content, on_close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the frames; however that ends, their source is closed and `on_close` is called."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._content.aclose()
            self._on_close()


class EventStream(_Stream):
    """A stream that ends by itself: chat, workflow runs, ledger, replay, titles."""

    own_headers = MappingProxyType(
        {
            "Content-Type": "text/event-stream",
            "Cache-Control": "no-cache",
            "Connection": "keep-alive",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "*",
        }
    )


class LiveEventStream(_Stream):
    """A stream that stays open until the client leaves: billing and activity events."""


class Channel:
    """Texts published under a topic: kept as its backlog and handed to everyone who listens."""

    def __init__(self, heartbeat_seconds: float) -> None:
        self._heartbeat = heartbeat_seconds
        self._backlog: defaultdict[Hashable, list[str]] = defaultdict(list)
        self._listeners: defaultdict[Hashable, set[asyncio.Queue[str]]] = defaultdict(set)

    def publish(self, topic: Hashable, text: str) -> None:
        """Keep the text and hand it to the topic's listeners."""
        self._backlog[topic].append(text)
        for queue in self._listeners[topic]:
            queue.put_nowait(text)

    async def frames(self, topic: Hashable) -> AsyncGenerator[str]:
        """Frames of the backlog, then of what is published later; a comment after each idle interval."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        for text in self._backlog[topic]:
            queue.put_nowait(text)
        self._listeners[topic].add(queue)
        try:
            while True:
                try:
                    yield data_frame(await asyncio.wait_for(queue.get(), self._heartbeat))
                except TimeoutError:
                    yield HEARTBEAT
        finally:
            self._listeners[topic].discard(queue)
