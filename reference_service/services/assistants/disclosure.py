"""What may be shown of a tool's arguments and output: no secrets, no endless texts, and a note of both."""

from typing import Any

from reference_service.models.assistants.streams import StreamNotice

REDACTED = "<redacted>"
_SENSITIVE = ("api_key", "authorization", "token", "secret", "password")


class Disclosure:
    """Collects the notices of one event while its values are made fit to be shown."""

    def __init__(self) -> None:
        self.notices: list[StreamNotice] = []

    def shown(self, value: Any, path: str, longest: int) -> Any:
        """The value as it may be shown; texts have at most that many characters."""
        if isinstance(value, dict):
            return {key: self._entry(key, inner, f"{path}.{key}", longest) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.shown(inner, f"{path}[{index}]", longest) for index, inner in enumerate(value)]
        if isinstance(value, str) and len(value) > longest:
            self._note("truncated", path, "The text was too long and has been cut.")
            return value[:longest]
        return value

    def first(self, values: list[Any], path: str, most: int) -> list[Any]:
        """The first of the values, at most that many."""
        if len(values) > most:
            self._note("truncated", path, "There were too many entries; the first ones are shown.")
        return values[:most]

    def _entry(self, key: str, value: Any, path: str, longest: int) -> Any:
        if any(word in key.lower() for word in _SENSITIVE):
            self._note("redacted", path, "The value is secret and is not shown.")
            return REDACTED
        return self.shown(value, path, longest)

    def _note(self, kind: Any, path: str, message: str) -> None:
        self.notices.append(StreamNotice(type=kind, path=path, message=message))
