"""Lists of exceptions that a team declares in TOML files: known issues, deviations, drift, equivalent faults.

An entry is a table of texts; each list has a dataclass that says which, those without default being needed.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from acceptance.errors import ConfigurationError

T = TypeVar("T")


def read(path: Path | str, **entries: type) -> dict[str, list[Any]]:
    """Return the entries of a file by the name of their tables, such as `known=KnownIssue`; none for no path.

    Raises ConfigurationError when the file cannot be read or holds anything else; it counts entries from 1.
    """
    try:
        document = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the file {path} cannot be read: {error}") from None
    unknown = sorted(set(document) - set(entries))
    if unknown:
        takes = " and ".join(f"[[{name}]]" for name in entries)
        raise ConfigurationError(f"{path} has {', '.join(unknown)}; it takes {takes}")
    return {name: parse(path, name, document.get(name, []), entry) for name, entry in entries.items()}


def parse(path: Path | str, name: str, tables: Any, entry: type) -> list[Any]:
    """Return the `[[name]]` tables of a file as entries; raises ConfigurationError when one does not fit."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError(f"{path}: {name} is no list of tables; begin every entry with [[{name}]]")
    needed = {one.name: one.default is MISSING for one in fields(entry)}
    for number, table in enumerate(tables, 1):
        wrong = [f"unknown {key}" for key in sorted(set(table) - set(needed))]
        wrong += [f"no {key}" for key, needs in needed.items() if needs and not table.get(key)]
        wrong += [f"no text as {key}" for key, value in table.items() if not isinstance(value, str)]
        if wrong:
            takes = ", ".join(sorted(needed))
            raise ConfigurationError(f"{path}: [[{name}]] {number} has {', '.join(wrong)}; it takes {takes}")
    return [entry(**table) for table in tables]


def first(entries: Iterable[T], **texts: str) -> T | None:
    """Return the first entry each of whose patterns fits the text of the same name, or None."""
    for one in entries:
        if all(fits(text, getattr(one, name)) for name, text in texts.items()):
            return one
    return None


def fits(text: str, pattern: str) -> bool:
    """Whether a text fits a pattern: only `*` and `?` are special, for brackets stand in places and paths."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))
