"""What can go wrong with an answer, in families: each is a class of faults with a name that reports show."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Operation
from acceptance.prove.wire import SCENARIO, Forward, Incoming, Reply

Keys = tuple[str, ...]
EACH = "*"


@dataclass
class Fault:
    """One fault on one operation. `served` counts how often it changed what the suite got."""

    operation: Operation
    where: Keys = ()
    value: Any = None
    served: int = field(default=0, compare=False)
    family: ClassVar[str] = ""
    part: ClassVar[str] = SCENARIO  # Whose calls meet it.
    most_scenarios: ClassVar[int] = 20  # So many are tried before a fault counts as unnoticed.
    costs_deadlines: ClassVar[bool] = False  # Every answer that has the fault costs a whole deadline.
    shows_effect: ClassVar[bool] = False  # Noticing it proves that what an operation does is tested.

    @classmethod
    def named(cls, family: str, **attributes: Any) -> type[Self]:
        """Return the family of this name: a subclass with these methods and class attributes."""
        return type(family, (cls,), {"family": family, **attributes})

    @property
    def times_met(self) -> int:
        """How often it changed what the suite got."""
        return self.served

    @property
    def proves_effect(self) -> bool:
        """Whether noticing the fault proves that what the operation does is tested."""
        return self.shows_effect

    @property
    def place(self) -> str:
        """Where in the answer, such as `$.items[*].id`, or an empty string."""
        return "$" + "".join("[*]" if key == EACH else f".{key}" for key in self.where) if self.where else ""

    @property
    def words(self) -> str:
        """The fault in words."""
        return f"{self.operation.name}: {self.family}" + (f" at {self.place}" if self.place else "")

    def meets(self, incoming: Incoming) -> bool:
        """Whether a request is one that the fault is for."""
        asked = incoming.operation
        return asked is not None and asked.name == self.operation.name and incoming.part == self.part

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the fault would have changed what the suite got in an exchange of this operation."""
        return is_good(exchange)

    def suits(self, exchanges: Iterable[Exchange]) -> bool:
        """Whether a scenario with these exchanges of the operation can tell anything about the fault."""
        return any(map(self.concerns, exchanges))

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Return what the suite gets; `forward` asks the service."""
        reply = await forward(incoming)
        return self.changed(reply) if reply.succeeded else reply

    def changed(self, reply: Reply) -> Reply:
        """Return the answer with the fault in it, and count when that made a difference."""
        faulty = self.alter(reply)
        self.served += faulty != reply
        return faulty

    def alter(self, reply: Reply) -> Reply:
        """Return the answer with the fault in it."""
        raise NotImplementedError


class TextChanged(Fault):
    """A document that is no JSON, with another byte in its middle."""

    family = "text changed"
    shows_effect = True

    def concerns(self, exchange: Exchange) -> bool:
        """Whether such a document was answered."""
        return is_good(exchange) and bool(exchange.content) and exchange.body is None

    def alter(self, reply: Reply) -> Reply:
        """Replace the byte in the middle."""
        if not reply.body or reply.json is not None:
            return reply
        return replace(reply, body=with_other_letter(reply.body.decode("latin-1")).encode("latin-1"))


class HeaderLost(Fault):
    """A promised header is missing, in successes and refusals; `value` is its name."""

    family = "header lost"

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the header came."""
        return self.value in exchange.headers

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Drop the header whatever the status."""
        return self.changed(await forward(incoming))

    def alter(self, reply: Reply) -> Reply:
        """Drop the header."""
        return reply.without_header(self.value)

    @property
    def place(self) -> str:
        """The header's name."""
        return str(self.value)


ERROR = b'{"success": false, "error": "InternalServerError", "message": "Broken.", "details": null}'
BROKEN = Reply(500, [("content-type", "application/json")], ERROR)
WrongStatus = Fault.named(
    "wrong success status", alter=lambda _, reply: replace(reply, status=202 if reply.status == 200 else 200)
)
ServerError = Fault.named("server error", alter=lambda *_: BROKEN)
EmptyBody = Fault.named("empty body", alter=lambda _, reply: replace(reply, body=b""))
# What a gateway answers in place of the service.
PAGE = b"<html><body>Welcome</body></html>"
Html = Fault.named(
    "HTML instead of JSON",
    alter=lambda _, reply: replace(reply, body=PAGE).with_header("content-type", "text/html"),
)


def families(base: type[Fault] = Fault) -> set[str]:
    """Return the names of all families below a class of faults."""
    below = set[str]().union(*(families(one) for one in base.__subclasses__()))
    return below | ({base.family} if base.family else set())


def is_good(exchange: Exchange) -> bool:
    """Whether an exchange of the baseline ended as the operation promises."""
    return exchange.status in exchange.operation.success and not exchange.failure and not exchange.findings


def with_other_letter(text: str) -> str:
    """Return a text that is not empty with its middle letter replaced, so that its form stays."""
    middle = len(text) // 2
    return text[:middle] + ("q" if text[middle] != "q" else "z") + text[middle + 1 :]
