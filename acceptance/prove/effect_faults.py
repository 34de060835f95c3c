"""Faults in what an operation does: an answer that looks right and is not true."""

from dataclasses import dataclass, field, replace
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from acceptance.exchange import Exchange
from acceptance.prove.faults import Fault, is_good
from acceptance.prove.feigning import ids, plausible
from acceptance.prove.wire import Forward, Incoming, Reply

CURSORS = frozenset({"cursor", "offset"})


@dataclass
class Feigned(Fault):
    """A write that is acknowledged and not done: the service is never asked."""

    recorded: Exchange | None = None

    @property
    def proves_effect(self) -> bool:
        """Whoever notices has looked for the effect."""
        return True

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
            for value in [*incoming.values.values(), *ids(reply.json)]:
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
    statuses: ClassVar[frozenset[int]] = frozenset()

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the service refused."""
        return exchange.status in self.statuses

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Ask again as the owner when the service refuses."""
        reply = await forward(incoming)
        owner = self.known.owner(incoming)
        if reply.status not in self.statuses or not owner or owner == incoming.authorization:
            return reply
        again = await forward(incoming.with_authorization(owner))
        if again.succeeded:
            self.served += 1
            return again
        return reply


class Unauthenticated(Unguarded):
    """Nobody needs to sign in any more."""

    family = "authentication not enforced"
    statuses = frozenset({401})


class Borderless(Unguarded):
    """Tenants reach each other's things, roles do not matter."""

    family = "tenant boundary not enforced"
    statuses = frozenset({403, 404})


class PageRepeated(Fault):
    """Every page is the first one."""

    family = "pagination repeats its page"

    def concerns(self, exchange: Exchange) -> bool:
        """Whether a further page was asked for."""
        return is_good(exchange) and bool(CURSORS & set(exchange.call.query))

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Drop the cursor or offset on the way in."""
        pairs = parse_qsl(incoming.query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name not in CURSORS]
        reply = await forward(replace(incoming, query=urlencode(kept)))
        self.served += kept != pairs and reply.succeeded
        return reply
