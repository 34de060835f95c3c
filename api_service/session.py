"""One run against one service: everything that is made once, and how a scenario gets its world."""

import secrets
from collections import ChainMap
from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import httpx

from acceptance import timestamps
from acceptance.calls.client import Api
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.calls.undo_ledger import FOLDER, Ledger, Undo, undo_call
from acceptance.checks import deviations
from acceptance.checks.contract_check import ContractCheck
from acceptance.contract import document
from acceptance.errors import SuiteError, TargetError, unwritable
from acceptance.reports import coverage
from acceptance.reports.exchange_log import Journal
from acceptance.run.gates import GateBook
from acceptance.verdicts import known_issues
from acceptance.verdicts.known_issues import KnownIssues
from api_service import settings, target
from api_service.access import matrix
from api_service.doubles import Doubles
from api_service.gates import GATES
from api_service.health import fault
from api_service.people.accounts import People, Person
from api_service.people.seed import Cast, seed
from api_service.rules import answers
from api_service.world import World

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
        tables = known_issues.read(config.known_issues)
        self.deviations = deviations.parse(config.known_issues, tables.get("deviation", []), config.backend)
        self._known_tables = known_issues.parse(config.known_issues, tables.get("known", []))
        self.known_issues = KnownIssues(())
        self.journal = Journal(reports / "exchanges.jsonl")
        self.api = self._new_api(where.base_url)
        self.petsage = self._petsage()
        self.doubles = Doubles(where.doubles)
        self.people = People(self.api, config.token_audience)
        self.ledger = Ledger(reports / FOLDER / f"{self.run_id}.jsonl", {"base_url": config.base_url})
        self.cast: Cast = Cast({}, "")
        self._world: World | None = None
        self._scenarios = 0
        self._whole = True
        self.lost = False
        self.scenario_tags: dict[str, frozenset[str]] = {}
        self._unanswered = 0

    def _new_api(self, base_url: str) -> Api:
        api = Api(base_url, self.contract, self.settings.http_timeout, self.settings.stream_timeout)
        api.checks = [ContractCheck(self.contract, self.deviations), self._judge]
        api.record = self._note
        return api

    def _petsage(self) -> Api:
        if self.settings.petsage_url in {"", self.target.base_url}:
            return self.api
        # Another service: it keeps the contract of its operation, not what holds for the api-service.
        api = self._new_api(self.settings.petsage_url)
        api.checks = [ContractCheck(self.contract, self.deviations)]
        # An open gate promises the operation, so that a missing one is a failure.
        api.learn_served({"paths": {SMOKE_TEST: {"get": {}}}})
        return api

    def prepare(self, everybody: bool = True) -> None:
        """Reach the service, learn what it serves and seed it; raises TargetError when that fails.

        Unless `everybody` is wanted at once, as in a run of the whole suite, most people are seeded when a
        scenario first needs them.
        """
        self._whole = everybody
        # 2048 addresses for each of 2^17 runs, from 10.0.0.0 on: limits by address never meet another run's.
        self._network = IPv4Address("10.0.0.0") + (int(self.run_id, 16) % 2**17) * 2048
        self.api.client_address = str(self._network)
        health = self.api.send(Call("the suite", "GET", "/health"))
        health.looked_at = True
        wrong = fault(health, self.api.base_url)
        if wrong:
            raise TargetError(wrong)
        if not self.settings.embedded and timestamps.lacks_zone(health.body):
            self.deviations.adopt(deviations.WITHOUT_ZONES)
        self.known_issues = KnownIssues(self._known_tables, self.settings.backend, health.body["version"])
        # The contract is exported from the embedded service: the two documents are one.
        self.api.learn_served(self.contract.document if self.settings.embedded else self._document())
        self.cast = seed(self.api, self.settings, everybody)

    def begin(self, scenario: str, location: str) -> World:
        """Return the fresh world of a scenario; its calls carry the location and an address of their own."""
        self._scenarios += 1
        self.api.request_name = location
        self.api.client_address = str(self._network + self._scenarios % 2048)
        self._mark = self.ledger.mark()
        self._world = World(self, scenario, ChainMap({}, self.cast.people), ordinal=self._scenarios)
        return self._world

    def clean_up(self) -> None:
        """Undo what the scenario made, last first; raises AssertionError that names what was left behind."""
        failures = self.ledger.undo_since(self._mark, self.perform)
        if failures:
            raise AssertionError("cleanup failed: " + "; ".join(failures))

    def perform(self, undo: Undo) -> Exchange:
        """Make an undo call as the person who is named in it."""
        person = Person("cleanup", undo.email, self.settings.user_password, tenant_id=undo.tenant_id)
        return self.api.send(undo_call(undo, self.people.token(self._known(person))))

    def is_lost(self) -> bool:
        """Whether the service has stopped answering, so that waiting out every deadline to come is no use."""
        if self._unanswered >= LOST_AFTER:
            probe = self.api.send(Call("the suite", "GET", "/health"))
            probe.looked_at = True
            self.lost = bool(probe.failure)
        return self.lost

    def finish(self, world: World) -> None:
        """End a scenario's world; raises AssertionError for a failed answer that no step looked at."""
        unread = world.unread()
        self._world = None
        if unread:
            first = explain(unread[0], "an answer that nobody needs to look at")
            raise AssertionError(f"{len(unread)} answer(s) failed and no step looked: {first}")

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
                raise SuiteError(f"{self.api.base_url} stopped answering; the rest was not run")
            if failed:
                raise SuiteError(explain(failed[0], "everybody to be signed out at the end"))
        except OSError as error:
            raise SuiteError(f"the reports in {self.reports}/ cannot be written: {error}") from None
        finally:
            # Each of them, whatever the one before met with: a full disk, say.
            with ExitStack() as ends:
                for end in (self.target.stop, self.petsage.close, self.api.close, self.journal.close):
                    ends.callback(end)

    def _known(self, person: Person) -> Person:
        """Prefer the seeded person of the same address and tenant, whose token is cached."""
        same = (one for one in self.cast.people.values() if one.email == person.email)
        return next((one for one in same if one.tenant_id == person.tenant_id), person)

    def _judge(self, exchange: Exchange) -> None:
        """Add what an answer breaks by itself, and what it contradicts in its scenario."""
        found = answers.findings(exchange)
        if self._world is not None:
            found += self._world.memory.findings(exchange)
        exchange.findings += self.deviations.remaining(exchange.operation.name, found)

    def _note(self, exchange: Exchange) -> None:
        if self._world is not None:
            exchange.scenario = self._world.name
            self._world.exchanges.append(exchange)
        late = not exchange.status and exchange.seconds >= self.api.timeout
        self._unanswered = self._unanswered + 1 if late else 0
        self.journal.note(exchange)

    def _document(self) -> dict[str, Any]:
        """Return the target's own OpenAPI document, or an empty one where it publishes none."""
        try:
            return document.document_in(self.api.fetch("/openapi.json"))
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
    if through:
        where.base_url = through(where.base_url)
    try:
        session = Session(config, where, reports)
        session.prepare(everybody)
    except OSError as error:
        where.stop()
        raise unwritable(reports, error) from None
    except BaseException:
        where.stop()
        raise
    return session
