"""One scenario: its client, what it asked and was answered, what it knows by name and has to undo."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from acceptance.calls.client import Client
from acceptance.calls.event_stream import EventStream
from acceptance.calls.evidence import explain
from acceptance.calls.exchange import Call, Exchange
from acceptance.scenarios.scenario_state import ScenarioState
from acceptance.scenarios.undo import CLEANUP, Undo, undo_call
from acceptance.scenarios.undo_ledger import Intent, Undos


@dataclass
class Scenario:
    """What one scenario has of its own. Nothing of it is shared with another one.

    `act` is for a When, `must` for a Given, `look` for a Then's second read. `sign_in` gives a person's token
    when they first call. A subclass may say in `call` and `undo_token` as whom else is called and undone.
    """

    client: Client
    undos: Undos
    exchanges: list[Exchange] = field(default_factory=list)
    response: Exchange | None = None
    stream: EventStream | None = None
    state: ScenarioState = field(default_factory=ScenarioState)
    sign_in: Callable[["Scenario", str], str | None] = lambda *_: None
    tokens: dict[str, str | None] = field(default_factory=dict)

    def call(self, person: str, method: str, path: str, **request: Any) -> Call:
        """Return a call without making it; `request` are the fields of `Call` and values of the path."""
        fields = request.keys() & {"json", "query", "headers", "content"}
        given = {name: value for name in fields if (value := request.pop(name)) is not None}
        return Call(person, method, path, request, token=self.token(person), **given)

    def token(self, person: str) -> str | None:
        """Return the token with which a person calls, signed in once; None for somebody signed out."""
        if person not in self.tokens:
            self.tokens[person] = self.sign_in(self, person)
        return self.tokens[person]

    def undo(self, person: str, method: str, path: str, *, what: str, **request: Any) -> Intent:
        """Put into the ledger how a person undoes what is made next, or was just made; `what` names it.

        `request` are the fields of `Undo` and values of the path.
        """
        given = {name: request.pop(name) for name in ("json", "query", "accept", "search") if name in request}
        return self.undos.add(Undo(self.caller(person), method, path, request, what=what, **given))

    @contextmanager
    def making(
        self, person: str, method: str, path: str, answered: Mapping[str, str] | None = None, **undo: Any
    ) -> Iterator[Intent]:
        """Put into the ledger how to undo what the last call of the block makes; see `undo`.

        `answered` are the values that the entry lacks, and the dotted paths under which the answer tells
        them; without an answer they are searched for. Raises LedgerError, and nothing is made.
        """
        intent, known = self.undo(person, method, path, **undo), len(self.exchanges)
        try:
            yield intent
        finally:
            intent.settle(self.exchanges[known:], answered or {})

    def caller(self, person: str) -> Mapping[str, str]:
        """Return what an undo entry says of the person who makes its call, without a secret."""
        return {"person": person}

    def undo_token(self, undo: Undo) -> str | None:
        """Return the token of the person who is named in an undo entry."""
        return self.token(undo.caller["person"])

    def act(self, person: str, method: str, path: str, **request: Any) -> Exchange:
        """Make the call that the scenario is about; its answer is what every Then looks at."""
        self.response = self.send(self.call(person, method, path, **request))
        return self.response

    def must(self, person: str, method: str, path: str, **request: Any) -> Exchange:
        """Make a call that has to succeed and keep the contract; raises AssertionError otherwise."""
        exchange = self.look(person, method, path, **request)
        if not exchange.is_as_promised:
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

    def finish(self) -> None:
        """End the scenario; raises AssertionError for a broken contract or an unread failure."""
        unread = [one for one in self.exchanges if one.findings or (one.went_wrong and not one.looked_at)]
        if unread:
            first = explain(unread[0], "an answer that nobody needs to look at")
            raise AssertionError(f"{len(unread)} answer(s) failed and no step looked: {first}")

    def clean_up(self) -> None:
        """Undo what the scenario made, last first; raises AssertionError that names what was left behind."""
        # No step looks at these calls, so they cover no operation.
        self.client.scenario, self.client.request_name = "", f"{self.client.request_name}-{CLEANUP}"
        if failures := self.undos.perform(self._undo):
            raise AssertionError("cleanup failed: " + "\n".join(failures))

    def _undo(self, undo: Undo) -> Exchange:
        return self.look_at(self.send(undo_call(undo, self.undo_token(undo))))
