"""Write COVERAGE.md from the last embedded run of the whole suite, or check that it is still true."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from acceptance.errors import ConfigurationError
from acceptance.reports.coverage import EMBEDDED, is_covered, markdown

REPORTS = Path("reports")
MATRIX = Path("COVERAGE.md")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare how the matrix is compared."""
    parser.add_argument(
        "--check", action="store_true", help=f"fail when {MATRIX} is stale or coverage dropped"
    )


def run(options: Namespace) -> int:
    """Write COVERAGE.md from the last embedded run, or check it; return 1 when the check fails.

    Raises ConfigurationError when there is no embedded run of the whole suite to look at.
    """
    try:
        report = json.loads((REPORTS / "coverage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ConfigurationError("there is no run to look at; `make smoke` makes one") from None
    if report["target"] != EMBEDDED:
        raise ConfigurationError(
            f"the last run was on {report['target']}; {MATRIX} describes the embedded one"
        )
    if not report.get("whole"):
        raise ConfigurationError(
            f"the last run was a part of the suite; {MATRIX} describes all of it: `make smoke coverage`"
        )
    if not options.check:
        MATRIX.write_text(markdown(report), encoding="utf-8")
        print(f"{MATRIX}: {report['covered']} of {report['total']} operations")
        return 0
    problems = _problems(report)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _problems(report: Mapping[str, Any]) -> list[str]:
    bare = [
        f"{row['method']} {row['path']} is not covered" for row in report["operations"] if not is_covered(row)
    ]
    written = MATRIX.read_text(encoding="utf-8") if MATRIX.exists() else ""
    stale = (
        [] if written == markdown(report) else [f"{MATRIX} is stale: `make smoke coverage`, then commit it"]
    )
    return bare + stale
