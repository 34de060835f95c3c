"""The age of what a new account shows: nothing in it is older than the account itself."""

import time
from collections.abc import Iterator
from datetime import timedelta

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from acceptance.json_values import objects
from acceptance.rules.effects import area
from acceptance.rules.times import JUST_NOW, moments


class AccountAges:
    """When each account of the scenario's own was founded, on the monotonic clock."""

    def __init__(self) -> None:
        self._founded: dict[str, float] = {}

    def begin(self, account: str) -> None:
        """Remember that an account was founded just now."""
        self._founded[account] = time.monotonic()

    def look(self, exchange: Exchange) -> Iterator[Finding]:
        """Yield what an answer to somebody of a new account shows as older than the account."""
        founded, declared = self._founded.get(str(exchange.call.account)), exchange.operation.semantics
        if founded is None or area(exchange.operation) in declared.areas.of_no_account:
            return
        since = exchange.answered_at - timedelta(seconds=time.monotonic() - founded) - JUST_NOW
        by_the_service = declared.fields_with("past").keys() - declared.fields_with("said_by_others").keys()
        for where, text, moment in moments(objects(exchange.body), by_the_service):
            if moment < since:
                yield Finding("older than its account", where, f"{text} is older than the account")
