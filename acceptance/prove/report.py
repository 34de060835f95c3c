"""What a proof found: numbers for programs, a table and the survivors in words for people."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from acceptance.prove.campaign import Result
from acceptance.prove.equivalent import Equivalents


def summary(seed: int, results: Iterable[Result], equivalents: Equivalents) -> dict[str, Any]:
    """Return the value of `reports/proof.json`; declared equivalents and unserved faults count apart."""
    results = list(results)
    served = [one for one in results if one.served]
    counted = [one for one in served if one.killed_by or equivalents.reason(one.fault) is None]
    excused = [one for one in served if one not in counted]
    killed = [one for one in counted if one.killed_by]
    return {
        "seed": seed,
        "served": len(counted),
        "killed": len(killed),
        "kill_rate": round(len(killed) / len(counted), 4) if counted else 0.0,
        "families": _rates(counted, lambda one: one.fault.family),
        "areas": _rates(counted, lambda one: one.fault.operation.area),
        "operations": _rates(counted, lambda one: one.fault.operation.name),
        "survivors": [_row(one) for one in counted if not one.killed_by],
        "equivalent": [{**_row(one), "reason": equivalents.reason(one.fault)} for one in excused],
        "unserved": [one.fault.words for one in results if not one.served],
    }


def proven_operations(results: Iterable[Result]) -> list[str]:
    """Return the operations of which a fault in the effect or in a value was noticed."""
    noticed: dict[str, bool] = {}
    for one in results:
        if one.killed_by and one.fault.proves_effect:
            noticed[one.fault.operation.name] = True
    return sorted(noticed)


def markdown(report: Mapping[str, Any]) -> str:
    """Return the proof as a text with tables."""
    lines = [
        "# Proof",
        "",
        f"{report['killed']} of {report['served']} faults noticed ({report['kill_rate']:.1%}), "
        f"seed {report['seed']}.",
        f"Counted apart: {len(report['equivalent'])} equivalent, {len(report['unserved'])} unserved.",
    ]
    for name in ("families", "areas", "operations"):
        lines += ["", f"| {name} | noticed | served |", "|---|---:|---:|"]
        lines += [f"| {key} | {row['killed']} | {row['served']} |" for key, row in report[name].items()]
    lines += ["", "## Survivors", ""]
    lines += [f"- {row['fault']}: no scenario noticed ({row['feature']})" for row in report["survivors"]]
    return "\n".join(lines) + "\n"


def write(report: Mapping[str, Any], folder: Path) -> None:
    """Write `proof.json` and `proof.md` into a folder."""
    (folder / "proof.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (folder / "proof.md").write_text(markdown(report), encoding="utf-8")


def _rates(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, dict[str, int]]:
    rates: dict[str, dict[str, int]] = defaultdict(lambda: {"served": 0, "killed": 0})
    for one in results:
        rates[key(one)]["served"] += 1
        rates[key(one)]["killed"] += bool(one.killed_by)
    return dict(sorted(rates.items()))


def _row(result: Result) -> dict[str, str]:
    fault = result.fault
    return {
        "fault": fault.words,
        "operation": fault.operation.name,
        "family": fault.family,
        "place": fault.place,
        "feature": result.feature,
    }
