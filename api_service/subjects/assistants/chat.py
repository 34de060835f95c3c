"""Asking agents and following their replies: what a reply came to, and what is wrong with its events."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from acceptance.calls.event_stream import EventStream, payload
from acceptance.calls.exchange import Exchange
from acceptance.checks import assertions
from acceptance.contract.document import EVENT_STREAM, Operation, schema_findings
from acceptance.timestamps import instant
from api_service.rules import streams
from api_service.rules.streams import Event
from api_service.subjects import event_streams
from api_service.subjects.assistants.conversations import CONVERSATION, NEW_SECONDS, delete_afterwards
from api_service.world import World

WAYS: Mapping[str, str] = {"ask": "/api/v1/chat", "follow the reply to": "/api/v1/chat/stream"}


@dataclass(frozen=True)
class Reply:
    """What a question came to, whether its reply was awaited or followed."""

    conversation_id: str
    text: str
    agent: str


def ask(world: World, person: str, way: str, message: Any, **more: Any) -> None:
    """Ask an agent as the scenario's subject; `more` are further fields of the question."""
    world.remember("question", "last", message)
    event_streams.ask(world, person, "POST", WAYS[way], json={"message": message, **more})
    if "conversation_id" not in more:
        delete_begun(world, person)


def delete_begun(world: World, person: str) -> None:
    """Have the conversation that an answer began deleted afterwards, unless its tenant goes as a whole."""
    begun = [one["conversation_id"] for one in sent_back(world) if one.get("conversation_id")]
    if begun and not world.person(person).is_newcomer:
        delete_afterwards(world, world.person(person), begun[0], "Latest question")


def sent_back(world: World) -> list[Event]:
    """Return what an answer that succeeded consists of: the events of its stream, or its body."""
    answer = world.response
    if answer is None or not answer.succeeded:
        return []
    sent = events(world) if answer.media_type == EVENT_STREAM else [answer.body]
    return [one for one in sent if isinstance(one, dict)]


def reply(world: World) -> Reply:
    """Return what the scenario's question came to; raises AssertionError when there is no reply."""
    answer = world.answer
    if answer.media_type == EVENT_STREAM:
        last = final(world)
        said = last["final"]["response_text"] or last["final"]["refusal_text"]
        return Reply(last["conversation_id"], said, last["agent"])
    if not answer.succeeded:
        raise AssertionError(f"there is no reply, but status {answer.status}")
    return Reply(answer.body["conversation_id"], answer.body["response"], answer.body["agent_used"])


def kept(world: World, conversation_id: str) -> Exchange:
    """Read a conversation as the person who asked."""
    return world.must(world.answer.person, "GET", CONVERSATION, conversation_id=conversation_id)


def followed(world: World) -> EventStream:
    """Return the stream that the scenario followed; raises AssertionError when there is none."""
    if world.stream is None:
        raise AssertionError("no reply was followed in this scenario")
    return world.stream


def events(world: World) -> list[Any]:
    """Return all that the followed stream sent, with what came after its end."""
    stream = followed(world)
    return [*stream.payloads, *map(payload, stream.after_terminal)]


def final(world: World) -> Event:
    """Return the final event of the followed stream; raises AssertionError when it ended otherwise."""
    last = (events(world) or [None])[-1]
    if not isinstance(last, dict) or last.get("kind") != "final":
        raise AssertionError(f"the stream did not end with its final event, but with {last}")
    return last


def problems(world: World) -> list[str]:
    """Return in words what is wrong with the followed stream: its end, its events, their times."""
    stream, sent = followed(world), events(world)
    found = [] if stream.ended == "terminal" else [f"the stream ended by {stream.ended}: {stream.problem}"]
    found += map(str, streams.findings(sent))
    found += _schema_problems(world, stream.exchange.operation, sent)
    found += _old(sent, stream.exchange)
    return found + list(_pieces_that_differ(sent))


def _schema_problems(world: World, operation: Operation, sent: Sequence[Any]) -> Iterator[str]:
    validator = world.suite.api.contract.event_validator(operation)
    if validator is None:
        return
    for number, event in enumerate(sent, 1):
        yield from (f"event {number}: {finding}" for finding in schema_findings(validator, event))


def _old(sent: Sequence[Any], exchange: Exchange) -> Iterator[str]:
    for number, event in enumerate(sent, 1):
        if isinstance(event, dict) and "server_timestamp" in event:
            age = exchange.answered_at - instant(event["server_timestamp"])
            if abs(age.total_seconds()) > NEW_SECONDS:
                yield f"event {number}: sent at {event['server_timestamp']}, which is not now"


def _pieces_that_differ(sent: Sequence[Any]) -> Iterator[str]:
    texts: dict[str, str] = {}
    for event in sent:
        if isinstance(event, dict) and event.get("kind") == "message.delta" and not event.get("scope"):
            texts[event["item_id"]] = texts.get(event["item_id"], "") + event["delta"]
    last = sent[-1] if sent and isinstance(sent[-1], dict) else {}
    told = (last.get("final") or {}).get("response_text")
    if texts and told is not None and told != list(texts.values())[-1]:
        yield f"the final text {told!r} is not what came in pieces: {list(texts.values())[-1]!r}"


def converse(world: World, person: str, way: str, title: str, message: str) -> None:
    """Have a question answered in a conversation of the scenario, which the first one begins.

    What was shown is remembered with it. Raises AssertionError when there is no reply.
    """
    known = world.knows("conversation", title)
    more = {"conversation_id": world.recall("conversation", title)} if known else {}
    ask(world, person, way, message, **more)
    assertions.succeeded(world.answer)
    came = reply(world)
    before = world.recall("messages of the conversation", title) if known else []
    shown = world.recall("shown in the conversation", title) if known else []
    world.remember("conversation", title, came.conversation_id)
    world.remember("owner of the conversation", title, person)
    world.remember(
        "messages of the conversation", title, [*before, ("user", message), ("assistant", came.text)]
    )
    sent = events(world) if WAYS[way] == WAYS["follow the reply to"] else []
    world.remember("shown in the conversation", title, [*shown, *sent])
