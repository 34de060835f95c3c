"""A small keyword search: the score of a passage is the share of the query's words that it holds."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from provider_doubles.openai.errors import ProviderError
from provider_doubles.openai.state import StoreFile, Wire

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda held, wanted: held == wanted,
    "ne": lambda held, wanted: held != wanted,
    "gt": lambda held, wanted: held > wanted,
    "gte": lambda held, wanted: held >= wanted,
    "lt": lambda held, wanted: held < wanted,
    "lte": lambda held, wanted: held <= wanted,
    "in": lambda held, wanted: held in wanted,
    "nin": lambda held, wanted: held not in wanted,
}


def words(text: str) -> set[str]:
    """The words of a text, in lower case."""
    return set(re.findall(r"\w+", text.lower()))


def passages(data: bytes) -> list[str]:
    """The paragraphs of a text file; a file that is no text has none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def search(files: Iterable[StoreFile], query: str, filters: Mapping[str, Any] | None) -> list[Wire]:
    """The passages that hold a word of the query, best first, with score, file and attributes."""
    wanted = words(query)
    found = [
        _result(file, passage, len(wanted & words(passage)) / len(wanted))
        for file in files
        if filters is None or matches(file.attributes, filters)
        for passage in passages(file.file.data)
        if wanted & words(passage)
    ]
    return sorted(found, key=lambda result: -result["score"])


def matches(attributes: Mapping[str, Any], filters: Mapping[str, Any]) -> bool:
    """Whether a file's attributes pass a comparison or compound filter; a 400 for one that is neither."""
    kind = filters.get("type")
    if kind in ("and", "or"):
        parts = _nested(filters)
        verdicts = (matches(attributes, part) for part in parts)
        return all(verdicts) if kind == "and" else any(verdicts)
    compare = COMPARISONS.get(str(kind))
    if compare is None or not {"key", "value"} <= set(filters):
        raise ProviderError(400, "Invalid filter.", param="filters")
    try:
        if filters["key"] not in attributes:
            return False
        return compare(attributes[filters["key"]], filters["value"])
    except TypeError:
        raise ProviderError(400, "The filter's value does not fit the attribute.", param="filters") from None


def _nested(filters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    parts = filters.get("filters")
    for part in parts if isinstance(parts, list) and parts else [None]:
        if not isinstance(part, Mapping):
            raise ProviderError(400, "A compound filter needs filters.", param="filters")
        yield part


def _result(file: StoreFile, passage: str, score: float) -> Wire:
    return {
        "file_id": file.file.id,
        "filename": file.file.filename,
        "score": score,
        "attributes": file.attributes,
        "content": [{"type": "text", "text": passage}],
    }
