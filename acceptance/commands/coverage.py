"""Write COVERAGE.md from the last embedded run of the whole suite, or check that it is still true."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from acceptance.errors import ConfigurationError
from acceptance.reports import must
from acceptance.reports.coverage import EMBEDDED, is_covered, markdown

REPORTS = Path("reports")
MATRIX = Path("COVERAGE.md")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare how the matrix is compared."""
    parser.add_argument("--check", action="store_true", help=f"fail when {MATRIX} is stale or coverage fell")


def run(options: Namespace) -> int:
    """Write or check COVERAGE.md (1: it is stale); raises ConfigurationError without a whole embedded run."""
    try:
        report = json.loads((REPORTS / "coverage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ConfigurationError("there is no run to look at; `make smoke` makes one") from None
    if report["target"] != EMBEDDED:
        raise ConfigurationError(f"the last run was on {report['target']}; {MATRIX} shows the embedded one")
    if not report.get("whole"):
        raise ConfigurationError("the last run was a part of the suite; `make smoke coverage` runs all of it")
    if not options.check:
        MATRIX.write_text(markdown(report), encoding="utf-8")
        print(f"{MATRIX}: {report['covered']} of {report['total']} operations")
        return 0
    problems = list(_problems(report))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _problems(report: Mapping[str, Any]) -> Iterator[str]:
    for row in report["operations"]:
        if not is_covered(row):
            yield f"{row['method']} {row['path']} is not covered"
    yield from must.missing(report, must.required())
    if not MATRIX.exists() or MATRIX.read_text(encoding="utf-8") != markdown(report):
        yield f"{MATRIX} is stale: `make smoke coverage`, then commit it"
