"""Proof: the service is broken in many ways, and what the suite notices is counted.

A green run is worth what the suite would have noticed. A proxy in front of the target serves one fault
at a time, and the scenarios that touch the faulty operation are run.
"""

import secrets
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from acceptance.contract.document import load
from acceptance.errors import ConfigurationError, SuiteError
from acceptance.prove import equivalent, report
from acceptance.prove.campaign import Campaign, Result, Stage, open_stage
from acceptance.prove.driver import Driver
from acceptance.prove.effect_faults import Known
from acceptance.prove.faults import Fault, families
from acceptance.reports.coverage import PROVEN
from acceptance.reports.masked_output import obeyed
from acceptance.run import project
from acceptance.run.tags import misspelt_tag
from acceptance.visible import shown

T = TypeVar("T")
REPORTS = Path("reports")
SAMPLE = 200
INTERRUPTED = 130
HTTP_SECONDS = 2.5
STREAM_SECONDS = 3.0
# Suite and proxy take turns in one process: each hand-over must not cost the usual five milliseconds.
TURN_SECONDS = 0.0005


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what can be asked of a proof."""
    parser.add_argument("--seed", type=int, help="repeat an earlier sample")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many faults; 0 takes all")
    parser.add_argument(
        "--operation", action="append", help='only this one, such as "GET /health"; again for more'
    )
    parser.add_argument(
        "--family", action="append", help='only this family, such as "field lost"; again for more'
    )
    parser.add_argument("--only-survivors", action="store_true", help="only what survived the last proof")
    parser.add_argument("--record", action="store_true", help=f"add to {PROVEN} what was noticed")
    parser.add_argument("--tags", help='only scenarios with these tags, such as "not @provider"')
    parser.add_argument("features", nargs="*", help="feature files or folders; all when none is named")


def run(options: Namespace) -> int:
    """Run a proof, write its reports and print the table.

    Returns 0, 1 when a scenario was red without any fault, 130 when it was interrupted.
    """
    _check(options)
    sys.setswitchinterval(TURN_SECONDS)
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    console = Console(file=obeyed(sys.stdout))
    driver = Driver([*([f"--tags={options.tags}"] if options.tags else []), *options.features])
    console.print(f"proof with seed {seed}")
    campaign = Campaign(driver, _stages())
    results: list[Result] = []
    stopped = 0
    try:
        for _ in _counted("baseline", campaign.run_baseline(), len(campaign.titles), console):
            pass
        _measure(campaign, choose(campaign.faults(), options, seed), results, console)
    except KeyboardInterrupt:
        stopped = INTERRUPTED
        console.print("interrupted; what was measured is kept")
    except SuiteError as error:
        stopped = error.exit_code
        console.print(f"stopped ({shown(str(error))}); what was measured is kept", markup=False)
    finally:
        campaign.close()
    if results:
        _conclude(results, seed, campaign, options.record, console)
    return stopped or int(bool(campaign.baseline.red))


def _check(options: Namespace) -> None:
    """Raise ConfigurationError for what cannot be asked for; a baseline takes minutes."""
    if options.sample < 0:
        raise ConfigurationError(f"--sample is {options.sample}; write how many faults, or 0 for all")
    known = {"--family": families(), "--operation": {operation.name for operation in load()}}
    for option, asked in (("--family", options.family), ("--operation", options.operation)):
        for name in sorted(set(asked or ()) - known[option]):
            near = get_close_matches(name, known[option], n=1)
            hint = f'did you mean "{near[0]}"?' if near else "see the names in reports/proof.md"
            raise ConfigurationError(f'{option}: there is no "{name}"; {hint}')
    misspelt = misspelt_tag([options.tags or ""], project.current().gates)
    if misspelt:
        raise ConfigurationError(misspelt)
    if options.only_survivors:
        report.survivors(REPORTS)


def _measure(campaign: Campaign, chosen: Sequence[Fault], results: list[Result], console: Console) -> None:
    for result in _counted("faults", map(campaign.prove, chosen), len(chosen), console):
        results.append(result)
        if result.served and not result.killed_by:
            console.print(f"unnoticed: {shown(result.fault.words)}", markup=False, highlight=False)


def _conclude(
    results: Sequence[Result], seed: int, campaign: Campaign, recorded: bool, console: Console
) -> None:
    found = report.summary(seed, results, equivalent.load(), campaign.baseline.red)
    report.write(found, REPORTS)
    console.print(shown(report.table(found)), markup=False, highlight=False, soft_wrap=True)
    if recorded:
        report.record(results, PROVEN)


def choose(every: Sequence[Fault], options: Namespace, seed: int) -> list[Fault]:
    """Return the faults that the options ask for, as a sample that the seed fixes.

    A fault is drawn by its words, so that a few faults more or less change little of a sample.
    Raises ConfigurationError when there are none.
    """
    chosen = [
        fault
        for fault in every
        if _is_asked_for(fault.operation.name, options.operation)
        and _is_asked_for(fault.family, options.family)
    ]
    if options.only_survivors:
        words = report.survivors(REPORTS)
        chosen = [fault for fault in chosen if fault.words in words]
    elif 0 < options.sample < len(chosen):
        chosen = sorted(chosen, key=lambda fault: _lot(seed, fault))[: options.sample]
    if not chosen:
        raise ConfigurationError("no fault fits what was asked for; see the families in reports/proof.md")
    return chosen


def _is_asked_for(name: str, asked: Sequence[str] | None) -> bool:
    return not asked or name in asked


def _lot(seed: int, fault: Fault) -> bytes:
    return sha256(f"{seed} {fault.words}".encode()).digest()


def _counted(name: str, every: Iterable[T], total: int, console: Console) -> Iterator[T]:
    """Pass everything on and show how much there is to come."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        yield from progress.track(every, total=total, description=name)


def _stages() -> Callable[[Known], Stage]:
    given = project.current().settings.load()
    config = replace(
        given,
        http_timeout=min(given.http_timeout, HTTP_SECONDS) if given.embedded else given.http_timeout,
        stream_timeout=min(given.stream_timeout, STREAM_SECONDS),
    )

    def stage(known: Known) -> Stage:
        REPORTS.mkdir(exist_ok=True)
        return open_stage(config, REPORTS / "proof", known)

    return stage
