"""What one scenario knows: its people, its named things, the last answer; fresh for each scenario."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address
from typing import Any

from acceptance.calls.client import Client
from acceptance.calls.exchange import Call, Exchange
from acceptance.contract.document import Contract
from acceptance.scenarios.scenario import Scenario
from acceptance.scenarios.undo import Undo
from acceptance.settings.limits import Limits
from api_service.doubles import Doubles
from api_service.lending.pool import LentTenant, TenantPool
from api_service.people.accounts import VISITOR, People, Person
from api_service.people.forged_tokens import Forger, forge
from api_service.people.seed import Cast
from api_service.people.tenants import Tenant
from api_service.rules.memory import Memory
from api_service.settings import Settings

Ask = Callable[..., Exchange]
"""`World.act` for a When, `World.must` for a Given, `World.look` for what the caller itself judges."""


@dataclass
class Suite:
    """What all scenarios of a run share; nothing of it belongs to one of them."""

    contract: Contract
    settings: Settings
    run_id: str
    people: People
    doubles: Doubles
    cast: Cast
    tenants: TenantPool


def token_of(suite: Suite, undo: Undo) -> str:
    """Return the token of the person who is named in an undo entry, if possible a cached one."""
    email, tenant_id = undo.caller["email"], undo.caller["tenant_id"]
    named, password = suite.cast.named(email, tenant_id), suite.settings.user_password
    stranger = Person("cleanup", email, password, tenant_id=tenant_id, is_newcomer=True)
    return suite.people.token(named or stranger)


@dataclass(kw_only=True)
class World(Scenario):
    """One scenario of the api-service: its people and their tokens, and what earlier answers said.

    `petsage` calls another service.
    """

    suite: Suite
    petsage: Client
    persons: MutableMapping[str, Person]
    ordinal: int
    memory: Memory
    borrowed: list[LentTenant] = field(default_factory=list)
    passed: bool = False

    @property
    def limits(self) -> Limits:
        """How much the deployment allows of what scenarios count."""
        return self.suite.settings.limits

    def person(self, name: str) -> Person:
        """Return a person of the scenario; raises LookupError when nobody introduced them."""
        try:
            return self.persons[name]
        except KeyError:
            raise LookupError(f"nobody introduced {name} in this scenario") from None

    def call(self, person: str, method: str, path: str, **request: Any) -> Call:
        """Return a call as a person (signed in; a visitor is not) without making it."""
        call = super().call(person, method, path, **request)
        if person == VISITOR:
            return call
        return replace(call, account=self.person(person).tenant_id)

    def token(self, person: str) -> str | None:
        """Return the token that a person uses: one that they were given, else a good one of their own."""
        if person == VISITOR:
            return None
        return self.tokens.get(person) or self.suite.people.token(self.person(person))

    def use_token(self, person: str, token: str) -> None:
        """Let a person of this scenario act with another token than their own."""
        self.tokens[person] = token

    def asking(self, verb: object) -> Ask:
        """Return how a step calls that is Given and When: `act` if its text has a verb, else `must`."""
        return self.act if verb else self.must

    def forge_token(self, person: str, make: Callable[[Forger], str]) -> str:
        """Return a token made of a person's own; raises NotOfferedError when none can be signed."""
        good = self.suite.people.token(self.person(person))
        public_key = self.suite.people.public_key(good)
        return forge(make, Forger(good, public_key, self.suite.settings.signing_key))

    def introduce(self, person: Person) -> None:
        """Make somebody known who was seeded for this scenario only."""
        self.persons[person.name] = person

    def borrow(self, title: str, slug: str, people: Iterable[Person], more: Mapping[str, Any]) -> Tenant:
        """Return a tenant that goes back when the scenario ends; see `TenantPool.borrow`."""
        lent = self.suite.tenants.borrow(title, slug, people, more)
        self.borrowed.append(lent)
        return lent.tenant

    def watch(self, call: Call) -> None:
        """Look at what a call may change in the borrowed tenants, before it is made."""
        for lent in self.borrowed:
            self.suite.tenants.watch(lent, call)

    def finish(self) -> None:
        """End a scenario that passed; see `Scenario.finish`."""
        super().finish()
        self.passed = True

    def clean_up(self) -> None:
        """Undo what the scenario made and give back its tenants; one in doubt is not lent again."""
        super().clean_up()
        for lent in self.borrowed if self.passed else ():
            self.suite.tenants.give_back(lent, self.exchanges)

    def caller(self, person: str) -> Mapping[str, str]:
        """Return what an undo entry says of the person who makes its call."""
        return self.person(person).caller

    def elsewhere(self, number: int) -> str:
        """Return a client address beside the scenario's own, another one for each number from 1 to 12."""
        return str(IPv4Address(self.client.address) + number * 2**28)

    def unique(self, word: str) -> str:
        """Return a name that no other scenario or run uses, starting with a readable word.

        None of them begins with another one, so that a search finds one thing.
        """
        return f"{word}-{self.suite.run_id}-{self.ordinal:05}"

    def undo_token(self, undo: Undo) -> str:
        """Return the token of the person who is named in an undo entry."""
        return token_of(self.suite, undo)
