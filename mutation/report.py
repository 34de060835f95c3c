"""What a campaign found: the rate, the areas, and the mutants that nobody noticed, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import TestOutcome

from acceptance import declared

EQUIVALENTS = Path("mutation/equivalent.toml")


@dataclass(frozen=True)
class Equivalent:
    """Mutants that break no promise: in modules (a pattern), of a line of code, whatever it `becomes`."""

    path: str
    line: str
    reason: str
    becomes: str = "*"


@dataclass(frozen=True)
class Mutant:
    """One mutant that was tried, and what became of it; `why` says why nobody could notice it."""

    path: str
    number: int
    line: str
    becomes: str
    noticed: bool
    outcome: str
    why: str = ""

    @property
    def words(self) -> str:
        """Where it is and what it changes, on one line."""
        return f"{self.path}:{self.number} `{self.line}` becomes `{self.becomes}`"


def equivalents() -> list[Equivalent]:
    """Return the declared equivalents; raises ConfigurationError when the file does not fit."""
    return declared.read(EQUIVALENTS if EQUIVALENTS.exists() else "", equivalent=Equivalent)["equivalent"]


def tried(session: WorkDB, known: Sequence[Equivalent]) -> list[Mutant]:
    """Return the mutants of a session that were tried, in the order of the code."""
    found = []
    for item, result in session.completed_work_items:
        path, number = str(item.mutations[0].module_path), item.mutations[0].start_pos[0]
        line, becomes = (result.diff or "\n").split("\n")
        noticed = result.test_outcome != TestOutcome.SURVIVED
        excuse = None if noticed else declared.first(known, path=path, line=line, becomes=becomes)
        why = excuse.reason if excuse else ""
        found.append(Mutant(path, number, line, becomes, noticed, result.output or "", why))
    return sorted(found, key=lambda one: (one.path, one.number))


def markdown(seed: int, mutants: Sequence[Mutant], pending: int) -> str:
    """Return the whole report."""
    counted = [one for one in mutants if not one.why]
    noticed = [one for one in counted if one.noticed]
    kinds = Counter(one.outcome.partition(" (")[0] for one in noticed)
    rate = len(noticed) / len(counted) if counted else 0
    lines = [
        f"{len(noticed)} of {len(counted)} mutants noticed ({rate:.1%}), seed {seed}.",
        f"Noticed: {', '.join(f'{kind} {number}' for kind, number in kinds.most_common()) or 'none'}.",
        f"Counted apart: {len(mutants) - len(counted)} equivalent, {pending} not tried yet.",
        *["", "| part | noticed | tried |", "|---|---:|---:|", *_parts(counted)],
        *[
            "",
            "## Survivors",
            "",
            *_listed(f"{one.words}: {one.outcome}" for one in counted if not one.noticed),
        ],
        *["", "## Equivalent", "", *_listed(f"{one.words}: {one.why}" for one in mutants if one.why)],
        *["", "## Noticed", "", *_listed(f"{one.words}: {one.outcome}" for one in noticed)],
    ]
    return "\n".join(lines) + "\n"


def _parts(mutants: Iterable[Mutant]) -> list[str]:
    every: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for one in mutants:
        part = "/".join(Path(one.path).parts[1:-1][:2]) or "."
        every[part] += 1
        noticed[part] += one.noticed
    return [f"| {part} | {noticed[part]} | {every[part]} |" for part in sorted(every)]


def _listed(texts: Iterable[str]) -> list[str]:
    return [f"- {text}" for text in texts] or ["none"]
