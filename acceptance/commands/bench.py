"""How much of a run is the suite's own time, as ratios that compare across machines; 1 would be none."""

import json
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from acceptance.errors import SuiteError

REPORTS = Path("reports")
Rows = Iterable[Mapping[str, Any]]


def add_arguments(parser: ArgumentParser) -> None:
    """Further arguments go to behave."""
    parser.add_argument("behave_arguments", nargs="*", help="arguments for behave, such as features/access")


def run(options: Namespace) -> int:
    """Run the suite once and print the ratios; raises SuiteError when the run is not green."""
    began, started = time.time(), time.monotonic()
    # behave is the program under measurement: started as a user starts it.
    command = [sys.executable, "-m", "behave", *options.behave_arguments]
    finished = subprocess.run(command, check=False)  # noqa: S603 the arguments are the caller's own
    wall = time.monotonic() - started
    if finished.returncode:
        raise SuiteError(f"nothing was measured: the run ended with exit code {finished.returncode}")
    exchanges = [json.loads(line) for line in (REPORTS / "exchanges.jsonl").read_text("utf-8").splitlines()]
    results = [json.loads(path.read_text("utf-8")) for path in REPORTS.glob("allure-results/*-result.json")]
    for line in report(wall, began, exchanges, results):
        print(line)
    return 0


def report(wall: float, began: float, exchanges: Rows, results: Rows) -> list[str]:
    """Return the lines of the report. `wall` in seconds; `began` in seconds since the epoch."""
    exchanges, results = list(exchanges), list(results)
    answering = sum(line["seconds"] for line in exchanges)
    serving = sum(line["service_seconds"] for line in exchanges)
    ran = [result for result in results if result["status"] != "skipped"]
    first = min(result["start"] for result in ran) / 1000 - began
    lines = [
        "",
        f"{len(ran)} scenarios, {len(exchanges)} calls",
        f"wall time over the time spent waiting for answers  {wall / answering:6.2f}",
        f"wall time over the service's own process time      {wall / serving:6.2f}",
        f"time to the first scenario over wall time          {first / wall:6.2f}",
        "share of the scenarios' time by folder:",
    ]
    spent: Counter[str] = Counter()
    for result in ran:
        spent[_folder(result)] += result["stop"] - result["start"]
    total = sum(spent.values()) or 1
    return lines + [f"  {name:20} {time / total:6.2f}" for name, time in spent.most_common()]


def _folder(result: Mapping[str, Any]) -> str:
    return next((label["value"] for label in result["labels"] if label["name"] == "epic"), "other")
