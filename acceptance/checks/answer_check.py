"""What is checked on every answer, whatever the scenario: the contract, and rules that hold everywhere."""

from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import Any

from acceptance.calls.exchange import Exchange
from acceptance.checks.deviations import ZONE_RULE, Deviations
from acceptance.contract.document import MOST_FINDINGS, Contract, Finding
from acceptance.timestamps import with_zones

Rules = Callable[[Exchange], Iterable[Finding]]


class AnswerCheck:
    """Adds to an exchange how its answer breaks the contract or the rules, less what the target declares."""

    def __init__(self, contract: Contract, deviations: Deviations, *rules: Rules) -> None:
        self._contract, self._deviations = contract, deviations
        self._rules = (self._by_contract, *rules)

    def __call__(self, exchange: Exchange) -> None:
        """Put the findings into the exchange, beside those of its reading; at most a hundred."""
        found = chain(exchange.findings, *(rules(exchange) for rules in self._rules))
        kept = list(islice(found, MOST_FINDINGS))
        exchange.findings = self._deviations.remaining(exchange.operation.name, kept)

    def _by_contract(self, exchange: Exchange) -> list[Finding]:
        if exchange.failure or not exchange.status:
            return []
        success = exchange.operation.success
        if 200 <= exchange.status < 300 and exchange.status not in success:
            return [Finding("status", "", f"success is {success[0]} here, not {exchange.status}")]
        return [*self._body(exchange), *self._events(exchange)]

    def _body(self, exchange: Exchange) -> list[Finding]:
        sent = (exchange.status, exchange.media_type, self._zoned(exchange, exchange.body))
        return self._contract.findings(exchange.operation, *sent, empty=not exchange.content)

    def _events(self, exchange: Exchange) -> list[Finding]:
        return self._contract.event_findings(exchange.operation, self._zoned(exchange, exchange.events))

    def _zoned(self, exchange: Exchange, value: Any) -> Any:
        """Return the value with zones where the target is known to write none, and count them."""
        zones = self._deviations.of(ZONE_RULE, exchange.operation.name)
        if zones:
            value, changed = with_zones(value)
            self._deviations.met[zones] += changed
        return value
