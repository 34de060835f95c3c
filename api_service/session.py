"""One run against one service: everything that is made once, and how a scenario gets its world."""

import secrets
from collections import ChainMap
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import httpx

from acceptance import timestamps
from acceptance.calls.client import Client, Connection, Observer
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.calls.undo_ledger import FOLDER, Ledger, Undos
from acceptance.checks.answer_check import AnswerCheck, Rules
from acceptance.checks.deviations import WITHOUT_ZONES, declared_in
from acceptance.contract import document
from acceptance.errors import SuiteError, TargetError, unwritable
from acceptance.reports import coverage
from acceptance.reports.exchange_log import Journal
from acceptance.run.gates import GateBook
from acceptance.verdicts.known_issues import KnownIssues
from api_service import settings, target
from api_service.access import matrix
from api_service.doubles import Doubles
from api_service.gates import GATES
from api_service.health import fault
from api_service.people.accounts import People
from api_service.people.seed import Cast, seed
from api_service.rules import answers
from api_service.rules.memory import Memory
from api_service.world import Suite, World

SMOKE_TEST = "/v1/smoke_test/"
# So many calls in a row that run into their deadline are no accident of one operation.
LOST_AFTER = 5


class Session:
    """A run: target, seeded people, journal and ledger. Made by `open_session`, ended by `close`."""

    def __init__(self, config: settings.Settings, where: target.Target, reports: Path) -> None:
        self.settings, self.target, self.reports = config, where, reports
        self.gates = GateBook(GATES, config.gates)
        self.run_id = secrets.token_hex(3)
        self.contract = document.load()
        self._declared, self.deviations = declared_in(config.known_issues, config.backend)
        self.known_issues = KnownIssues(())
        self.journal = Journal(reports / "exchanges.jsonl")
        # Told of every exchange of the run, whoever made it.
        self.listeners: list[Observer] = [self._count_unanswered, self.journal.note]
        # 2048 addresses for each of 2^17 runs, from 10.0.0.0 on: limits by address never meet another run's.
        self._network = IPv4Address("10.0.0.0") + (int(self.run_id, 16) % 2**17) * 2048
        self._scenarios = 0
        self.connection = self._connect(where.base_url)
        self._petsage = self._connect_petsage()
        self.client = self._new_client(self.connection, [answers.findings])
        self.people = People(self.client, config.token_audience)
        self.ledger = Ledger(reports / FOLDER / f"{self.run_id}.jsonl", {"base_url": config.base_url})
        doubles, nobody = Doubles(where.doubles), Cast({}, "")
        self.suite = Suite(self.contract, config, self.run_id, self.people, doubles, nobody)
        self._whole = True
        self.lost = False
        self.scenario_tags: dict[str, frozenset[str]] = {}
        self._unanswered = 0

    def _connect(self, base_url: str) -> Connection:
        return Connection(base_url, self.contract, self.settings.http_timeout, self.settings.stream_timeout)

    def _connect_petsage(self) -> Connection:
        if self.settings.petsage_url in {"", self.target.base_url}:
            return self.connection
        connection = self._connect(self.settings.petsage_url)
        # An open gate promises the operation, so that a missing one is a failure.
        connection.learn_served({"paths": {SMOKE_TEST: {"get": {}}}})
        return connection

    def _new_client(
        self, connection: Connection, rules: Sequence[Rules], *keepers: Observer, **caller: str
    ) -> Client:
        check = AnswerCheck(self.contract, self.deviations, *rules)
        address = str(self._network + self._scenarios % 2048)
        return Client(connection, [check, *keepers, self._note], address=address, **caller)

    def prepare(self, everybody: bool = True) -> None:
        """Reach the service, learn what it serves and seed it; raises TargetError when that fails.

        Unless `everybody` is wanted at once, as in a run of the whole suite, most people are seeded when a
        scenario first needs them.
        """
        self._whole = everybody
        health = self.client.send(Call("the suite", "GET", "/health"))
        wrong = fault(health, self.connection.base_url)
        if wrong:
            raise TargetError(wrong)
        if not self.settings.embedded and timestamps.lacks_zone(health.body):
            self.deviations.adopt(WITHOUT_ZONES)
        self.known_issues = KnownIssues(self._declared, self.settings.backend, health.body["version"])
        # The contract is exported from the embedded service: the two documents are one.
        served = self.contract.document if self.settings.embedded else self._document()
        self.connection.learn_served(served)
        self.suite.cast = seed(self.client, self.settings, everybody)

    def begin(self, scenario: str, location: str) -> World:
        """Return the fresh world of a scenario; its calls carry the location and an address of their own."""
        self._scenarios += 1
        memory, exchanges = Memory(), list[Exchange]()
        caller = {"scenario": scenario, "request_name": location}
        client = self._new_client(
            self.connection, [answers.findings, memory.findings], exchanges.append, **caller
        )
        petsage = client
        if self._petsage is not self.connection:
            # Another service: it keeps the contract of its operation, not what holds for the api-service.
            petsage = self._new_client(self._petsage, [], exchanges.append, **caller)
        people = ChainMap({}, self.suite.cast.people)
        undos = Undos(self.ledger)
        return World(self.suite, client, petsage, undos, people, self._scenarios, memory, exchanges)

    def is_lost(self) -> bool:
        """Whether the service has stopped answering, so that waiting out every deadline to come is no use."""
        if self._unanswered >= LOST_AFTER:
            self.lost = bool(self.client.send(Call("the suite", "GET", "/health")).failure)
        return self.lost

    def report_lines(self) -> list[str]:
        """Return the lines that end the terminal summary: deviations, slowest operations, coverage, paths."""
        report = self.coverage()
        slowest = [f"  {seconds * 1000:6.0f} ms  {name}" for name, seconds in self.journal.slowest()]
        return [
            *self.deviations.lines(),
            "slowest operations:",
            *slowest,
            f"coverage: {report['covered']}/{report['total']} operations of {report['target']}",
            f"reports: {self.reports}/ (allure-results, junit, coverage.md, exchanges.jsonl)",
        ]

    def coverage(self) -> dict[str, Any]:
        """Return the coverage of the run so far."""
        tallies, effects = self.journal.tallies, coverage.proven()
        report = coverage.summary(self.target.name, self.contract, tallies, effects, self.scenario_tags)
        return {**report, "gates": self.gates.rows(), "access": matrix(), "whole": self._whole}

    def close(self) -> None:
        """Sign everybody out, write the coverage and stop the embedded service; always stops it.

        Raises SuiteError when something could not be ended or written.
        """
        try:
            failed = [] if self.lost else self.people.sign_out_all()
            coverage.write(self.coverage(), self.reports)
            self.ledger.close()
            if self.lost:
                raise SuiteError(f"{self.connection.base_url} stopped answering; the rest was not run")
            if failed:
                raise SuiteError(explain(failed[0], "everybody to be signed out at the end"))
        except OSError as error:
            raise SuiteError(f"the reports in {self.reports}/ cannot be written: {error}") from None
        finally:
            # Each of them, whatever the one before met with: a full disk, say.
            with ExitStack() as ends:
                for end in (self.target.stop, self._petsage.close, self.connection.close, self.journal.close):
                    ends.callback(end)

    def _note(self, exchange: Exchange) -> None:
        for listener in self.listeners:
            listener(exchange)

    def _count_unanswered(self, exchange: Exchange) -> None:
        late = not exchange.status and exchange.seconds >= self.connection.timeout
        self._unanswered = self._unanswered + 1 if late else 0

    def _document(self) -> dict[str, Any]:
        """Return the target's own OpenAPI document, or an empty one where it publishes none."""
        try:
            return document.document_in(self.connection.fetch("/openapi.json"))
        except (httpx.HTTPError, ValueError):
            return {}


def open_session(
    reports: Path,
    config: settings.Settings | None = None,
    through: Callable[[str], str] | None = None,
    everybody: bool = True,
) -> Session:
    """Return a prepared session: settings read, target started, service seeded.

    `through` may put something between the suite and the service: it gets the service's URL and returns
    the one to call. `everybody` is as for `prepare`. Raises ConfigurationError or TargetError, and leaves
    nothing running then.
    """
    config = config or settings.Settings.load()
    try:
        reports.mkdir(parents=True, exist_ok=True)
        where, config = target.start(config, reports)
    except OSError as error:
        raise unwritable(reports, error) from None
    try:
        if through:
            where.base_url = through(where.base_url)
        session = Session(config, where, reports)
        session.prepare(everybody)
    except OSError as error:
        where.stop()
        raise unwritable(reports, error) from None
    except BaseException:
        where.stop()
        raise
    return session
