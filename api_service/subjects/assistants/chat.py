"""Asking agents, in a new conversation or a known one, and what they reply."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import EVENT_STREAM
from api_service.subjects.assistants.conversations import CONVERSATION, Conversation, beginning
from api_service.subjects.assistants.event_streams import act_or_follow, final_event
from api_service.world import World

NOBODYS = str(uuid4())
# What no agent and no workflow accepts, as fields of the body; then what no agent accepts.
INPUT_FLAWS: Mapping[str, Mapping[str, Any]] = {
    "an unknown attachment": {"attachments": [{"object_id": NOBODYS}]},
    "no words": {"message": None},
    "an unknown container": {
        "agent_type": "code_assistant",
        "container_overrides": {"code_assistant": NOBODYS},
    },
    "a container for an agent who runs no code": {
        "agent_type": "researcher",
        "container_overrides": {"researcher": NOBODYS},
    },
    "a container for an agent who takes no part": {"container_overrides": {"pdf_designer": NOBODYS}},
}
QUESTION_FLAWS: Mapping[str, Mapping[str, Any]] = {
    **INPUT_FLAWS,
    "a store without a name": {"vector_store_overrides": {"triage": {}}},
    "two ways to name a store": {
        "vector_store_overrides": {"triage": {"vector_store_id": "one", "vector_store_ids": ["two"]}}
    },
    "an unknown vector store": {
        "agent_type": "director",
        "vector_store_overrides": {"retriever": {"vector_store_id": NOBODYS}},
    },
    "a vector store for an agent who cannot search": {
        "vector_store_overrides": {"triage": {"vector_store_id": NOBODYS}}
    },
    "a vector store for an agent who takes no part": {
        "vector_store_overrides": {"retriever": {"vector_store_id": NOBODYS}}
    },
    "an unknown kind of memory": {"memory_strategy": {"mode": "nostalgia"}},
}
# How a question lends a thing of the tenant to an agent, for the time of the answer.
LOANS: Mapping[str, Callable[[str, str], Mapping[str, Any]]] = {
    "vector store": lambda agent, one: {"vector_store_overrides": {agent: {"vector_store_id": one}}},
    "container": lambda agent, one: {"container_overrides": {agent: one}},
}
CHAT_PATHS: Mapping[str, str] = {"ask": "/api/v1/chat", "follow the reply to": "/api/v1/chat/stream"}


@dataclass(frozen=True)
class Reply:
    """What an agent replied, awaited or followed; every field is empty when there is no reply."""

    conversation_id: str = ""
    text: str = ""
    agent: str = ""


def ask(world: World, person: str, verb: str, message: str, **more: Any) -> Exchange:
    """Ask an agent as the scenario's subject; `more` are further fields of the body, or replace `message`."""
    body = {"message": message, **more}
    if "conversation_id" in more:
        return act_or_follow(world, person, "POST", CHAT_PATHS[verb], json=body)
    with beginning(world, person, body["message"]) as said:
        return act_or_follow(world, person, "POST", CHAT_PATHS[verb], json=body | {"message": said})


def reply(answer: Exchange) -> Reply:
    """Return what an agent replied; a refusal by the agent is its text."""
    if answer.media_type == EVENT_STREAM and (last := final_event(answer)):
        said = last["final"]
        return Reply(last["conversation_id"], said["response_text"] or said["refusal_text"], last["agent"])
    if answer.media_type == EVENT_STREAM or not answer.succeeded:
        return Reply()
    return Reply(answer.body["conversation_id"], answer.body["response"], answer.body["agent_used"])


def read_conversation(world: World, answer: Exchange) -> Exchange:
    """Read the conversation that an agent replied in, as the person who asked."""
    identifier = reply(answer).conversation_id
    return world.must(answer.person, "GET", CONVERSATION, conversation_id=identifier)


def converse(world: World, person: str, verb: str, title: str, message: str) -> Reply:
    """Ask in the conversation with a title, which the first question begins, and return the reply.

    The conversation keeps question and reply, and the events of a followed reply.
    """
    known = world.state.all_of(Conversation).get(title)
    answer = ask(world, person, verb, message, **({"conversation_id": known.id} if known else {}))
    came = reply(answer)
    if came.text:
        conversation = known or world.state.keep(title, Conversation(came.conversation_id, person))
        conversation.messages += [("user", answer.sent["message"]), ("assistant", came.text)]
        conversation.shown += answer.events
    return came
