"""Streamed events as they were kept: in pages, or sent once more as they were."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from reference_service.events import EventStream, data_frame
from reference_service.models.assistants.stream_events import PublicSseEvent
from reference_service.paging import cursor_page


@dataclass(frozen=True)
class EventPage:
    """A page of kept events, oldest first."""

    items: list[PublicSseEvent]
    next_cursor: str | None


def event_page(frames: Sequence[str], bound_to: str, limit: int, cursor: str | None) -> EventPage:
    """The kept events after the cursor; raises the 400 of a cursor that is not of this list."""
    texts, next_cursor = _page(frames, bound_to, limit, cursor)
    return EventPage([PublicSseEvent.model_validate_json(text) for text in texts], next_cursor)


def event_stream(frames: Sequence[str], bound_to: str, cursor: str | None) -> EventStream:
    """A stream of the same frames, which then closes; raises the 400 of a bad cursor before it begins."""
    texts, _ = _page(frames, bound_to, len(frames) + 1, cursor)
    return EventStream(_send(texts))


async def _send(texts: Sequence[str]) -> AsyncGenerator[str]:
    for text in texts:
        yield data_frame(text)


def _page(
    frames: Sequence[str], bound_to: str, limit: int, cursor: str | None
) -> tuple[list[str], str | None]:
    numbered = list(enumerate(frames))
    page, next_cursor = cursor_page(
        numbered, key=lambda entry: (entry[0],), limit=limit, cursor=cursor, bound_to=bound_to
    )
    return [text for _, text in page], next_cursor
