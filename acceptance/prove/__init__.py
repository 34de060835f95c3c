"""Proof: the service is broken in many ways, and what the suite notices is counted.

A green run is worth what the suite would have noticed. A proxy in front of the target serves one fault
at a time, and the scenarios that touch the faulty operation are run.
"""

import json
import random
import secrets
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from acceptance import settings
from acceptance.coverage import PROVEN
from acceptance.prove import equivalent, report
from acceptance.prove.campaign import (
    PROOF_HTTP_SECONDS,
    PROOF_STREAM_SECONDS,
    Campaign,
    Result,
    Stage,
    open_stage,
)
from acceptance.prove.faults import Fault

REPORTS = Path("reports")
SAMPLE = 200


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what can be asked of a proof."""
    parser.add_argument("--seed", type=int, help="repeat an earlier sample")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many faults; 0 takes all")
    parser.add_argument("--operation", help='only this one, such as "GET /health"')
    parser.add_argument("--family", help='only this family, such as "field lost"')
    parser.add_argument("--only-survivors", action="store_true", help="only what survived the last proof")
    parser.add_argument("--record", action="store_true", help=f"write {PROVEN} from what was noticed")
    parser.add_argument("features", nargs="*", help="feature files or folders; all when none is named")


def run(options: Namespace) -> int:
    """Run a proof, write its reports and print the table; 0 unless the proof itself could not run."""
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    given = settings.load()
    config = replace(
        given,
        http_timeout=min(given.http_timeout, PROOF_HTTP_SECONDS) if given.embedded else given.http_timeout,
        stream_timeout=min(given.stream_timeout, PROOF_STREAM_SECONDS),
    )
    REPORTS.mkdir(exist_ok=True)

    def stage() -> Stage:
        return open_stage(config, REPORTS / "proof", options.features)

    console = Console()
    console.print(f"proof with seed {seed}; running the baseline")
    campaign = Campaign(stage)
    results: list[Result] = []
    try:
        chosen = choose(campaign.run_baseline(), options, seed)
        results = _prove_all(campaign, chosen, console)
    finally:
        campaign.close()
    _conclude(results, seed, options.record, console)
    return 0


def choose(every: Sequence[Fault], options: Namespace, seed: int) -> list[Fault]:
    """Return the faults that the options ask for, as a sample that the seed fixes."""
    chosen = [
        fault
        for fault in every
        if options.operation in (None, fault.operation.name) and options.family in (None, fault.family)
    ]
    if options.only_survivors:
        before = json.loads((REPORTS / "proof.json").read_text(encoding="utf-8"))
        words = {row["fault"] for row in before["survivors"]}
        return [fault for fault in chosen if fault.words in words]
    if 0 < options.sample < len(chosen):
        return random.Random(seed).sample(chosen, options.sample)  # noqa: S311 a sample, not a secret
    return chosen


def _prove_all(campaign: Campaign, chosen: Sequence[Fault], console: Console) -> list[Result]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    results: list[Result] = []
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("faults", total=len(chosen))
        try:
            for fault in chosen:
                results.append(campaign.prove(fault))
                missed = sum(one.served and not one.killed_by for one in results)
                progress.update(task, advance=1, description=f"faults, {missed} unnoticed")
        except KeyboardInterrupt:
            console.print("interrupted; what was measured is kept")
    return results


def _conclude(results: Sequence[Result], seed: int, record: bool, console: Console) -> None:
    found = report.summary(seed, results, equivalent.load())
    report.write(found, REPORTS)
    console.print(report.markdown(found), markup=False, highlight=False)
    if record:
        text = json.dumps({"operations": report.proven_operations(results)}, indent=1)
        PROVEN.write_text(text + "\n", encoding="utf-8")
