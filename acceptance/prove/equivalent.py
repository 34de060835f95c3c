"""Faults that change nothing that was ever promised: declared in one file, each with its reason."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from acceptance.errors import ConfigurationError
from acceptance.prove.faults import Fault

FILE = Path("contract/equivalent_faults.toml")


@dataclass(frozen=True)
class Equivalent:
    """Faults of some families at some places of some operations (shell patterns) that nobody could notice."""

    reason: str
    operation: str = "*"
    family: str = "*"
    place: str = "*"

    def covers(self, fault: Fault) -> bool:
        """Whether a fault is one of these."""
        pairs = (
            (fault.operation.name, self.operation),
            (fault.family, self.family),
            (fault.place, self.place),
        )
        return all(fnmatchcase(text, pattern.replace("[", "[[]")) for text, pattern in pairs)


class Equivalents:
    """All declared equivalents."""

    def __init__(self, declared: Iterable[Equivalent] = ()) -> None:
        self._declared = tuple(declared)

    def reason(self, fault: Fault) -> str | None:
        """Return why a fault is equivalent, or None when it is a real one."""
        return next((one.reason for one in self._declared if one.covers(fault)), None)


def load(path: Path = FILE) -> Equivalents:
    """Return the declared equivalents; raises ConfigurationError when the file does not fit."""
    if not path.exists():
        return Equivalents()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
        return Equivalents(Equivalent(**table) for table in tables)
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f"{path} cannot be used: {error}") from None
