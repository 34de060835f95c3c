"""What can go wrong with an answer. Each family is a small class with a name that a report can show."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Operation
from acceptance.prove.wire import Forward, Incoming, Reply

Path = tuple[str, ...]
EACH = "*"


@dataclass
class Fault:
    """One fault on one operation. `served` counts how often it changed what the suite got."""

    operation: Operation
    where: Path = ()
    value: Any = None
    served: int = field(default=0, compare=False)
    family: ClassVar[str] = ""
    # A fault that so many scenarios meet in vain has survived.
    most_scenarios: ClassVar[int] = 20
    # Whether every answer that has the fault costs the suite a whole deadline.
    costs_deadlines: ClassVar[bool] = False

    @property
    def proves_effect(self) -> bool:
        """Whether noticing the fault proves that what the operation does is looked at."""
        return False

    @property
    def place(self) -> str:
        """Where in the answer, such as `$.items[*].id`, or an empty string."""
        return "$" + "".join("[*]" if key == EACH else f".{key}" for key in self.where) if self.where else ""

    @property
    def words(self) -> str:
        """The fault in words."""
        return f"{self.operation.name}: {self.family}" + (f" at {self.place}" if self.place else "")

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
        if faulty != reply:
            self.served += 1
        return faulty

    def alter(self, reply: Reply) -> Reply:
        """Return the answer with the fault in it."""
        raise NotImplementedError


class WrongStatus(Fault):
    """Another success status than the contract's."""

    family = "wrong success status"

    def alter(self, reply: Reply) -> Reply:
        """Answer 200 as 202 and all others as 200."""
        return replace(reply, status=202 if reply.status == 200 else 200)


class ServerError(Fault):
    """An unhandled error."""

    family = "server error"

    def alter(self, reply: Reply) -> Reply:
        """Answer 500 in the error envelope."""
        body = {"success": False, "error": "InternalServerError", "message": "Broken.", "details": None}
        return Reply(500, [("content-type", "application/json")], json.dumps(body).encode())


class EmptyBody(Fault):
    """The right status with nothing in it."""

    family = "empty body"

    def alter(self, reply: Reply) -> Reply:
        """Drop the body."""
        return replace(reply, body=b"")


class Html(Fault):
    """A page of some gateway in place of the answer."""

    family = "HTML instead of JSON"

    def alter(self, reply: Reply) -> Reply:
        """Answer with a page, under the same status."""
        kept = [pair for pair in reply.headers if pair[0].lower() != "content-type"]
        return Reply(
            reply.status, [*kept, ("content-type", "text/html")], b"<html><body>Welcome</body></html>"
        )


class TextChanged(Fault):
    """A document that is no JSON, with another letter in its middle."""

    family = "text changed"

    @property
    def proves_effect(self) -> bool:
        """Whoever notices has read the document."""
        return True

    def concerns(self, exchange: Exchange) -> bool:
        """Whether such a document was answered."""
        return is_good(exchange) and bool(exchange.content) and exchange.body is None

    def alter(self, reply: Reply) -> Reply:
        """Replace the byte in the middle."""
        if not reply.body or reply.json is not None:
            return reply
        middle = len(reply.body) // 2
        other = b"q" if reply.body[middle : middle + 1] != b"q" else b"z"
        return replace(reply, body=reply.body[:middle] + other + reply.body[middle + 1 :])


class HeaderLost(Fault):
    """A header that is promised does not come."""

    family = "header lost"

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the header came."""
        return self.value in exchange.headers

    async def apply(self, incoming: Incoming, forward: Forward) -> Reply:
        """Drop the header from successes and refusals."""
        return self.changed(await forward(incoming))

    def alter(self, reply: Reply) -> Reply:
        """Drop the header that `value` names."""
        return reply.without_header(self.value)

    @property
    def place(self) -> str:
        """The header's name."""
        return str(self.value)


def is_good(exchange: Exchange) -> bool:
    """Whether an exchange of the baseline ended as the operation promises."""
    return exchange.status in exchange.operation.success and not exchange.failure and not exchange.findings
