"""Following event streams as the subject of a scenario: to the end, or only to the first event."""

from collections.abc import Callable
from typing import Any

from acceptance.calls.event_stream import END_MARK
from acceptance.contract.document import EVENT_STREAM
from api_service.rules.streams import is_terminal
from api_service.world import World


def ends(payload: Any) -> bool:
    """Whether a payload is the last of its stream: a terminal event, or the end mark."""
    return is_terminal(payload) or payload == END_MARK


def follow(
    world: World,
    person: str,
    method: str,
    path: str,
    last: Callable[[Any], bool] = ends,
    **request: Any,
) -> list[Any]:
    """Open a stream as the scenario's subject, read it to its end and return its payloads.

    A refusal is no stream; it is the scenario's answer then, and there are no payloads.
    """
    with world.open_stream(world.call(person, method, path, **request)) as stream:
        if stream.exchange.media_type == EVENT_STREAM:
            stream.read_to_end(world.suite.settings.stream_timeout, last)
        return stream.payloads


def replay(world: World, person: str, path: str, **request: Any) -> list[Any]:
    """Open a stream of stored events and return all of them; such a stream ends by closing."""
    return follow(world, person, "GET", path, last=lambda _: False, **request)


def ask(world: World, person: str, method: str, path: str, **request: Any) -> None:
    """Make a call as the scenario's subject, as a stream where the contract says that it is one."""
    operation = world.suite.api.contract.operation(method, path)
    if EVENT_STREAM not in operation.media_types(operation.success[0]):
        world.act(person, method, path, **request)
    elif operation.is_write:
        follow(world, person, method, path, **request)
    else:
        replay(world, person, path, **request)
