"""The coverage page: one self-contained HTML file, light and dark, readable on a phone, no request at all."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import quantiles
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from acceptance.reports.coverage import DEPTHS, is_covered
from acceptance.errors import ConfigurationError

PLACE = "coverage.html"
Row = Mapping[str, Any]
WORDS = {
    "none": "not covered",
    "called": "called",
    "status": "right status",
    "schema": "whole contract kept",
    "effect": "effect proven",
}


def write(reports: Path) -> Path:
    """Write the page of the last run, return its place; raises ConfigurationError for files it cannot read."""
    try:
        report = json.loads((reports / "coverage.json").read_text(encoding="utf-8"))
        lines = (reports / "exchanges.jsonl").read_text(encoding="utf-8").splitlines()
        exchanges = [json.loads(line) for line in lines]
        proof_file = reports / "proof.json"
        proof = json.loads(proof_file.read_text(encoding="utf-8")) if proof_file.exists() else None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the last run cannot be read ({error}); `make smoke` makes one") from None
    place = reports / PLACE
    place.write_text(page(report, exchanges, proof), encoding="utf-8")
    return place


def page(report: Row, exchanges: Iterable[Row], proof: Row | None) -> str:
    """Return the page as HTML; whatever comes from outside is escaped."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["breakable"] = _breakable
    template = environment.get_template("coverage_page.html")
    rows = report["operations"]
    return template.render(
        report=report,
        share=report["covered"] / report["total"] if report["total"] else 0,
        depths=[(name, WORDS[name], sum(row["depth"] == name for row in rows)) for name in reversed(DEPTHS)],
        words=WORDS,
        areas=_areas(rows),
        access=report["access"],
        gates=report["gates"],
        latencies=percentiles(exchanges),
        proof=proof,
    )


def percentiles(exchanges: Iterable[Row]) -> list[dict[str, Any]]:
    """Return name, calls, p50 and p95 in milliseconds for each operation, the slowest p95 first."""
    by_operation: dict[str, list[float]] = defaultdict(list)
    for one in exchanges:
        by_operation[f"{one['method']} {one['path']}"].append(one["seconds"] * 1000)
    rows = []
    for name, values in by_operation.items():
        cuts = quantiles(values, n=20, method="inclusive") if len(values) > 1 else values * 19
        rows.append({"name": name, "calls": len(values), "p50": cuts[9], "p95": cuts[18]})
    return sorted(rows, key=lambda row: -row["p95"])


def _breakable(path: str) -> Markup:
    """Return a path that a narrow column breaks between its parts and not within a word."""
    return Markup("/<wbr>").join(path.split("/"))


def _areas(rows: Iterable[Row]) -> list[dict[str, Any]]:
    areas: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        areas[row["area"]].append(row)
    named = sorted(areas.items())
    return [{"name": name, "operations": own, "covered": sum(map(is_covered, own))} for name, own in named]
