"""Calls whose answer may be an event stream, followed to its end as the subject of a scenario."""

from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM
from api_service.rules.streams import Event, is_terminal
from api_service.world import World


def act_or_follow(world: World, person: str, method: str, path: str, **request: Any) -> Exchange:
    """Make a call as the scenario's subject and return its answer, with the events if it is a stream.

    The stream of a write ends with a terminal event; one that replays what is stored ends by closing.
    """
    operation = world.suite.contract.operation(method, path)
    if EVENT_STREAM not in operation.media_types(operation.success[0]):
        return world.act(person, method, path, **request)
    with world.open_stream(world.call(person, method, path, **request)) as stream:
        if stream.exchange.media_type == EVENT_STREAM:
            seconds = world.suite.settings.stream_timeout
            stream.read_to_end(seconds, is_terminal if operation.is_write else lambda _: False)
    return stream.exchange


def objects(answer: Exchange) -> list[Event]:
    """Return the events of a stream, or the body of another answer; nothing of a refusal."""
    if not answer.succeeded:
        return []
    return [part for part in answer.events or [answer.body] if isinstance(part, dict)]


def final_event(answer: Exchange) -> Event:
    """Return the last event of a stream if it is of kind "final", else an empty object."""
    last = (answer.events or [None])[-1]
    return last if isinstance(last, dict) and last.get("kind") == "final" else {}


def final_status(answer: Exchange) -> str:
    """Return the `status` of a stream's final event, or an empty text when it ended with none."""
    return str(final_event(answer).get("final", {}).get("status", ""))
