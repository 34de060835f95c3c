"""Faults that change nothing that was ever promised: declared in one file, each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from acceptance import declared
from acceptance.prove.faults import Fault
from acceptance.prove.own_calls import OwnCallFault

FILE = Path("contract/equivalent_faults.toml")


@dataclass(frozen=True)
class Equivalent:
    """Faults of some families at some places of some operations (patterns) that nobody could notice."""

    reason: str
    operation: str = "*"
    family: str = "*"
    place: str = "*"


def load() -> list[Equivalent]:
    """Return the declared equivalents; raises ConfigurationError when the file does not fit."""
    return declared.read(FILE if FILE.exists() else "", equivalent=Equivalent)["equivalent"]


def reason(equivalents: Iterable[Equivalent], fault: Fault) -> str | None:
    """Return why a fault is equivalent, or None when it is a real one.

    What nobody could notice in a scenario, nobody could in a call of the suite's own.
    """
    inner = fault.inner if isinstance(fault, OwnCallFault) else None
    for one in filter(None, (fault, inner)):
        names = {"operation": one.operation.name, "family": one.family, "place": one.place}
        if found := declared.first(equivalents, **names):
            return found.reason
    return None
