"""What must never reach a browser, and what has to be said about what was left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_service.rules.streams.envelope import Event, Rule

REDACTED = "<redacted>"
NOTICES = frozenset({"redacted", "truncated"})
SENSITIVE = ("api_key", "authorization", "token", "secret", "password")
# Fields whose keys come from tools; everything else in an event is named by the contract.
FREE_FORM = frozenset({"arguments_json", "output", "attributes"})
RAW = frozenset(
    {
        "instructions",
        "system_prompt",
        "developer_message",
        "prompt",
        "raw",
        "raw_event",
        "raw_item",
        "payload",
        "tool_config",
    }
)
# The most characters of each text, and the most results of a file search.
LONGEST: Mapping[str, int] = {"arguments_json": 4000, "arguments_text": 8000, "output": 8000, "text": 2000}
MOST_RESULTS = 10
# A text that was cut may carry a mark of it.
MARK = 32


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, path)
    else:
        yield path, value


def _noticed(event: Event, kind: str) -> bool:
    return any(notice.get("type") == kind for notice in event.get("notices") or ())


def notices_say_what_and_where(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A notice has a known type, the place in the event and a message."""
    for position, event in enumerate(events, 1):
        for notice in event.get("notices") or ():
            if notice.get("type") not in NOTICES or not notice.get("path") or not notice.get("message"):
                yield position, f"notice {notice!r}"


def secrets_are_redacted(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """A value under a key that sounds secret is replaced, and a notice says so."""
    for position, event in enumerate(events, 1):
        for path, value in _leaves(event):
            free = FREE_FORM.intersection(path)
            secret = free and isinstance(value, str) and any(word in path[-1].lower() for word in SENSITIVE)
            if secret and value != REDACTED:
                yield position, f"{'.'.join(path)} is readable"
            if value == REDACTED and not _noticed(event, "redacted"):
                yield position, f"no notice says that {'.'.join(path)} was redacted"


def long_values_are_cut(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """No text of a tool is longer than its limit, and a notice says that it was cut."""
    for position, event in enumerate(events, 1):
        for path, value in _leaves(event.get("tool") or {}):
            yield from _too_long(position, event, path, value)
        for path, value in _leaves({name: event[name] for name in LONGEST if name in event}):
            yield from _too_long(position, event, path, value)
        results = (event.get("tool") or {}).get("results") or ()
        if len(results) > MOST_RESULTS:
            yield position, f"{len(results)} results of a file search"


def _too_long(position: int, event: Event, path: tuple[str, ...], value: Any) -> Iterator[tuple[int, str]]:
    limit = next((LONGEST[name] for name in path if name in LONGEST), None)
    # The text of a reasoning summary is the assistant's own, no tool's.
    if limit is None or not isinstance(value, str) or event.get("kind") == "reasoning_summary.part.done":
        return
    if len(value) > limit + MARK:
        yield position, f"{'.'.join(path)} has {len(value)} characters"
    elif len(value) >= limit and not _noticed(event, "truncated"):
        yield position, f"no notice says that {'.'.join(path)} was cut"


def nothing_raw(events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Prompts, tool configuration and the provider's own payloads stay in the service."""
    for position, event in enumerate(events, 1):
        for path, _ in _leaves(event):
            if not FREE_FORM.intersection(path) and (raw := RAW.intersection(path)):
                yield position, f"{', '.join(raw)} in the event"


RULES: tuple[Rule, ...] = (notices_say_what_and_where, secrets_are_redacted, long_values_are_cut, nothing_raw)
