"""One run against one service: what is made once, and how it is ended."""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Self

from acceptance.calls.client import Client, Connection, Observer
from acceptance.calls.exchange import Call, Exchange
from acceptance.calls.losses import Losses
from acceptance.checks.answer_check import AnswerCheck, Rules
from acceptance.checks.deviations import declared_in
from acceptance.contract import document
from acceptance.errors import ConfigurationError, NotOfferedError, SuiteError, TargetError, unprepared
from acceptance.reports import coverage
from acceptance.reports.exchange_log import Journal
from acceptance.rules import findings
from acceptance.rules.memory import Memory
from acceptance.run import project
from acceptance.run.sharing import SharedSession
from acceptance.scenarios.scenario import Scenario
from acceptance.scenarios.undo_ledger import Undos
from acceptance.settings.gates import GateBook
from acceptance.settings.settings import Settings
from acceptance.target import production
from acceptance.target.residue import Inventory, Origins, Residue, refuse_residue
from acceptance.target.target import Target
from acceptance.target.unserved import Unserved
from acceptance.verdicts.known_issues import KnownIssues


class Session(SharedSession):
    """A run: target, contract, connection, ledger and exchange log. Hooks find it as `context.session`.

    The runner sets `scenario_tags`: the tags of each selected scenario by its name. `listeners` are told of
    every exchange of the run, whoever made it (of a worker's when its scenario has ended). `lost` says why
    the rest of the run is of no use, if it is.
    """

    # The call that tells whether the service is alive; what it answered first is kept as `health`.
    sign_of_life: Call
    # What holds for every answer.
    rules: Sequence[Rules] = (findings,)
    # The module that serves the embedded target, with its arguments; see `Target.launch`.
    service: ClassVar[Sequence[str]] = ()

    def __init__(self, config: Settings, target: Target, reports: Path) -> None:
        self.settings, self.target, self.reports = config, target, reports
        self.gates = GateBook(config.gate_table, config.gates)
        self.run_id = secrets.token_hex(3)
        self.contract = document.load()
        self._declared, self.deviations = declared_in(config.known_issues, config.backend)
        self.unserved = Unserved(self.contract, self.gates, self.deviations)
        self.learn_version("")
        self.journal = Journal(reports / "exchanges.jsonl")
        self.losses = Losses(config.http_timeout)
        # What scenarios name after the run and themselves; see `Origins`.
        self.origins = Origins(re.compile(rf"-{self.run_id}-(\d+)\b"))
        self.listeners: list[Observer] = [self.losses.note, self.journal.count, self.origins.note]
        # How many scenarios have begun: the newest one's number.
        self.begun = 0
        self.connection = self.connect(target.base_url)
        self.client = self.new_client(self.connection, self.rules)
        self.ledger = self.begin_ledger()
        # What the run makes beside its scenarios.
        self.undos = Undos(self.ledger)
        self.whole = True
        self.lost = ""
        self.is_proxied = False
        self.scenario_tags: dict[str, frozenset[str]] = {}

    @classmethod
    def open(
        cls,
        reports: Path,
        config: Settings | None = None,
        through: Callable[[str], str] | None = None,
        everybody: bool = True,
    ) -> Self:
        """Return a prepared session: target started, service reached and seeded.

        `through` may put something between the suite and the service: it gets the service's URL and returns
        the one to call. Raises ConfigurationError or TargetError, and leaves nothing running then.
        """
        try:
            reports.mkdir(parents=True, exist_ok=True)
            target, config = cls.start(config or project.current().settings.load(), reports)
        except OSError as error:
            raise unprepared(reports, error) from None
        with ExitStack() as ends:
            ends.callback(target.stop)
            try:
                if through:
                    target.base_url = through(target.base_url)
                session = cls(config, target, reports)
                ends.callback(session.ledger.close)
                session.is_proxied = through is not None
                session.prepare(everybody)
            except OSError as error:
                raise unprepared(reports, error) from None
            ends.pop_all()
        return session

    @classmethod
    def start(cls, config: Any, reports: Path) -> tuple[Target, Any]:
        """Return the target and the settings that go with it; raises TargetError when it does not start."""
        target = Target(base_url=config.base_url, name=config.base_url or coverage.EMBEDDED)
        if config.embedded:
            target.launch(cls.service, reports / "service.log")
        return target, config

    def prepare(self, everybody: bool) -> None:
        """Reach the service and seed it, for `everybody` or a few scenarios; or raises TargetError."""
        self.whole = everybody
        try:
            self.health = self.client.send(self.sign_of_life)
        except NotOfferedError as error:
            raise TargetError(f"{self.target.base_url} answers, but {error}; is it the right one?") from None
        # Before anything else is said of it: nobody should mend a production service to be tested.
        if refused := production.refusal(self.health, self.settings):
            raise ConfigurationError(refused)
        if wrong := self.fault(self.health):
            raise TargetError(wrong)
        self.residue = Residue(self.client, self.origins, self.health.answered_at)

    def fault(self, health: Exchange) -> str:
        """Return what is wrong with the answer to the sign of life; any that keeps the contract will do."""
        if not health.failure and not health.findings and health.status < 500:
            return ""
        got = health.failure or "; ".join(map(str, health.findings)) or f"got status {health.status}"
        return f"{got}; start the service, or mend {self.settings.name_of('base_url')} ({health.url})"

    def sign_in(self, world: Scenario, person: str) -> str | None:
        """Return the token with which a person calls in a scenario; None for somebody who is signed out."""
        return None

    def begin(self, scenario: str, location: str) -> Scenario:
        """Return a fresh scenario; its calls carry its title and location."""
        self.number(scenario)
        exchanges = list[Exchange]()
        caller = {"scenario": scenario, "request_name": location}
        rules = [*self.rules, Memory().findings]
        client = self.new_client(self.connection, rules, exchanges.append, **caller)
        return Scenario(client, Undos(self.ledger), exchanges, sign_in=self.sign_in)

    def number(self, scenario: str) -> int:
        """Return the number of a scenario that begins, by which what it makes is told from others."""
        self.begun += 1
        self.origins.scenarios[self.begun] = scenario
        return self.begun

    def learn_version(self, version: str) -> None:
        """Keep the known issues that apply to this version of the target; it may be empty."""
        self.known_issues = KnownIssues(self._declared, self.settings.backend, version)

    def connect(self, base_url: str) -> Connection:
        """Return a connection to a service that keeps the contract."""
        return Connection(base_url, self.contract, self.settings.http_timeout, self.settings.stream_timeout)

    def new_client(self, to: Connection, rules: Sequence[Rules], *keepers: Observer, **caller: str) -> Client:
        """Return a client whose answers are checked by contract and rules, then given to the keepers."""
        check = AnswerCheck(self.contract, self.deviations, *rules)
        return Client(to, [check, *keepers, self.journal.write, self.tell], **caller)

    def is_lost(self) -> bool:
        """Whether the rest of the run is of no use: no answers any more, or no ledger."""
        gone = "the service had stopped answering"
        if self.ledger.problem:
            self.lost = "the ledger cannot be written"
        elif self.losses.hopeless:
            self.lost = gone
        elif self.losses.suspicious:
            self.lost = gone if self.client.send(self.sign_of_life).failure else ""
        return bool(self.lost)

    def report_lines(self) -> list[str]:
        """Return the lines that end the terminal summary: losses, deviations, slowest, coverage, paths."""
        report, lost = self.coverage(), self.losses.summary
        slowest = [f"  {seconds * 1000:6.0f} ms  {name}" for name, seconds in self.journal.slowest()]
        return [
            *([f"lost reads: {lost}"] if lost else []),
            *self.deviations.lines(),
            *self.residue.lines(),
            "slowest operations:",
            *slowest,
            f"coverage: {report['covered']}/{report['total']} operations of {report['target']}",
            f"reports: {self.reports}/ (allure-results, junit, coverage.md, exchanges.jsonl)",
        ]

    def lacking(self, whole: bool) -> str:
        """Return which operations the target lacks; see `Unserved.lacking`. Empty when it lacks none.

        In a `whole` run, of which every scenario was reached, what the target's own document leaves out and
        no scenario came to ask for is lacking as well.
        """
        asked = {name for name, tally in self.journal.tallies.items() if tally.scenarios}
        unlisted = (one.name for one in self.contract if not self.connection.lists(one))
        others = set(unlisted) - asked if whole and self.connection.has_document else ()
        return self.unserved.lacking(self.settings.name_of("known_issues"), others)

    def outdated(self) -> list[str]:
        """Return a sentence for each operation that is declared as not served and that succeeded."""
        tallies = self.journal.tallies.items()
        return self.unserved.outdated(name for name, tally in tallies if tally.succeeded_in - {""})

    def facts(self) -> dict[str, str]:
        """Return what reports say of the run as a whole, by name."""
        return {"lost_reads": self.losses.summary or "(none)"}

    def complaints(self) -> dict[str, str]:
        """Return what the service did wrong in no scenario of its own: the fault by a title."""
        return {"Lost reads": self.losses.complaint} if self.losses.complaint else {}

    def access_matrix(self) -> list[dict[str, str]]:
        """Return who may do what, a row for each operation, for the coverage page."""
        return []

    def coverage(self) -> dict[str, Any]:
        """Return the coverage of the run so far."""
        tallies, effects = self.journal.tallies, coverage.proven()
        report = coverage.summary(self.target.name, self.contract, tallies, effects, self.scenario_tags)
        return {**report, "gates": self.gates.rows(), "access": self.access_matrix(), "whole": self.whole}

    def inventories(self) -> Iterable[Inventory]:
        """Return the lists that may show what a run has left behind."""
        return ()

    def left_behind(self, inventories: Iterable[Inventory]) -> list[str]:
        """Return in words what this run made and is still there; the ledger gets how to remove it."""
        found = []
        for operation, finding, undo in chain.from_iterable(map(self.residue.look, inventories)):
            if self.deviations.remaining(operation.name, [finding]):
                found.append(finding.what)
                if undo:
                    self.ledger.add(undo)
        return found

    def end(self) -> None:
        """End what the run has open; raises SuiteError when that fails or something is left behind."""
        refuse_residue(self.left_behind(self.inventories()))

    def close(self) -> None:
        """End the run, write the coverage, always stop what was started; raises SuiteError when one fails."""
        try:
            try:
                if self.lost and not self.ledger.problem:
                    raise SuiteError(f"{self.connection.base_url} stopped answering; the rest was not run")
                self.end()
                if problem := self._unwritten():
                    raise SuiteError(problem)
            finally:
                self.ledger.close()
                coverage.write(self.coverage(), self.reports)
        except OSError as error:
            problem = self._unwritten() or f"the reports in {self.reports}/ cannot be written: {error}"
            raise SuiteError(problem) from None
        finally:
            # Each of them, whatever the one before met with: a full disk, say.
            with ExitStack() as ends:
                for end in (self.target.stop, self.connection.close, self.journal.close):
                    ends.callback(end)

    def _unwritten(self) -> str:
        """Return what could not be written down during the run, in words, or an empty string."""
        if self.ledger.problem:
            return f"{self.ledger.problem}; the rest was not run"
        return self.journal.problem
