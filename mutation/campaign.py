"""What the suite says to each mutant of a sample, kept in a database so that it can go on later."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from acceptance.errors import ConfigurationError
from mutation.mutants import change, draw, mutated
from mutation.scenarios import Scenarios
from mutation.workplace import SURVIVED, Outcome, Workplace


def opened(asked: Namespace, kept: Path, fingerprint: str) -> Path:
    """Return the database of what was asked for; the one of before if the code is the same.

    Raises ConfigurationError when there is no mutant to try.
    """
    kept.mkdir(parents=True, exist_ok=True)
    last = max(kept.glob("*.sqlite"), key=lambda path: path.stat().st_mtime, default=None)
    if asked.only_survivors and last:
        asked.seed = int(last.stem.partition("-")[0])
    told = f"{fingerprint} {asked.sample} {asked.modules} {asked.all} {asked.only_survivors and last}"
    path = kept / f"{asked.seed}-{sha256(told.encode()).hexdigest()[:12]}.sqlite"
    if not path.exists():
        drawn = _survivors(last) if asked.only_survivors else draw(asked.modules, asked.seed, asked.sample)
        if not drawn:
            raise ConfigurationError("no mutant fits what was asked for")
        with use_db(str(path)) as session:
            session.add_work_items(drawn)
    return path


def _survivors(last: Path | None) -> list[WorkItem]:
    """Return the mutants that survived the last time, less those whose code has changed since."""
    if last is None:
        return []
    with use_db(str(last)) as session:
        return [
            item
            for item, result in session.completed_work_items
            if result.test_outcome == TestOutcome.SURVIVED
            and change(*mutated(item.mutations[0])) == result.diff
        ]


def run(session: WorkDB, scenarios: Scenarios, original: Workplace, jobs: int) -> Iterator[str]:
    """Try each mutant that has no result yet, keep what becomes of it, and yield it in words."""
    free: SimpleQueue[Workplace] = SimpleQueue()
    for number in range(jobs):
        free.put(Workplace(original.folder.with_name(f"worker-{number}")))
    keen: Counter[str] = Counter()
    with ThreadPoolExecutor(jobs) as pool:
        pending = session.pending_work_items
        tried = {pool.submit(_try, item, scenarios, free, keen): item.job_id for item in pending}
        try:
            for done in as_completed(tried):
                session.set_result(tried[done], result := done.result())
                yield f"{result.output}: {' becomes '.join((result.diff or '').splitlines())}"
        finally:
            pool.shutdown(cancel_futures=True)


def _try(
    item: WorkItem, scenarios: Scenarios, free: SimpleQueue[Workplace], keen: Counter[str]
) -> WorkResult:
    mutant = item.mutations[0]
    code, other = mutated(mutant)
    workplace, outcome = free.get(), Outcome(SURVIVED, "no scenario executes it")
    try:
        # What has noticed others is asked early.
        if locations := scenarios.touching(mutant.module_path, mutant.start_pos[0], keen):
            with workplace.changed(mutant.module_path, other):
                outcome = workplace.run(locations)
    finally:
        free.put(workplace)
    keen[outcome.where] += 1
    test_outcome = TestOutcome.SURVIVED if outcome.kind == SURVIVED else TestOutcome.KILLED
    return WorkResult(WorkerOutcome.NORMAL, str(outcome), test_outcome, change(code, other))
