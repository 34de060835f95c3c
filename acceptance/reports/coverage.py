"""Coverage: which operations of the contract were exercised, and how deep, from what went over the wire.

Depth: `none`; `called`; `status` (success status seen); `schema` (a success kept the whole contract);
`effect` (a fault in what the operation does was noticed, see `contract/proven.json`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from acceptance.contract.document import Contract, Operation
from acceptance.reports import must
from acceptance.reports.exchange_log import Tally
from acceptance.verdicts.verdict import without_row

DEPTHS = ("none", "called", "status", "schema", "effect")
PROVEN = Path("contract/proven.json")
EMBEDDED = "embedded"
Tags = Mapping[str, frozenset[str]]


def proven(path: Path = PROVEN) -> frozenset[str]:
    """Return the names of the operations of which an effect fault was noticed by the last proof."""
    if not path.exists():
        return frozenset()
    return frozenset(json.loads(path.read_text(encoding="utf-8"))["operations"])


def depth(tally: Tally | None, is_proven: bool) -> str:
    """Return how deep an operation was covered."""
    if tally is None or not tally.statuses:
        return "none"
    if not tally.succeeded:
        return "called"
    if not tally.kept:
        return "status"
    return "effect" if is_proven else "schema"


def is_covered(row: Mapping[str, Any]) -> bool:
    """Whether an operation answered with its success status."""
    return DEPTHS.index(row["depth"]) >= DEPTHS.index("status")


def summary(
    target: str,
    contract: Contract,
    tallies: Mapping[str, Tally],
    effects: Iterable[str] = (),
    tags: Tags | None = None,
) -> dict[str, Any]:
    """Return the coverage of a run as the value of `reports/coverage.json`.

    `effects` names the operations whose effect is proven; `tags` gives the tags of each scenario.
    """
    known = frozenset(effects)
    rows = [_row(one, tallies.get(one.name), one.name in known, tags or {}) for one in contract]
    rows.sort(key=lambda row: (row["area"], row["path"], row["method"]))
    covered = sum(map(is_covered, rows))
    return {"target": target, "total": len(rows), "covered": covered, "operations": rows}


def _row(operation: Operation, tally: Tally | None, is_proven: bool, tags: Tags) -> dict[str, Any]:
    tally = tally or Tally(operation)
    no_tags: frozenset[str] = frozenset()
    tagged = [tags.get(name, no_tags) for name in tally.scenarios]
    smoke = [one for name in tally.succeeded_in if "smoke" in (one := tags.get(name, no_tags))]
    return {
        "method": operation.method,
        "path": operation.path,
        "area": operation.area,
        "depth": depth(tally, is_proven),
        "statuses": sorted(status for status in tally.statuses if status),
        "at_least": _at_least(operation),
        "scenarios": sorted({without_row(name) for name in tally.scenarios}),
        "runs": len(tally.scenarios),
        "tags": _shared(tagged),
        # The tags that the smoke scenarios have in common which passed it, among them "smoke"; none, if no one did.
        "smoke": _shared(smoke),
    }


def _shared(tags: Sequence[frozenset[str]]) -> list[str]:
    return sorted(frozenset.intersection(*tags)) if tags else []


def _at_least(operation: Operation) -> str:
    """Return what every successful answer is held to: its status, and the form of its body."""
    status = operation.success[0]
    documented = operation.media_types(status)
    form = " by its schema" if any(media.get("schema") for media in documented.values()) else ""
    return f"{status} " + (" or ".join(documented) + form if documented else "without a body")


def markdown(report: Mapping[str, Any]) -> str:
    """Return the coverage as a table for people who review it; titles stand on the coverage page."""
    gates = {gate["tag"] for gate in report.get("gates", ())}
    listed = must.required()
    passed = len(listed) - len(list(must.missing(report, listed)))
    lines = [
        "# Coverage",
        "",
        f"{report['covered']} of {report['total']} operations answered with their success status.",
        *([f"Smoke passed {passed} of the {len(listed)} operations of `{must.FILE}`."] if listed else []),
        "",
        "| Area | Operation | Gate | Depth | Scenarios | Every success is at least | Smoke |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in report["operations"]:
        gate = " ".join(f"@{tag}" for tag in row["tags"] if tag in gates)
        smoke = "yes" if row["smoke"] else ""
        name = f"{row['method']} {row['path']}"
        cells = (row["area"], f"`{name}`", gate, row["depth"], row["runs"], row["at_least"], smoke)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def write(report: Mapping[str, Any], folder: Path) -> None:
    """Write `coverage.json` and `coverage.md` into a folder."""
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (folder / "coverage.json").write_text(text + "\n", encoding="utf-8")
    (folder / "coverage.md").write_text(markdown(report), encoding="utf-8")
