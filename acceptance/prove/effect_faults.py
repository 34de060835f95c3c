"""Faults in what an operation does: an answer that looks right and is not true."""

import json
import uuid
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from acceptance.exchange import Exchange
from acceptance.prove.faults import Fault
from acceptance.prove.wire import Forward, Incoming, Reply

CURSORS = frozenset({"cursor", "offset"})


@dataclass
class Feigned(Fault):
    """A write that is acknowledged and not done: the service is never asked."""

    recorded: Exchange | None = None
    proves_effect = True

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Answer as the service did in the baseline, with this request's ids and values."""
        assert self.recorded is not None
        self.served += 1
        return plausible(self.recorded, incoming)


class WriteFeigned(Feigned):
    """A change that was never made."""

    family = "write acknowledged but not done"


class DeleteFeigned(Feigned):
    """A deletion that never happened."""

    family = "delete acknowledged but not done"


@dataclass
class Known:
    """Who got what: the last Authorization header that worked for an operation, and for each id."""

    by_operation: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)

    def learn(self, incoming: Incoming, reply: Reply) -> None:
        """Remember who succeeded."""
        if incoming.operation and incoming.authorization and reply.succeeded:
            self.by_operation[incoming.operation.name] = incoming.authorization
            for value in [*incoming.values.values(), *_ids(reply.json)]:
                self.by_id.setdefault(value, incoming.authorization)

    def owner(self, incoming: Incoming) -> str:
        """Return the Authorization header with which this request would succeed, as far as is known."""
        owners = (self.by_id[value] for value in incoming.values.values() if value in self.by_id)
        name = incoming.operation.name if incoming.operation else ""
        return next(owners, self.by_operation.get(name, ""))


@dataclass
class Unguarded(Fault):
    """A refusal that is not made: who asks gets what the owner would get."""

    known: Known = field(default_factory=Known)

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Ask again as the owner when the service refuses."""
        reply = await forward(incoming)
        owner = self.known.owner(incoming)
        if not self.refused(reply) or not owner or owner == incoming.authorization:
            return reply
        again = await forward(incoming.with_authorization(owner))
        if again.succeeded:
            self.served += 1
            return again
        return reply

    def refused(self, reply: Reply) -> bool:
        """Whether the answer is the refusal that this fault does away with."""
        raise NotImplementedError


class Unauthenticated(Unguarded):
    """Nobody needs to sign in any more."""

    family = "authentication not enforced"

    def refused(self, reply: Reply) -> bool:
        """A 401."""
        return reply.status == 401


class Borderless(Unguarded):
    """Tenants reach each other's things, roles do not matter."""

    family = "tenant boundary not enforced"

    def refused(self, reply: Reply) -> bool:
        """A 403 or 404."""
        return reply.status in {403, 404}


class PageRepeated(Fault):
    """Every page is the first one."""

    family = "pagination repeats its page"

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Drop the cursor or offset on the way in."""
        pairs = parse_qsl(incoming.query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name not in CURSORS]
        reply = await forward(replace(incoming, query=urlencode(kept)))
        self.served += kept != pairs and reply.succeeded
        return reply


def plausible(recorded: Exchange, incoming: Incoming) -> Reply:
    """Return a recorded success as if it answered this request: its path values, its values, a fresh id."""
    body = recorded.body
    if body is not None:
        text = json.dumps(body)
        for name, value in incoming.values.items():
            text = text.replace(str(recorded.call.values.get(name, value)), value)
        if (
            recorded.operation.success[0] == 201
            and isinstance(body, dict)
            and isinstance(body.get("id"), str)
        ):
            text = text.replace(body["id"], str(uuid.uuid4()))
        body = _echo(json.loads(text), incoming.body)
    content = recorded.content if body is None else json.dumps(body).encode()
    kept = {"content-type", "etag", "cache-control", "x-correlation-id", "x-process-time"}
    return Reply(recorded.status, [pair for pair in recorded.headers.items() if pair[0] in kept], content)


def _echo(body: Any, sent: bytes) -> Any:
    try:
        values = json.loads(sent)
    except ValueError:
        return body
    if isinstance(body, dict) and isinstance(values, dict):
        return {key: values.get(key, value) for key, value in body.items()}
    return body


def _ids(body: Any) -> list[str]:
    if isinstance(body, dict):
        own = [
            value
            for key, value in body.items()
            if (key == "id" or key.endswith("_id")) and isinstance(value, str)
        ]
        return own + [one for value in body.values() for one in _ids(value)]
    if isinstance(body, list):
        return [one for item in body for one in _ids(item)]
    return []
