"""Faults at one place of a JSON answer: a value lost, of another form, or not true."""

import copy
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.prove.faults import EACH, Fault, Path, is_good
from acceptance.prove.wire import Reply

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


class FieldFault(Fault):
    """A fault at one place of a JSON answer; `[*]` in the place means every item."""

    # The answer has the promised form and is not true.
    is_untrue = True

    @property
    def proves_effect(self) -> bool:
        """What a read does is to tell the truth; of a write its answer proves nothing."""
        return self.is_untrue and not self.operation.is_write

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the answer has a value at the place that would be another one."""
        return is_good(exchange) and self.spoilt_body(exchange.body) != exchange.body

    def alter(self, reply: Reply) -> Reply:
        """Return the answer with the value at the place changed."""
        body = reply.json
        spoilt = self.spoilt_body(body)
        return reply if spoilt == body else reply.with_json(spoilt)

    def spoilt_body(self, body: Any) -> Any:
        """Return a copy of a body with the value at the place changed."""
        root = {"": copy.deepcopy(body)}
        self.spoil_all(places([root], ("", *self.where)))
        return root[""]

    def spoil_all(self, found: list[tuple[Any, Any]]) -> None:
        """Change every value that was found, each as `parent[key]`."""
        for parent, key in found:
            self.spoil(parent, key)

    def spoil(self, parent: Any, key: Any) -> None:
        """Change `parent[key]`."""
        parent[key] = self.spoilt(parent[key])

    def spoilt(self, value: Any) -> Any:
        """Return the wrong value for a right one."""
        raise NotImplementedError


class FieldLost(FieldFault):
    """A field that is not sent any more."""

    family = "field lost"
    is_untrue = False

    def spoil(self, parent: Any, key: Any) -> None:
        """Remove the field."""
        if isinstance(parent, dict):
            parent.pop(key, None)


class FieldNull(FieldFault):
    """A value that is null."""

    family = "field null"
    is_untrue = False

    def spoilt(self, value: Any) -> Any:
        """Return null."""
        return None


class WrongType(FieldFault):
    """A value of another type."""

    family = "field of another type"
    is_untrue = False

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
    """The id of something else: of the neighbour in the list, else one that the service gave elsewhere."""

    family = "id swapped"

    def spoil_all(self, found: list[tuple[Any, Any]]) -> None:
        """Exchange the first two ids that differ; a single one becomes `self.value`."""
        (first, key), *rest = found or [({}, "")]
        other = next(((parent, name) for parent, name in rest if parent[name] != first[key]), None)
        if other:
            parent, name = other
            first[key], parent[name] = parent[name], first[key]
        elif found:
            super().spoil_all(found)

    def spoilt(self, value: Any) -> Any:
        """Return another id that the service really gave, kept in `self.value`."""
        return self.value if isinstance(value, type(self.value)) else value


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
    is_untrue = False

    def spoilt(self, value: Any) -> Any:
        """Cut the zone off."""
        return value.removesuffix("Z").partition("+00:00")[0] if isinstance(value, str) else value


class LongAgo(FieldFault):
    """A timestamp in the past."""

    family = "timestamp in the past"

    def spoilt(self, value: Any) -> Any:
        """Return the moment 40 days earlier, in the same form."""
        if not is_timestamp(value):
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
        elif key == EACH and isinstance(parent, Mapping):
            pairs += [(parent, name) for name in parent]
        elif isinstance(parent, Mapping) and key in parent:
            pairs.append((parent, key))
    return places([parent[found] for parent, found in pairs], rest) if rest else pairs


def is_timestamp(value: Any) -> bool:
    """Whether a value is a date with a time."""
    if not isinstance(value, str) or not TIMESTAMP.match(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
