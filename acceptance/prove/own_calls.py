"""Faults in the answers to the suite's own calls: the first and last ones of a run, and its cleanups.

No scenario looks at these. Each fault is one of the other families, met by calls of one part of a run only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from acceptance.calls.client import RUN
from acceptance.calls.exchange import Exchange
from acceptance.contract.document import JSON, Operation
from acceptance.prove import faults
from acceptance.prove.derive import Ids, answer_faults, field_faults_of
from acceptance.prove.effect_faults import DeleteNotDone, NotDone
from acceptance.prove.faults import Fault
from acceptance.prove.wire import Forward, Incoming, Reply
from acceptance.rules.lists import listing
from acceptance.scenarios.undo import CLEANUP
from acceptance.target.published_document import PLACE

# The target's own document is no operation of the contract.
DOCUMENT = Operation("GET", PLACE, "", {"200": {"content": {JSON: {}}}})
Page = Fault.named(
    "a gateway's page", alter=lambda *_: Reply(200, [("content-type", "text/html")], faults.PAGE)
)
NothingServed = Fault.named(
    "nothing documented", alter=lambda _, reply: reply.with_json({**(reply.json or {}), "paths": {}})
)


@dataclass
class OwnCallFault(Fault):
    """A fault of another family, `inner`, in the answers to calls of one part of a run."""

    inner: Fault | None = None

    @classmethod
    def around(cls, inner: Fault) -> "OwnCallFault":
        """Return the fault around another one."""
        return cls(inner.operation, inner.where, inner.value, inner=inner)

    @property
    def times_met(self) -> int:
        """How often the inner fault was served: also when its answer is still to come, or never will."""
        return max(self.served, self.inner.served if self.inner else 0)

    @property
    def place(self) -> str:
        """The family of the inner fault, and its place."""
        if self.inner is None:
            return ""
        return f"{self.inner.family} at {self.inner.place}" if self.inner.place else self.inner.family

    @property
    def words(self) -> str:
        """The fault in words."""
        return f"{self.operation.name}: {self.family} ({self.place})"

    def suits(self, exchanges: Iterable[Exchange]) -> bool:
        """Whether these exchanges of the operation would meet the fault."""
        return bool(self.inner and self.inner.suits(exchanges))

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Return what the inner fault makes of the answer."""
        assert self.inner
        return await self.inner.apply(incoming, forward)


class Harness(OwnCallFault):
    """In health, document, seed, sign-in or sign-out."""

    family = "harness"
    part = RUN
    # A fault of a run's first and last calls is met whatever scenario runs between them.
    most_scenarios: ClassVar[int] = 3


class Cleanup(OwnCallFault):
    """In the answer to a cleanup."""

    family = "cleanup"
    part = CLEANUP


class Residue(OwnCallFault):
    """A cleanup that says yes and does nothing."""

    family = "residue"
    part = CLEANUP


class SignOutResidue(Harness):
    """A sign-out that says yes and does nothing."""

    family = "residue"


def document_faults() -> list[Fault]:
    """Return the faults of the target's own document, for a run that asks for it."""
    kinds = (faults.WrongStatus, faults.ServerError, faults.EmptyBody, Page, NothingServed)
    return [Harness.around(kind(DOCUMENT)) for kind in kinds]


def derive_own(own: Sequence[Exchange], cleanups: Sequence[Exchange], given: Ids) -> list[Fault]:
    """Return every fault of a run's own calls and of its cleanups, given what they were answered."""
    found: list[Fault] = []
    for exchanges in _by_operation(one for one in own if one.person != CLEANUP).values():
        for inner in _inner(exchanges, given):
            if isinstance(inner, DeleteNotDone):
                found.append(SignOutResidue.around(inner))
            elif not isinstance(inner, NotDone):
                found.append(Harness.around(inner))
    for exchanges in _by_operation(cleanups).values():
        for inner in _inner(exchanges, given):
            found.append((Residue if isinstance(inner, NotDone) else Cleanup).around(inner))
    return found


def _by_operation(exchanges: Iterable[Exchange]) -> Mapping[str, list[Exchange]]:
    found: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        found.setdefault(exchange.operation.name, []).append(exchange)
    return found


def _inner(exchanges: Sequence[Exchange], given: Ids) -> Iterator[Fault]:
    richest = max(filter(faults.is_good, exchanges), key=lambda one: len(one.content), default=None)
    if richest is None:
        return
    # A list of what is left tells nothing while nothing is: its answer may be no list, and that is all.
    fields = field_faults_of(richest, given) if listing(richest) is None else ()
    for inner in (*answer_faults(richest), *fields, Page(richest.operation)):
        if any(map(inner.concerns, exchanges)):
            yield replace(inner)
