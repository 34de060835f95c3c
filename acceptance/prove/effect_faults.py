"""Faults in what an operation does: an answer that looks right and is not true."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

from acceptance.calls.exchange import Exchange
from acceptance.calls.tokens import opened
from acceptance.prove.faked_answers import ids, plausible
from acceptance.prove.faults import Fault, is_good
from acceptance.prove.wire import Forward, Incoming, Reply
from acceptance.rules.lists import listing
from acceptance.run import project

OFTEN = 4
CURSORS = frozenset({"cursor", "offset"})


@dataclass
class NotDone(Fault):
    """A write that is acknowledged and not done: the service is never asked."""

    recorded: Exchange | None = None
    shows_effect: ClassVar[bool] = True

    def suits(self, exchanges: Iterable[Exchange]) -> bool:
        """Whether all of them succeeded: a success in place of a refusal is another fault."""
        seen = list(exchanges)
        return bool(seen) and all(map(is_good, seen))

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Answer as the service did in the baseline, with this request's ids and values."""
        assert self.recorded is not None
        self.served += 1
        return plausible(self.recorded, incoming)


WriteNotDone = NotDone.named("write acknowledged but not done")
DeleteNotDone = NotDone.named("delete acknowledged but not done")


@dataclass
class Known:
    """The Authorization headers that succeeded: the last by operation, the first by id, and how often."""

    by_operation: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    successes: Counter[str] = field(default_factory=Counter)

    def learn(self, incoming: Incoming, reply: Reply) -> None:
        """Remember the Authorization header of a success."""
        if incoming.operation and incoming.authorization and reply.succeeded:
            self.successes[incoming.authorization] += 1
            self.by_operation[incoming.operation.name] = incoming.authorization
            for value in [*incoming.values.values(), *ids(reply.json)]:
                self.by_id.setdefault(value, incoming.authorization)

    def owners(self, incoming: Incoming) -> list[str]:
        """Return the Authorization headers with which this request may succeed, the likeliest first."""
        name = incoming.operation.name if incoming.operation else ""
        # Some belong to accounts that are deleted by now; the most frequent ones last for the whole run.
        often = [owner for owner, _ in self.successes.most_common(OFTEN)]
        by_id = [self.by_id.get(value, "") for value in incoming.values.values()]
        newest = [*self.successes][-OFTEN:]
        likely = dict.fromkeys([*by_id, self.by_operation.get(name, ""), *often, *newest])
        return [owner for owner in likely if owner and owner != incoming.authorization]

    def forget(self) -> None:
        """Forget every header, for a service that was started anew."""
        self.by_operation.clear()
        self.by_id.clear()
        self.successes.clear()


@dataclass
class Unguarded(Fault):
    """A refusal, one of `statuses`, that is not made: who asks gets what the owner would get."""

    known: Known = field(default_factory=Known)
    statuses: ClassVar[frozenset[int]] = frozenset()

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the service refused."""
        return exchange.status in self.statuses

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Ask again as the owner when the service refuses; whatever the owner is told is the answer."""
        reply = await forward(incoming)
        if reply.status not in self.statuses:
            return reply
        told = reply
        for owner in self.known.owners(incoming):
            again = await forward(incoming.with_authorization(owner))
            told = again if again.status not in {401, reply.status} else told
            if again.succeeded:
                break
        self.served += told is not reply
        return told


Unauthenticated = Unguarded.named("authentication not enforced", statuses=frozenset({401}))
BoundaryOpen = Unguarded.named("account boundary not enforced", statuses=frozenset({403, 404}))


@dataclass
class ForeignItems(Fault):
    """A list that ends with what belongs to another account."""

    family: ClassVar[str] = "list shows another account's things"
    known: Known = field(default_factory=Known)
    shows_effect: ClassVar[bool] = True

    def concerns(self, exchange: Exchange) -> bool:
        """Whether a list was answered."""
        return is_good(exchange) and listing(exchange) is not None

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Add what somebody of another account gets for the same question."""
        reply = await forward(incoming)
        own = _boundary(incoming.authorization)
        for other in self.known.owners(incoming):
            if reply.succeeded and _boundary(other) not in {"", own}:
                theirs = await forward(incoming.with_authorization(other))
                mixed = _joined(reply.json, theirs.json, self.operation.meaning.items)
                if theirs.succeeded and mixed != reply.json:
                    self.served += 1
                    return reply.with_json(mixed)
        return reply


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


def _boundary(authorization: str) -> str:
    """Return the account behind a token, or where no claim of it names one the token itself."""
    claim, token = project.current().identity.boundary_claim, opened(authorization.removeprefix("Bearer "))
    return (str(token[1].get(claim) or "") if token else "") if claim else authorization


def _joined(own: Any, theirs: Any, key: str) -> Any:
    """Return a list, or the answer that holds it under `key`, with the other's items at its end."""
    if isinstance(own, list) and isinstance(theirs, list):
        return own + [item for item in theirs if item not in own]
    if not isinstance(own, dict) or not isinstance(theirs, dict):
        return own
    items = _joined(own.get(key), theirs.get(key), key)
    more = len(items or ()) - len(own.get(key) or ())
    counted = {"total": own["total"] + more} if isinstance(own.get("total"), int) else {}
    return {**own, key: items, **counted} if more else own
