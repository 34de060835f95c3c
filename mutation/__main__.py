"""Mutants: the reference service's own code is changed at one place at a time, and the suite has to notice.

Each mutant is shown to the scenarios that have the changed code executed, the most likely ones first.
"""

import secrets
import signal
import sys
from argparse import ArgumentParser, Namespace
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.work_db import use_db
from rich.console import Console
from rich.progress import track

from acceptance.errors import ConfigurationError, SuiteError
from mutation import campaign, report
from mutation.scenarios import Scenarios, measured
from mutation.workplace import Workplace

REPORTS = Path("reports")
SAMPLE = 150
INTERRUPTED = 130


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("--seed", type=int, help="repeat a sample, or go on where it was interrupted")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many mutants; 0 takes all")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at the same time")
    parser.add_argument("--only-survivors", action="store_true", help="only what survived the last campaign")
    parser.add_argument("--all", action="store_true", help="show every scenario to each mutant")
    parser.add_argument("modules", nargs="*", help="modules or folders; the whole service when none is named")
    asked = parser.parse_args()
    if asked.sample < 0 or asked.jobs < 1:
        raise ConfigurationError("--sample is a number of mutants, or 0 for all; --jobs is at least 1")
    if absent := [path for path in asked.modules if not Path(path).exists()]:
        raise ConfigurationError(f"there is no {absent[0]}; name modules or folders of the reference service")
    asked.seed = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    return asked


def main() -> int:
    """Try mutants, write and print the report; return 0, 130 when interrupted, or what a run ends with."""
    try:
        asked, kept = _options(), REPORTS.resolve() / "mutation"
        with TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True) as folder:
            original = Workplace(Path(folder, "original"))
            # People go on working while a campaign runs: everything is read from its own copy.
            with chdir(original.folder):
                return _run(asked, kept, original)
    except SuiteError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _run(asked: Namespace, kept: Path, original: Workplace) -> int:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    equivalents, stopped = report.equivalents(), 0
    with use_db(str(campaign.opened(asked, kept, original.fingerprint))) as session:
        pending = len(session.pending_work_items)
        console.print(f"{pending} mutants to try, seed {asked.seed}")
        try:
            scenarios = Scenarios(measured(original, kept), asked.all)
            results = campaign.run(session, scenarios, original, asked.jobs)
            for words in track(results, "mutants", pending, console=console):
                console.print(words)
        except KeyboardInterrupt:
            stopped = INTERRUPTED
            console.print(f"interrupted; --seed {asked.seed} goes on")
        mutants = report.tried(session, equivalents)
        text = report.markdown(asked.seed, mutants, len(session.pending_work_items))
    (kept.parent / "mutants.md").write_text(f"# Mutants\n\n{text}", encoding="utf-8")
    console.print(text)
    return stopped


if __name__ == "__main__":
    # Whoever ends a campaign that runs by night finds its report as after an interrupt.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
