"""Live channels: the backlog first, then what comes, a comment while nothing does."""

import asyncio

from reference_service.events import HEARTBEAT, Channel, data_frame


async def listen(channel: Channel, published_later: list[str], count: int) -> list[str]:
    frames = channel.frames("acme")
    seen = [await anext(frames)]
    for text in published_later:
        channel.publish("acme", text)
    seen += [await anext(frames) for _ in range(count - 1)]
    await frames.aclose()
    return seen


def test_a_listener_gets_the_backlog_and_then_what_is_published() -> None:
    channel = Channel(heartbeat_seconds=20)
    channel.publish("acme", "first")
    channel.publish("globex", "foreign")
    seen = asyncio.run(listen(channel, ["second", "third"], 3))
    assert seen == [data_frame(text) for text in ("first", "second", "third")]


def test_silence_is_filled_with_comments() -> None:
    channel = Channel(heartbeat_seconds=0.01)
    assert asyncio.run(listen(channel, [], 2)) == [HEARTBEAT, HEARTBEAT]
