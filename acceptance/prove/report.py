"""What a proof found: numbers for programs, a table and the survivors in words for people."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from acceptance.errors import ConfigurationError
from acceptance.prove.campaign import Result
from acceptance.prove.equivalent import Equivalent, reason
from acceptance.reports.coverage import proven


def summary(
    seed: int, results: Sequence[Result], equivalents: Sequence[Equivalent], red: Mapping[str, str]
) -> dict[str, Any]:
    """Return the value of `reports/proof.json`; declared equivalents and unserved faults count apart.

    `red` names the scenarios that were left out, each with what it said.
    """
    served = [one for one in results if one.served]
    excuses = {id(one): None if one.killed_by else reason(equivalents, one.fault) for one in served}
    counted = [one for one in served if not excuses[id(one)]]
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
        "equivalent": [{**_row(one), "reason": why} for one in served if (why := excuses[id(one)])],
        "unserved": [one.fault.words for one in results if not one.served],
        "left_out": [{"scenario": title, "why": why} for title, why in sorted(red.items())],
        "noticed": [{**_row(one), "scenario": one.killed_by, "why": one.why} for one in killed],
    }


def survivors(folder: Path) -> frozenset[str]:
    """Return the faults that survived the last proof, in words; raises ConfigurationError without one."""
    try:
        found = json.loads((folder / "proof.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ConfigurationError("there is no proof to look at; `make prove` makes one") from None
    return frozenset(row["fault"] for row in found["survivors"])


def record(results: Iterable[Result], place: Path) -> None:
    """Write which operations are proven; those that no effect fault was served on stay as they were."""
    served, noticed = set(), set()
    for one in results:
        if one.served and one.fault.proves_effect:
            served.add(one.fault.operation.name)
            noticed |= {one.fault.operation.name} if one.killed_by else set()
    known = set(proven(place)) - served | noticed
    place.write_text(json.dumps({"operations": sorted(known)}, indent=1) + "\n", encoding="utf-8")


def table(report: Mapping[str, Any]) -> str:
    """Return what a terminal shows: the rate, the families and areas, and everything that went unnoticed."""
    lines = [
        f"{report['killed']} of {report['served']} faults noticed ({report['kill_rate']:.1%}), "
        f"seed {report['seed']}.",
        f"Counted apart: {len(report['equivalent'])} equivalent, {len(report['unserved'])} unserved.",
    ]
    for name in ("families", "areas"):
        lines += ["", *_rows(report, name)]
    lines += ["", "## Survivors", ""]
    unnoticed = [f"- {row['fault']}: no scenario noticed ({row['feature']})" for row in report["survivors"]]
    lines += unnoticed or ["none"]
    if report["left_out"]:
        lines += ["", "## Red without any fault, hence left out", ""]
        lines += [f"- {row['scenario']}: {row['why']}" for row in report["left_out"]]
    return "\n".join(lines) + "\n"


def markdown(report: Mapping[str, Any]) -> str:
    """Return the whole proof as a text with tables."""
    lines = ["# Proof", "", table(report), *_rows(report, "operations"), "", "## Equivalent", ""]
    lines += [f"- {row['fault']}: {row['reason']}" for row in report["equivalent"]] or ["none"]
    return "\n".join(lines) + "\n"


def page(report: Mapping[str, Any]) -> str:
    """Return the whole proof as one self-contained HTML page; whatever comes from outside is escaped."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("proof_page.html").render(proof=report)


def write(report: Mapping[str, Any], folder: Path) -> None:
    """Write `proof.json`, `proof.md` and `proof.html` into a folder."""
    (folder / "proof.html").write_text(page(report), encoding="utf-8")
    (folder / "proof.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (folder / "proof.md").write_text(markdown(report), encoding="utf-8")


def _rates(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, dict[str, int]]:
    rates: dict[str, dict[str, int]] = defaultdict(lambda: {"served": 0, "killed": 0})
    for one in results:
        rates[key(one)]["served"] += 1
        rates[key(one)]["killed"] += bool(one.killed_by)
    return dict(sorted(rates.items()))


def _rows(report: Mapping[str, Any], name: str) -> list[str]:
    rows = [f"| {key} | {row['killed']} | {row['served']} |" for key, row in report[name].items()]
    return [f"| {name} | noticed | served |", "|---|---:|---:|", *rows]


def _row(result: Result) -> dict[str, str]:
    one = result.fault
    names = {"fault": one.words, "operation": one.operation.name, "family": one.family, "place": one.place}
    return {**names, "feature": result.feature}
