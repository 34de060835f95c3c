"""Faults at one place of a JSON answer: a value lost, of another form, or not true."""

import copy
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.json_values import instant_or_none
from acceptance.prove.faults import EACH, Fault, Keys, is_good, with_other_letter
from acceptance.prove.wire import Reply

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
LOST = object()


class FieldFault(Fault):
    """A fault at one place of a JSON answer; `[*]` in the place means every item."""

    # A family whose answers break the promised form proves nothing about the effect.
    shows_effect = True

    @staticmethod
    def fits(value: Any) -> bool:
        """Whether a value can be wrong in this way."""
        raise NotImplementedError

    @staticmethod
    def spoilt(value: Any) -> Any:
        """Return the wrong value for a right one that fits, or LOST."""
        raise NotImplementedError

    @property
    def proves_effect(self) -> bool:
        """Noticing a wrong value proves that a read is tested; the answer of a write proves nothing."""
        return self.shows_effect and not self.operation.is_write

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the answer has a value at the place that would be another one."""
        return is_good(exchange) and self.spoilt_body(exchange.body) != exchange.body

    def alter(self, reply: Reply) -> Reply:
        """Return the answer with the value at the place changed."""
        spoilt = self.spoilt_body(reply.json)
        return reply if spoilt == reply.json else reply.with_json(spoilt)

    def spoilt_body(self, body: Any) -> Any:
        """Return a copy of a body with the value at the place changed."""
        root = {"": copy.deepcopy(body)}
        self.spoil(places([root], ("", *self.where)))
        return root[""]

    def spoil(self, found: list[tuple[Any, Any]]) -> None:
        """Change every value that was found, each as `parent[key]`."""
        for parent, key in found:
            if self.fits(parent[key]):
                parent[key] = self.spoilt(parent[key])
                if parent[key] is LOST:
                    del parent[key]


class Swapped(FieldFault):
    """The id of something else: of the next list item, else `value`, which the service gave elsewhere."""

    family = "id swapped"

    def spoil(self, found: list[tuple[Any, Any]]) -> None:
        """Exchange the first two ids that differ; where all are the same each becomes `value`."""
        (first, key), *rest = found or [({}, "")]
        for parent, name in rest:
            if parent[name] != first[key]:
                first[key], parent[name] = parent[name], first[key]
                return
        for parent, name in found:
            if isinstance(parent[name], type(self.value)):
                parent[name] = self.value


def places(parents: list[Any], keys: Keys) -> list[tuple[Any, Any]]:
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
    return isinstance(value, str) and bool(TIMESTAMP.match(value)) and instant_or_none(value) is not None


def _earlier(value: str) -> str:
    earlier = datetime.fromisoformat(value) - timedelta(days=40)
    return earlier.isoformat().replace("+00:00", "Z" if value.endswith("Z") else "+00:00")


def _without_zone(value: str) -> str:
    return value.removesuffix("Z").partition("+00:00")[0]


def _of_another_type(value: Any) -> Any:
    return 7 if isinstance(value, str) else [value] if isinstance(value, dict) else str(value)


def _is_there(value: Any) -> bool:
    return value is not None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_text(value: Any) -> bool:
    """Whether a value is text with something in it and no timestamp."""
    return isinstance(value, str) and value != "" and not is_timestamp(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _family(
    name: str, fits: Callable[[Any], bool], spoilt: Callable[[Any], Any], shows_effect: bool = True
) -> type[FieldFault]:
    methods = {"fits": staticmethod(fits), "spoilt": staticmethod(spoilt)}
    return FieldFault.named(name, shows_effect=shows_effect, **methods)


FieldLost = _family("field lost", lambda _: True, lambda _: LOST, shows_effect=False)
FieldNull = _family("field null", _is_there, lambda _: None, shows_effect=False)
WrongType = _family("field of another type", _is_there, _of_another_type, shows_effect=False)
OffByOne = _family("number off by one", _is_number, lambda value: value + 1)
Flipped = _family("boolean flipped", lambda value: isinstance(value, bool), lambda value: not value)
Changed = _family("string changed", is_text, with_other_letter)
Emptied = _family("list emptied", _is_list, lambda _: [])
ItemLost = _family("item lost", _is_list, lambda value: value[1:])
ItemDoubled = _family("item doubled", _is_list, lambda value: [value[0], *value])
Reversed = _family("order reversed", _is_list, lambda value: value[::-1])
ZoneLost = _family("timestamp without zone", is_timestamp, _without_zone, shows_effect=False)
LongAgo = _family("timestamp in the past", is_timestamp, _earlier)

# Families for a field of an object, and for any value that fits.
OF_FIELDS = (FieldLost, FieldNull, WrongType)
OF_VALUES = (Emptied, ItemLost, ItemDoubled, OffByOne, Flipped, Changed, ZoneLost, LongAgo)
