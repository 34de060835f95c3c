"""JSON as RFC 8259 has it, read within bounds; whatever else was sent is named and made harmless.

Python's reader takes more than a browser's `JSON.parse`: NaN, Infinity, a byte order mark, UTF-16. What it
returns for them breaks its callers later: half a surrogate pair cannot be written, an infinite number cannot
be a date.
"""

import json
import math
import re
from itertools import chain
from typing import Any

MOST_LEVELS = 100
# A value of three bytes becomes an object of sixty: what a text may hold is counted before it is read.
MOST_VALUES = 40_000
# More digits than any integer of 64 bits has.
MOST_DIGITS = 20

BOM = b"\xef\xbb\xbf"
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


class TooLargeError(ValueError):
    """A value is nested too deep, or holds too many others, to be looked into."""


class _Reader:
    """The hooks of one reading: they note in `faults` what RFC 8259 does not have."""

    def __init__(self) -> None:
        self.faults: dict[str, None] = {}

    def note(self, fault: str) -> None:
        self.faults[fault] = None

    def members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            self.note(f'an object has the name "{harmless(twice[:80])}" twice')
        return made

    def constant(self, word: str) -> str:
        self.note(f"{word} is no JSON number")
        return word

    def integer(self, text: str) -> Any:
        if len(text) <= MOST_DIGITS:
            return int(text)
        self.note(f"an integer of {len(text.lstrip('-'))} digits is more than a client can hold")
        return text[:MOST_DIGITS]

    def real(self, text: str) -> Any:
        if math.isfinite(value := float(text)):
            return value
        self.note(f"the number {text[:MOST_DIGITS]} is more than a client can hold")
        return text[:MOST_DIGITS]


def read(sent: bytes | str) -> tuple[Any, list[str]]:
    """Return the JSON value of a text, and in words whatever in it is not JSON by the standard.

    Numbers that no client can hold become text, half surrogate pairs the replacement character. Raises
    ValueError when there is no JSON at all, TooLargeError beyond the bounds of this module.
    """
    reader = _Reader()
    text = sent if isinstance(sent, str) else _decoded(sent, reader)
    brackets = text.count("[") + text.count("{")
    if brackets + text.count(",") > MOST_VALUES:
        raise TooLargeError(f"it holds more than {MOST_VALUES:,} values")
    try:
        value = json.loads(
            text,
            object_pairs_hook=reader.members,
            parse_constant=reader.constant,
            parse_int=reader.integer,
            parse_float=reader.real,
        )
    except RecursionError:
        raise TooLargeError(f"it is nested more than {MOST_LEVELS} levels deep") from None
    if brackets > MOST_LEVELS and isinstance(value, dict | list):
        _refuse_depth(value)
    if ESCAPED_SURROGATE.search(text):
        paired = harmless(value)
        if paired != value:
            reader.note("half a surrogate pair stands for no character")
        value = paired
    return value, list(reader.faults)


def harmless(value: Any) -> Any:
    """Return a JSON value in which every half surrogate pair is the replacement character."""
    if isinstance(value, str):
        return SURROGATE.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {harmless(key): harmless(item) for key, item in value.items()}
    return [harmless(item) for item in value] if isinstance(value, list) else value


def _decoded(content: bytes, reader: _Reader) -> str:
    if content.startswith(BOM):
        reader.note("it begins with a byte order mark (RFC 8259, section 8.1)")
        content = content.removeprefix(BOM)
    encoding = json.detect_encoding(content)
    if encoding != "utf-8":
        reader.note(f"it is encoded in {encoding}, not in UTF-8 (RFC 8259, section 8.1)")
    return content.decode(encoding)


def _refuse_depth(value: Any) -> None:
    level = [value]
    for _ in range(MOST_LEVELS):
        parts = chain.from_iterable(one.values() if isinstance(one, dict) else one for one in level)
        level = [part for part in parts if isinstance(part, dict | list)]
        if not level:
            return
    raise TooLargeError(f"it is nested more than {MOST_LEVELS} levels deep")
