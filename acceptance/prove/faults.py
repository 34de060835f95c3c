"""What can go wrong with an answer. Each family is a small class with a name that a report can show."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from acceptance.contract import Operation
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
    proves_effect: ClassVar[bool] = False

    @property
    def place(self) -> str:
        """Where in the answer, such as `$.items[*].id`, or an empty string."""
        return "$" + "".join("[*]" if key == EACH else f".{key}" for key in self.where) if self.where else ""

    @property
    def words(self) -> str:
        """The fault in words."""
        return f"{self.operation.name}: {self.family}" + (f" at {self.place}" if self.where else "")

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


class HeaderLost(Fault):
    """A header that is promised does not come."""

    family = "header lost"

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


class FieldFault(Fault):
    """A fault at one place of a JSON answer; `[*]` in the place means every item."""

    proves_effect = True

    def alter(self, reply: Reply) -> Reply:
        """Return the answer with the value at the place changed."""
        body = reply.json
        if body is None:
            return reply
        root = {"": copy.deepcopy(body)}
        for parent, key in places([root], ("", *self.where)):
            self.spoil(parent, key)
        return reply if root[""] == body else reply.with_json(root[""])

    def spoil(self, parent: Any, key: Any) -> None:
        """Change `parent[key]`."""
        parent[key] = self.spoilt(parent[key])

    def spoilt(self, value: Any) -> Any:
        """Return the wrong value for a right one."""
        raise NotImplementedError


class FieldLost(FieldFault):
    """A field that is not sent any more."""

    family = "field lost"
    proves_effect = False

    def spoil(self, parent: Any, key: Any) -> None:
        """Remove the field."""
        if isinstance(parent, dict):
            parent.pop(key, None)


class FieldNull(FieldFault):
    """A value that is null."""

    family = "field null"
    proves_effect = False

    def spoilt(self, value: Any) -> Any:
        """Return null."""
        return None


class WrongType(FieldFault):
    """A value of another type."""

    family = "field of another type"
    proves_effect = False

    def spoilt(self, value: Any) -> Any:
        """Return text for a number and so on."""
        return 7 if isinstance(value, str) else [value] if isinstance(value, dict) else str(value)


class OffByOne(FieldFault):
    """A number that is one too high."""

    family = "number off by one"

    def spoilt(self, value: Any) -> Any:
        """Return the next number."""
        return value + 1 if isinstance(value, int | float) and not isinstance(value, bool) else value


class Flipped(FieldFault):
    """A boolean that says the opposite."""

    family = "boolean flipped"

    def spoilt(self, value: Any) -> Any:
        """Return the opposite."""
        return not value if isinstance(value, bool) else value


class Changed(FieldFault):
    """A text that is another one."""

    family = "string changed"

    def spoilt(self, value: Any) -> Any:
        """Return the text with its middle letter replaced, so that its form stays."""
        if not isinstance(value, str) or not value:
            return value
        middle = len(value) // 2
        return value[:middle] + ("q" if value[middle] != "q" else "z") + value[middle + 1 :]


class Swapped(FieldFault):
    """The id of something else."""

    family = "id swapped"

    def spoilt(self, value: Any) -> Any:
        """Return another id that the service really gave, kept in `self.value`."""
        return self.value if isinstance(value, str) else value


class Emptied(FieldFault):
    """A list with nothing in it."""

    family = "list emptied"

    def spoilt(self, value: Any) -> Any:
        """Return the empty list."""
        return [] if isinstance(value, list) else value


class ItemLost(FieldFault):
    """A list that lacks one item."""

    family = "item lost"

    def spoilt(self, value: Any) -> Any:
        """Leave the first item out."""
        return value[1:] if isinstance(value, list) else value


class ItemDoubled(FieldFault):
    """A list with one item twice."""

    family = "item doubled"

    def spoilt(self, value: Any) -> Any:
        """Repeat the first item."""
        return [*value[:1], *value] if isinstance(value, list) else value


class Reversed(FieldFault):
    """A list in the wrong order where an order is promised."""

    family = "order reversed"

    def spoilt(self, value: Any) -> Any:
        """Turn the list round."""
        return value[::-1] if isinstance(value, list) else value


class ZoneLost(FieldFault):
    """A timestamp that does not say which zone it is in."""

    family = "timestamp without zone"
    proves_effect = False

    def spoilt(self, value: Any) -> Any:
        """Cut the zone off."""
        return value.removesuffix("Z").partition("+00:00")[0] if isinstance(value, str) else value


class LongAgo(FieldFault):
    """A timestamp in the past."""

    family = "timestamp in the past"

    def spoilt(self, value: Any) -> Any:
        """Return the moment 40 days earlier, in the same form."""
        if not isinstance(value, str):
            return value
        earlier = datetime.fromisoformat(value) - timedelta(days=40)
        return earlier.isoformat().replace("+00:00", "Z" if value.endswith("Z") else "+00:00")


def places(parents: list[Any], keys: Path) -> list[tuple[Any, Any]]:
    """Return the (parent, key) pairs that a path of keys names below the parents; `*` is every item."""
    key, rest = keys[0], keys[1:]
    pairs: list[tuple[Any, Any]] = []
    for parent in parents:
        if key == EACH and isinstance(parent, list):
            pairs += [(parent, index) for index in range(len(parent))]
        elif isinstance(parent, Mapping) and key in parent:
            pairs.append((parent, key))
    return places([parent[found] for parent, found in pairs], rest) if rest else pairs
