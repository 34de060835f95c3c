"""What one scenario knows: its people, its named things, the last answer; fresh for each scenario."""

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from acceptance.calls.client import Client
from acceptance.calls.event_stream import EventStream
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.calls.scenario_state import ScenarioState
from acceptance.calls.undo_ledger import Undo, Undos, undo_call
from acceptance.contract.document import Contract
from api_service.doubles import Doubles
from api_service.people.accounts import VISITOR, People, Person
from api_service.people.seed import Cast
from api_service.rules.memory import Memory
from api_service.settings import Settings


@dataclass
class Suite:
    """What all scenarios of a run share; nothing of it belongs to one of them."""

    contract: Contract
    settings: Settings
    run_id: str
    people: People
    doubles: Doubles
    cast: Cast


@dataclass
class World:
    """One scenario: its client, its people, what it made and saw. Nothing of it is shared with another one.

    `act` is for a When, `must` for a Given, `look` for a Then's second read. `petsage` calls another service.
    """

    suite: Suite
    client: Client
    petsage: Client
    undos: Undos
    persons: MutableMapping[str, Person]
    ordinal: int
    memory: Memory = field(default_factory=Memory)
    exchanges: list[Exchange] = field(default_factory=list)
    response: Exchange | None = None
    stream: EventStream | None = None
    state: ScenarioState = field(default_factory=ScenarioState)
    _tokens: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """Return a person of the scenario; raises LookupError when nobody introduced them."""
        try:
            return self.persons[name]
        except KeyError:
            raise LookupError(f"nobody introduced {name} in this scenario") from None

    def call(
        self,
        person: str,
        method: str,
        path: str,
        *,
        json: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        **values: Any,
    ) -> Call:
        """Return a call as a person (signed in; a visitor is not) without making it."""
        call = Call(person, method, path, values, json, query or {}, headers or {}, content)
        if person == VISITOR:
            return call
        somebody = self.person(person)
        token = self._tokens.get(person) or self.suite.people.token(somebody)
        return replace(call, token=token, tenant_id=somebody.tenant_id)

    def act(self, person: str, method: str, path: str, **request: Any) -> Exchange:
        """Make the call that the scenario is about; its answer is what every Then looks at."""
        self.response = self.send(self.call(person, method, path, **request))
        return self.response

    def must(self, person: str, method: str, path: str, **request: Any) -> Exchange:
        """Make a call that has to succeed and keep the contract; raises AssertionError otherwise."""
        exchange = self.look(person, method, path, **request)
        if exchange.went_wrong or not exchange.succeeded:
            raise AssertionError(explain(exchange, f"{exchange.operation.name} to succeed"))
        return exchange

    def look(self, person: str, method: str, path: str, **request: Any) -> Exchange:
        """Make a call whose answer the caller itself judges."""
        return self.look_at(self.send(self.call(person, method, path, **request)))

    def look_at(self, exchange: Exchange) -> Exchange:
        """Return an exchange that the caller itself judges; nobody else says that an answer was looked at."""
        exchange.looked_at = True
        return exchange

    def send(self, call: Call) -> Exchange:
        """Make a prepared call, for when a step needs another token or none."""
        return self.client.send(call)

    @contextmanager
    def open_stream(self, call: Call) -> Iterator[EventStream]:
        """Open an event stream as the scenario's subject: `stream` and `response` are then set."""
        with self.client.stream(call) as stream:
            self.stream, self.response = stream, stream.exchange
            yield stream

    @property
    def answer(self) -> Exchange:
        """The answer that a Then looks at; raises AssertionError when no call was made."""
        if self.response is None:
            raise AssertionError("nothing was asked in this scenario, so there is no answer to look at")
        return self.look_at(self.response)

    @property
    def followed(self) -> EventStream:
        """The event stream that the scenario opened last; raises AssertionError when it opened none."""
        if self.stream is None:
            raise AssertionError("no event stream was opened in this scenario")
        return self.stream

    def use_token(self, person: str, token: str) -> None:
        """Let a person of this scenario act with another token than their own."""
        self._tokens[person] = token

    def introduce(self, person: Person) -> None:
        """Make somebody known who was seeded for this scenario only."""
        self.persons[person.name] = person

    def undo(self, person: str, method: str, path: str, *, what: str, **request: Any) -> None:
        """Put into the ledger how to undo what was just made; `what` names it for people."""
        somebody = self.person(person)
        accept = request.pop("accept", None)
        entry = Undo(
            somebody.email,
            somebody.tenant_id,
            method,
            path,
            json=request.pop("json", None),
            query=request.pop("query", {}),
            values=request,
            what=what,
        )
        self.undos.add(replace(entry, accept=accept) if accept else entry)

    def unique(self, word: str) -> str:
        """Return a name that no other scenario or run uses, starting with a readable word."""
        return f"{word}-{self.suite.run_id}-{self.ordinal}"

    def finish(self) -> None:
        """End the scenario; raises AssertionError for a broken contract or an unread failure."""
        unread = [one for one in self.exchanges if one.findings or (one.went_wrong and not one.looked_at)]
        if unread:
            first = explain(unread[0], "an answer that nobody needs to look at")
            raise AssertionError(f"{len(unread)} answer(s) failed and no step looked: {first}")

    def clean_up(self) -> None:
        """Undo what the scenario made, last first; raises AssertionError that names what was left behind."""
        # No step looks at these calls, so they neither cover an operation nor meet a fault of it.
        self.client.scenario = ""
        failures = self.undos.perform(self._perform)
        if failures:
            raise AssertionError("cleanup failed: " + "; ".join(failures))

    def _perform(self, undo: Undo) -> Exchange:
        """Make an undo call as the person who is named in it, if possible one whose token is cached."""
        named = self.suite.cast.named(undo.email, undo.tenant_id)
        person = named or Person(
            "cleanup", undo.email, self.suite.settings.user_password, tenant_id=undo.tenant_id
        )
        return self.client.send(undo_call(undo, self.suite.people.token(person)))
