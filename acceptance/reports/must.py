"""The operations that the smoke tier has to pass with success: `contract/must.csv`, and what a run lacks of it."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from acceptance.errors import ConfigurationError

FILE = Path("contract/must.csv")
HEADINGS = ["operation", "gates"]


def required(path: Path = FILE) -> dict[str, frozenset[str]]:
    """Return the gates behind which smoke may pass each listed operation, by its name; nothing without a file.

    Raises ConfigurationError for a file that cannot be read as lines of operation and gates.
    """
    if not path.exists():
        return {}
    try:
        headings, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        listed = {name: frozenset(gates.split()) for name, gates in rows}
    except (OSError, ValueError, csv.Error) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None
    if headings != HEADINGS or len(listed) < len(rows):
        raise ConfigurationError(f"{path}: write {','.join(HEADINGS)}, and then each operation once")
    return listed


def missing(report: Mapping[str, Any], listed: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a sentence for each listed operation that no @smoke scenario passed, or behind other gates only.

    `report` is the value of `reports/coverage.json`.
    """
    rows = {f"{row['method']} {row['path']}": row for row in report["operations"]}
    gates = {gate["tag"] for gate in report.get("gates", ())}
    for name, allowed in listed.items():
        if name not in rows:
            yield f"{name} stands in {FILE} and not in the contract"
        elif not rows[name]["smoke"]:
            yield f"{name} stands in {FILE}, and no @smoke scenario passed it"
        elif closed := sorted(gates.intersection(rows[name]["smoke"]) - allowed):
            yield f"{name} is passed by @smoke behind @{' @'.join(closed)}, which {FILE} does not name"
