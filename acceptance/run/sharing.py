"""How the sessions of worker processes and the one that began the run are one: what each has and tells."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from acceptance import redaction
from acceptance.calls.client import Connection, Observer
from acceptance.calls.exchange import Exchange
from acceptance.checks.deviations import Deviation, Deviations
from acceptance.contract.document import Contract
from acceptance.reports.exchange_log import Journal
from acceptance.scenarios import ledger_file
from acceptance.scenarios.scenario import Scenario
from acceptance.scenarios.undo_ledger import FOLDER, Ledger, Undos
from acceptance.settings.settings import Settings
from acceptance.target.residue import Origins
from acceptance.target.target import Target
from acceptance.target.unserved import Unserved

# What the other process knows, or nobody there looks at.
UNSAID: dict[str, Any] = {"operation": None, "content": b"", "shown_answer": None, "shown_sent": None}


@dataclass(frozen=True)
class News:
    """What a worker's session noted since it last told; secrets are in it, so it is never written.

    The exchanges come by the names of their operations, which every process knows by itself. `lost`, and
    what cannot be written in `problems` (the ledger, the exchanges), are as they stand now.
    """

    exchanges: Iterable[tuple[str, Exchange]]
    scenarios: Mapping[int, str]
    met: Mapping[Deviation, int]
    asked: frozenset[str]
    own_secrets: frozenset[str]
    met_secrets: frozenset[str]
    lost: str
    problems: tuple[str, str]


class SharedSession:
    """The part of a session that is about worker processes, forked from the one that began the run."""

    settings: Settings
    target: Target
    reports: Path
    run_id: str
    contract: Contract
    deviations: Deviations
    unserved: Unserved
    origins: Origins
    connection: Connection
    journal: Journal
    ledger: Ledger
    undos: Undos
    listeners: list[Observer]
    begin: Callable[[str, str], Scenario]
    lost: str
    # The number of the process, from 1; 0 for the one that began the run.
    worker = 0

    def begin_ledger(self) -> Ledger:
        """Return the ledger of this process. Raises OSError when it cannot be begun."""
        return Ledger(self._ledger_path(self.worker), {"base_url": self.settings.base_url})

    def tell(self, exchange: Exchange) -> None:
        """Tell the listeners of an exchange."""
        for listener in self.listeners:
            listener(exchange)

    def enter_worker(self, worker: int, ask: Callable[..., Any]) -> None:
        """Go on in a forked process: with connections and a ledger of its own, and telling news.

        `ask` calls a method of the first process's session, by its name. Raises OSError when the ledger
        cannot be begun.
        """
        self.worker = worker
        self.connection.reopen()
        # What the first process started is not this one's to stop.
        self.target.processes = []
        self.ledger = self.begin_ledger()
        self.undos = Undos(self.ledger)
        self._untold: list[Exchange] = []
        self.listeners[:] = [self._untold.append]
        self._told_secrets = redaction.learnt()
        self._forget_told()

    def end_worker(self) -> None:
        """End what this process has open; raises SuiteError when that fails."""
        self.target.stop()
        self.ledger.close()

    def news(self) -> News:
        """Return what was noted in this process since it last told."""
        (told_own, told_met), (own, met) = self._told_secrets, redaction.learnt()
        news = News(
            [(one.operation.name, replace(one, **UNSAID)) for one in self._untold],
            dict(self.origins.scenarios),
            Counter(self.deviations.met),
            frozenset(self.unserved.asked),
            own - told_own,
            met - told_met,
            self.lost,
            (self.ledger.problem, self.journal.problem),
        )
        self._told_secrets = own, met
        self._forget_told()
        return news

    def learn(self, news: News) -> None:
        """Note what happened in a worker as if it had happened here."""
        if news.own_secrets:
            redaction.learn(*news.own_secrets)
        redaction.learn_met(news.met_secrets)
        self.origins.scenarios |= news.scenarios
        self.deviations.met.update(news.met)
        self.unserved.asked |= news.asked
        self.lost = self.lost or news.lost
        ledger, journal = news.problems
        self.ledger.problem = self.ledger.problem or ledger
        self.journal.problem = self.journal.problem or journal
        operations = {one.name: one for one in self.contract}
        for name, exchange in news.exchanges:
            self.tell(replace(exchange, operation=operations[name]))

    def take_over(self, worker: int, scenario: str, location: str) -> None:
        """Undo what a worker left that was killed in a scenario; raises AssertionError for what stays."""
        path = self._ledger_path(worker)
        if not path.exists():
            return
        heir = self.begin(scenario, location)
        for undo in ledger_file.read(path.read_bytes()).entries.values():
            heir.undos.add(undo)
        path.unlink()
        heir.clean_up()

    def _forget_told(self) -> None:
        for noted in (self._untold, self.origins.scenarios, self.deviations.met, self.unserved.asked):
            noted.clear()

    def _ledger_path(self, worker: int) -> Path:
        name = f"{self.run_id}-{worker}" if worker else self.run_id
        return self.reports / FOLDER / f"{name}.jsonl"
