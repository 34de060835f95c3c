"""Values to hide, found in a text however they are encoded or cut off."""

import json
import re
from base64 import b64encode
from bisect import bisect, insort
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote, quote_plus

SHORTEST = 6
# A shorter value is a secret only as a whole word: six digits stand in many an id by chance.
LONG = 12
# A longer value is kept in pieces.
LONGEST = 4096
# A run of the whole suite meets less than 2,000; codes such as 482-915 are looked for one by one.
MOST, MOST_CODES = 10_000, 500
WHOLE_WORD = re.compile(
    r"(?:(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt])|(?<![A-Za-z0-9%\\]))[A-Za-z0-9]{6,11}(?![A-Za-z0-9])"
)
RUN = re.compile(r"[A-Za-z0-9]{6,13}(?![A-Za-z0-9])")
# Each run of LONG characters holds a whole gram that begins at a multiple of the stride.
GRAM = 6
STRIDE = LONG - GRAM + 1


class KnownSecrets:
    """The values to hide, found in a text at a cost that does not grow with their number.

    `full` says that there were more than `most` and that some of them are not known.
    """

    def __init__(self, most: int = MOST) -> None:
        self.full = False
        self._most = most
        self._values: set[str] = set()
        self._words: set[str] = set()
        self._codes: set[str] = set()
        self._forms: list[str] = []
        self._grams: set[str] = set()
        self._begins: set[str] = set()
        self._ends: dict[str, str] = {}
        self._longest = 0

    def __contains__(self, value: object) -> bool:
        return value in self._values

    @property
    def values(self) -> frozenset[str]:
        """The values themselves: for another process of the run, and never to be written."""
        return frozenset(self._values)

    def add(self, value: str) -> None:
        """Remember a value of six characters or more; a long one is found encoded and cut off, too."""
        if value in self._values or len(value) < SHORTEST:
            return
        if len(self._values) >= self._most or len(self._codes) >= MOST_CODES:
            self.full = True
        elif len(value) > LONGEST:
            for start in range(0, len(value) - LONG, LONGEST - LONG):
                self.add(value[start : start + LONGEST])
        else:
            self._values.add(value)
            self._keep(value)

    def _keep(self, value: str) -> None:
        if len(value) < LONG:
            (self._words if value.isalnum() else self._codes).add(value)
        for form in {form for form in _encoded(value) if len(form) >= LONG}:
            insort(self._forms, form)
            self._longest = max(self._longest, len(form))
            tail = form[-LONG:]
            self._begins.add(form[:LONG])
            self._ends[tail] = max(form, self._ends.get(tail, ""), key=len)
            for end in (form[:LONG], tail):
                self._grams.update(end[start : start + GRAM] for start in range(STRIDE))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a value stands in the text, or twelve and more characters of its begin or end."""
        # A word is a run of letters and digits, less the escape before it (the n of \\n, the 2F of %2F).
        runs = RUN.findall(text) if self._words else ()
        if any(run in self._words or run[1:] in self._words or run[2:] in self._words for run in runs):
            yield from (match.span() for match in WHOLE_WORD.finditer(text) if match[0] in self._words)
        for code in self._codes:
            if code in text:
                yield from (match.span() for match in _whole(code).finditer(text))
        grams, done = self._grams, 0
        for gram in [at for at in range(0, len(text) - GRAM + 1, STRIDE) if text[at : at + GRAM] in grams]:
            if gram + GRAM > done:
                for start in range(max(0, gram - LONG + GRAM), gram + 1):
                    for span in self._spans_at(text, start):
                        done = max(done, span[1])
                        yield span

    def _spans_at(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        end = start + LONG
        if text[start:end] in self._begins:
            # The form with the most in common with the text stands next to it in order.
            here = text[start : start + self._longest]
            place = bisect(self._forms, here)
            beside = self._forms[max(0, place - 1) : place + 1]
            yield start, start + max(_common(here, form) for form in beside)
        if form := self._ends.get(text[start:end]):
            before = text[max(0, end - len(form)) : end]
            yield end - _common(before[::-1], form[::-1]), end


@cache
def _whole(secret: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(secret)}(?![A-Za-z0-9])")


def _encoded(value: str) -> Iterator[str]:
    """Yield a value raw, JSON-escaped (once and twice), percent-encoded, in hexadecimal and in base64."""
    raw = value.encode("utf-8", "surrogatepass")
    percent = quote(raw, safe="")
    yield from (value, percent, quote(raw), quote_plus(raw), percent.lower())
    yield from (raw.hex(), raw.hex().upper())
    for ascii_only in (True, False):
        once = json.dumps(value, ensure_ascii=ascii_only)[1:-1]
        yield from (once, json.dumps(once, ensure_ascii=ascii_only)[1:-1])
    # Of base64, the characters that hold nothing but bits of the value, at each offset in a group of three.
    for before, first in ((0, 0), (1, 2), (2, 3)):
        encoded = b64encode(b"\0" * before + raw).decode()
        whole = encoded.rstrip("=")[first : -1 if encoded.endswith("=") else None]
        yield from (whole, whole.replace("+", "-").replace("/", "_"))


def _common(one: str, other: str) -> int:
    """Return the length of the common beginning of two texts."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
