"""Followed replies: what is wrong with their events, and how often and how many at once are allowed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from acceptance.calls.event_stream import EventStream
from acceptance.calls.exchange import Exchange
from acceptance.errors import NotOfferedError
from api_service.rules.streams import is_terminal
from api_service.subjects.assistants import chat
from api_service.subjects.assistants.conversations import old_times
from api_service.subjects.assistants.event_streams import final_event, objects
from api_service.world import World

SLOW_QUESTION = {"message": "Please take your time."}
# Which limit says how often a minute people may ask, by the verb.
LIMITS = {"ask": "chat", "follow the reply to": "chat_stream"}


def problems(world: World) -> list[str]:
    """Return in words what is wrong with the followed reply: its end, its events, their times, its text."""
    stream = world.followed
    answer = stream.exchange
    found = [] if stream.ended == "terminal" else [f"the stream ended by {stream.ended}: {stream.problem}"]
    times = [one["server_timestamp"] for one in objects(answer) if "server_timestamp" in one]
    found += [f"an event was sent at {time}, which is not now" for time in old_times(answer, times)]
    return [*found, *map(str, answer.findings), *_differing_texts(answer)]


def _differing_texts(answer: Exchange) -> Iterator[str]:
    texts: dict[str, str] = {}
    for event in answer.events:
        if isinstance(event, dict) and event.get("kind") == "message.delta" and not event.get("scope"):
            texts[event["item_id"]] = texts.get(event["item_id"], "") + event["delta"]
    whole = final_event(answer).get("final", {}).get("response_text")
    if texts and whole is not None and whole != list(texts.values())[-1]:
        yield f"the final text {whole!r} is not what came in pieces: {list(texts.values())[-1]!r}"


def require_rich(answer: Exchange, part: str) -> None:
    """Raise NotOfferedError when a reply is its final event alone: such an assistant shows nothing else."""
    if [event.get("kind") for event in answer.events] == ["final"]:
        raise NotOfferedError(f"the target's assistant sends its final event alone: no reply with {part}")


def ask_until_refused(world: World, person: str, verb: str, title: str) -> None:
    """Ask in a conversation until a question is not answered, or too many are; it keeps what was answered.

    Raises NotOfferedError when more are allowed than a scenario asks.
    """
    # A series may begin in one minute and go on in the next.
    for _ in range(2 * world.limits.count_to(LIMITS[verb]) + 2):
        if not chat.converse(world, person, verb, title, "And another one?").text:
            return


def answered(world: World, verb: str) -> int:
    """Return how many questions of a kind the service answered in this scenario."""
    path = chat.CHAT_PATHS[verb]
    return sum(one.operation.path == path and one.succeeded for one in world.exchanges)


@contextmanager
def slow_reply(world: World, person: str) -> Iterator[EventStream]:
    """Open a reply that takes its time, read to its first event."""
    call = world.call(person, "POST", chat.CHAT_PATHS["follow the reply to"], json=SLOW_QUESTION)
    with world.client.stream(call) as stream:
        stream.read(world.suite.settings.stream_timeout, until=lambda _: True)
        yield stream


def follow_one_too_many(world: World, person: str, limit: int) -> None:
    """Hold that many replies open and try to follow one more as the scenario's subject.

    Raises NotOfferedError when replies are complete at once, so that none can be held.
    """
    with ExitStack() as stack:
        for _ in range(limit):
            stream = stack.enter_context(slow_reply(world, person))
            if any(map(is_terminal, stream.payloads)):
                raise NotOfferedError("the target's assistant replies at once: no two replies overlap")
        chat.ask(world, person, "follow the reply to", "And one more?")
