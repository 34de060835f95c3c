"""What a run costs the service and the suite, as ratios that compare across machines."""

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from acceptance.errors import SuiteError
from acceptance.reports.ratios import Ran, load_budget, over_budget, ratios, shares
from acceptance.run import project

REPORTS = Path("reports")
WORKERS = (2, 4, 8)
SMOKE = ("--tags=@smoke",)


def add_arguments(parser: ArgumentParser) -> None:
    """Further arguments go to behave."""
    parser.add_argument("--budget", type=Path, help="a TOML file with bounds; a ratio beyond one ends with 1")
    speed_up = "also run with 2, 4 and 8 workers, at the service and as if 100 ms away"
    parser.add_argument("--speed-up", action="store_true", help=speed_up)
    parser.add_argument("behave_arguments", nargs="*", help="arguments for behave, such as features/access")


def run(options: Namespace) -> int:
    """Run the suite and print the ratios; return 1 when one is beyond its budget.

    Raises SuiteError when a run is not green, ConfigurationError for a budget that cannot be used.
    """
    budget = load_budget(options.budget) if options.budget else {}
    ran = _behave(options.behave_arguments)
    found = ratios(ran, project.current().costly_calls) | _smoke()
    if options.speed_up:
        found |= _speed_ups(options.behave_arguments)
    print(f"\n{len(ran.results)} scenarios, {len(ran.exchanges)} calls")
    for name, ratio in found.items():
        print(f"{ratio:8.2f}  {name}")
    print("share of the scenarios' time by folder:")
    for folder, share in shares(ran.results):
        print(f"{share:8.2f}  {folder}")
    exceeded = over_budget(found, budget)
    for sentence in exceeded:
        print(f"over budget: {sentence}")
    return 1 if exceeded else 0


def _smoke() -> dict[str, float]:
    ran = _behave(SMOKE)
    return {"operations that smoke covers in a second": ran.covered / ran.wall}


def _speed_ups(arguments: Sequence[str]) -> dict[str, float]:
    """Return how many times as fast as one worker several are; at the embedded service also 100 ms away."""
    known = project.current()
    places: dict[str, Mapping[str, str]] = {"": {}}
    if known.far_off and known.settings.load().embedded:
        places[" at 100 ms"] = known.far_off
    found = {}
    for where, environ in places.items():
        one, *others = (_behave([f"--jobs={jobs}", *arguments], environ).wall for jobs in (1, *WORKERS))
        for jobs, wall in zip(WORKERS, others, strict=True):
            found[f"speed-up with {jobs} workers{where}"] = one / wall
    return found


def _behave(arguments: Sequence[str], environ: Mapping[str, str] | None = None) -> Ran:
    """Run behave, the program under measurement, as a user does, and return what it wrote."""
    began, started = time.time(), time.monotonic()
    command = [sys.executable, "-m", "behave", "--no-summary", *arguments]
    finished = subprocess.run(command, check=False, env={**os.environ, **(environ or {})})  # noqa: S603 the caller's own arguments
    wall = time.monotonic() - started
    if finished.returncode:
        raise SuiteError(f"nothing was measured: a run ended with exit code {finished.returncode}")
    exchanges = [json.loads(line) for line in (REPORTS / "exchanges.jsonl").read_text("utf-8").splitlines()]
    results = [json.loads(path.read_text("utf-8")) for path in REPORTS.glob("allure-results/*-result.json")]
    covered = json.loads((REPORTS / "coverage.json").read_text("utf-8"))["covered"]
    return Ran(wall, _cpu_seconds(), began, exchanges, results, covered)


def _cpu_seconds() -> float:
    facts = (REPORTS / "allure-results" / "environment.properties").read_text("utf-8")
    said = dict(line.split(" = ", 1) for line in facts.splitlines())
    return float(said["cpu_seconds"])
