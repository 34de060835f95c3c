"""What a run cost, as ratios that compare across machines; and whether one got worse than its budget."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acceptance.errors import ConfigurationError

Rows = Sequence[Mapping[str, Any]]
MOST, LEAST = "most", "least"


@dataclass(frozen=True)
class Ran:
    """One run: wall time and CPU time of the suite in seconds, when it began (seconds since the epoch), its
    exchanges and its scenarios' results as the reports have them, and how many operations it covered."""

    wall: float
    cpu: float
    began: float
    exchanges: Rows
    results: Rows
    covered: int


def ratios(ran: Ran, counted: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """Return the ratios of a run by name; `counted` are names of calls, with the operations that are such."""
    results = [result for result in ran.results if result["status"] != "skipped"]
    answering = sum(line["seconds"] for line in ran.exchanges)
    serving = sum(line["service_seconds"] for line in ran.exchanges)
    first = min(result["start"] for result in results) / 1000 - ran.began
    made = Counter(f"{line['method']} {line['path']}" for line in ran.exchanges)
    calls = {name: sum(made[one] for one in operations) for name, operations in counted.items()}
    scenarios = len(results)
    return {
        "wall time over the time of waiting for answers": ran.wall / answering,
        "wall time over the service's own time": ran.wall / serving,
        "time to the first scenario over wall time": first / ran.wall,
        "the suite's CPU time over wall time": ran.cpu / ran.wall,
        "the suite's CPU milliseconds for each scenario": ran.cpu * 1000 / scenarios,
        "the service's milliseconds for each covered operation": serving * 1000 / max(ran.covered, 1),
        "requests for each scenario": len(ran.exchanges) / scenarios,
        **{f"{name} for each scenario": count / scenarios for name, count in calls.items()},
    }


def shares(results: Rows) -> list[tuple[str, float]]:
    """Return the share of the scenarios' time that each folder of features took, the largest first."""
    spent: Counter[str] = Counter()
    for result in results:
        if result["status"] != "skipped":
            spent[_folder(result)] += result["stop"] - result["start"]
    total = sum(spent.values()) or 1
    return [(name, time / total) for name, time in spent.most_common()]


def _folder(result: Mapping[str, Any]) -> str:
    return next((label["value"] for label in result["labels"] if label["name"] == "epic"), "other")


def load_budget(path: Path) -> dict[str, dict[str, float]]:
    """Return the bounds of a budget file by table (`most`, `least`) and ratio.

    Raises ConfigurationError for a file that cannot be read, another table, or what is no number.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the budget {path} cannot be read: {error}") from None
    for table, bounds in document.items():
        if table not in {MOST, LEAST} or not isinstance(bounds, dict):
            raise ConfigurationError(f"{path}: [{table}] is no table of a budget; there are [most] and [least]")
        for name, bound in bounds.items():
            if not isinstance(bound, int | float) or isinstance(bound, bool):
                raise ConfigurationError(f'{path}: "{name}" has no number as its bound')
    return document


def over_budget(found: Mapping[str, float], budget: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a sentence for each ratio beyond its bound; raises ConfigurationError for one not measured."""
    said = []
    for table, bounds in budget.items():
        for name, bound in bounds.items():
            if name not in found:
                measured = ", ".join(found)
                raise ConfigurationError(f'the budget bounds "{name}", which was not measured; it has {measured}')
            worse = found[name] > bound if table == MOST else found[name] < bound
            if worse:
                said.append(f"{name}: {found[name]:.2f}, at {table} {bound:g} by the budget")
    return said
