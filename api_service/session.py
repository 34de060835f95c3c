"""One run against the api-service: its people and seed, and how a scenario gets its world."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from acceptance import timestamps
from acceptance.calls.client import STRICT_JSON, Client, Connection, Observer
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.checks.answer_check import AnswerCheck, Rules
from acceptance.checks.deviations import WITHOUT_ZONES
from acceptance.errors import NotOfferedError
from acceptance.run import session
from acceptance.scenarios.undo import Undo, undo_call
from acceptance.scenarios.undo_ledger import Undos
from acceptance.target.published_document import published_document
from acceptance.target.residue import Inventory, refuse_residue
from api_service import target
from api_service.access import matrix
from api_service.doubles import Doubles
from api_service.health import fault
from api_service.lending.pool import TenantPool
from api_service.people.accounts import VISITOR, People, Person
from api_service.people.seed import Cast, Seeded, seed
from api_service.residue import ended_sessions, inventories
from api_service.rules import answers
from api_service.rules.memory import Memory
from api_service.settings import Settings
from api_service.world import Suite, World, token_of

SMOKE_TEST = "/v1/smoke_test/"
POLICY = "/api/v1/auth/signup-policy"
FIRST_ADDRESS = IPv4Address("10.0.0.0")


class Session(session.Session):
    """A run with seeded people. Made by `open_session`, ended by `close`."""

    settings: Settings
    sign_of_life = Call("the suite", "GET", "/health")
    rules = (answers.findings,)
    access_matrix = staticmethod(matrix)

    def __init__(self, config: Settings, where: target.Target, reports: Path) -> None:
        super().__init__(config, where, reports)
        self._petsage = self._connect_petsage()
        self._where = where
        self._by_invitation: Session | None = None
        self.people = People(self.client, config.token_audience, f"run-{self.run_id}", self.undos)
        doubles, nobody = Doubles(where.doubles), Cast(Seeded(self.client, config, {}), "")
        tenants = self._new_pool()
        self.suite = Suite(self.contract, config, self.run_id, self.people, doubles, nobody, tenants)

    @classmethod
    def start(cls, config: Any, reports: Path) -> tuple[target.Target, Any]:
        """Return the target and the settings that go with it; see `api_service.target.start`."""
        return target.start(config, reports)

    def new_client(self, to: Connection, rules: Sequence[Rules], *keepers: Observer, **caller: str) -> Client:
        """Return a client with an address of its own, so that limits by address meet no other scenario.

        One of 2048 addresses for each of 2^17 runs, from 10.0.0.0 on. Those of a run lie far apart: some
        limits are counted for all addresses that begin alike.
        """
        address = str(FIRST_ADDRESS + self.begun % 2048 * 2**17 + int(self.run_id, 16) % 2**17)
        return super().new_client(to, rules, *keepers, address=address, **caller)

    def prepare(self, everybody: bool = True) -> None:
        """Reach the service, learn what it serves and seed it; raises TargetError when that fails.

        Unless `everybody` is wanted at once, as in a run of the whole suite, most people are seeded when a
        scenario first needs them.
        """
        super().prepare(everybody)
        self.learn_version(self.health.body["version"])
        self._learn_served()
        self.people.forget_keys()
        self.suite.cast = seed(self.client, self.settings, everybody)

    def fault(self, health: Exchange) -> str:
        """Return what is wrong with the answer to the sign of life; see `api_service.health.fault`."""
        if not self.settings.embedded and timestamps.lacks_zone(health.body):
            self.deviations.adopt(WITHOUT_ZONES)
            health.findings = [one for one in health.findings if one.rule == STRICT_JSON]
            AnswerCheck(self.contract, self.deviations, *self.rules)(health)
        return fault(health, self.connection.base_url)

    def begin(self, scenario: str, location: str) -> World:
        """Return the fresh world of a scenario; its calls carry the location and an address of their own."""
        ordinal = self.number(scenario)
        memory, exchanges = Memory(), list[Exchange]()
        caller = {"scenario": scenario, "request_name": location}
        rules = [*self.rules, memory.findings]
        client = petsage = self.new_client(self.connection, rules, exchanges.append, **caller)
        if self._petsage is not self.connection:
            # Another service: it keeps the contract of its operation, not what holds for the api-service.
            petsage = self.new_client(self._petsage, [], exchanges.append, **caller)
        world = World(
            suite=self.suite,
            client=client,
            petsage=petsage,
            undos=Undos(self.ledger),
            persons=ChainMap({}, self.suite.cast.people),
            ordinal=ordinal,
            memory=memory,
            exchanges=exchanges,
        )
        client.before = world.watch
        return world

    def enter_worker(self, worker: int, ask: Callable[..., Any]) -> None:
        """Go on in a forked process; the people of the run stay signed in and seeded in the first one."""
        super().enter_worker(worker, ask)
        if self._petsage is not self.connection:
            self._petsage.reopen()
        self.people.enter_worker(ask)
        self.suite.cast.people.enter_worker(ask)
        self.suite.tenants = self._new_pool()

    def end_worker(self) -> None:
        """Take down what was lent, sign everybody out of this process; raises SuiteError for what stays."""
        left = self.suite.tenants.close(self._undo)
        left += [explain(one, "everybody to be signed out") for one in self.people.sign_out_all()[:1]]
        super().end_worker()
        refuse_residue(left)

    def token(self, person: Person) -> str:
        """Return a good access token of somebody who belongs to the run."""
        return self.people.token(person)

    def signing_keys(self) -> Mapping[str, Any]:
        """Return what the service publishes to verify tokens with."""
        return self.people.signing_keys()

    def seeded(self, name: str) -> Person:
        """Return a person of the run, seeded."""
        return self.suite.cast.people[name]

    def by_invitation(self, world: World) -> World:
        """Return the scenario's world in a service where only those sign up who are invited.

        A target that is open to everybody does not offer it; beside the embedded one there is such a one.
        """
        if world.must(VISITOR, "GET", POLICY).body["policy"] != "public":
            return world
        if not self.settings.embedded:
            raise NotOfferedError("sign-up is open to everybody here")
        if self._by_invitation is None:
            reports = self.reports / f"by-invitation{self.worker or ''}"
            reports.mkdir(exist_ok=True)
            self._by_invitation = Session(self.settings, target.by_invitation(self._where), reports)
            self._by_invitation.prepare(everybody=False)
        return self._by_invitation.begin(world.client.scenario, world.client.request_name)

    def end(self) -> None:
        """Sign everybody out; raises SuiteError when that is refused or something is left behind."""
        left = self.suite.tenants.close(self._undo)
        left += self.left_behind(self.inventories())
        failed = self.people.sign_out_all()
        # Sessions of sign-ins that were not answered well.
        left += self.undos.perform(self._undo)
        failed += self.people.sign_out_all()
        for ended in self.people.ended.values():
            self.origins.claim(ended.session_id, "the suite, which signed it out")
        left += self.left_behind(ended_sessions(self.suite))
        self.people.ended.clear()
        refuse_residue([*(explain(one, "everybody to be signed out") for one in failed[:1]), *left])

    def _undo(self, undo: Undo) -> Exchange:
        return self.client.send(undo_call(undo, token_of(self.suite, undo)))

    def inventories(self) -> Iterable[Inventory]:
        """Return the lists of the run's tenants and of the platform; see `api_service.residue`."""
        return inventories(self.suite)

    def close(self) -> None:
        """End the run; see `acceptance.run.session.Session.close`."""
        try:
            super().close()
        finally:
            self._petsage.close()

    def _new_pool(self) -> TenantPool:
        undos = Undos(self.ledger)
        return TenantPool(self.client, self.people, self.settings.limits, undos, lambda: self.suite.cast)

    def _connect_petsage(self) -> Connection:
        if self.settings.petsage_url in {"", self.target.base_url}:
            return self.connection
        connection = self.connect(self.settings.petsage_url)
        # An open gate promises the operation, so that a missing one is a failure.
        connection.learn_served({"paths": {SMOKE_TEST: {"get": {}}}})
        return connection

    def _learn_served(self) -> None:
        if self.settings.embedded and not self.is_proxied:
            # The contract is exported from the embedded service: the two documents are one.
            self.connection.learn_served(self.contract.document)
        else:
            published_document(self.connection)
