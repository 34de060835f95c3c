"""Server-sent events: data-only frames, and channels that replay their backlog before they go live."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Hashable

from fastapi.responses import StreamingResponse
from starlette.types import Send

HEARTBEAT = ": ping\n\n"


def data_frame(text: str) -> str:
    """One event that carries this text (a single line, usually JSON)."""
    return f"data: {text}\n\n"


class EventStream(StreamingResponse):
    """A stream that ends by itself: chat, workflow runs, ledger, replay, titles."""

    media_type = "text/event-stream"

    def __init__(self, content: AsyncIterator[str], status_code: int = 200) -> None:
        super().__init__(content, status_code, {"Cache-Control": "no-cache", "Connection": "keep-alive"})
        self.headers["content-type"] = "text/event-stream"
        self.headers["Access-Control-Allow-Origin"] = "*"
        self.headers["Access-Control-Allow-Headers"] = "*"


class LiveEventStream(StreamingResponse):
    """A stream that stays open until the client leaves: billing and activity events."""

    media_type = "text/event-stream"

    async def stream_response(self, send: Send) -> None:
        """Send the frames; a client that leaves also closes their source."""
        try:
            await super().stream_response(send)
        finally:
            if hasattr(self.body_iterator, "aclose"):
                await self.body_iterator.aclose()


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

    async def frames(self, topic: Hashable) -> AsyncIterator[str]:
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
