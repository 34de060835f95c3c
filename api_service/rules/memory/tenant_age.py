"""What a scenario founded is as young as the scenario: nothing in a new tenant is older than the tenant."""

import time
from collections.abc import Iterator
from datetime import timedelta

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from acceptance.json_values import instant, objects
from api_service.rules.answers.moments import HAPPENED, JUST_NOW
from api_service.rules.memory.effects import area

# Stripe says itself when its events occurred.
SAID_BY_OTHERS = frozenset({"occurred_at"})
# What these show belongs to no tenant.
EVERYBODYS = frozenset({"status", "health", "platform", "test-fixtures"})


class Youth:
    """When each tenant of the scenario's own was founded, on the monotonic clock."""

    def __init__(self) -> None:
        self._founded: dict[str, float] = {}

    def begin(self, tenant_id: str) -> None:
        """Remember that a tenant was founded just now."""
        self._founded[tenant_id] = time.monotonic()

    def look(self, exchange: Exchange) -> Iterator[Finding]:
        """Yield what an answer to somebody of a new tenant shows as older than the tenant."""
        founded = self._founded.get(str(exchange.call.tenant_id))
        if founded is None or area(exchange.operation.path) in EVERYBODYS:
            return
        since = exchange.answered_at - timedelta(seconds=time.monotonic() - founded) - JUST_NOW
        for where, found in objects(exchange.body):
            for key in (found.keys() & HAPPENED) - SAID_BY_OTHERS:
                moment = instant(found[key])
                if moment and moment < since:
                    yield Finding("young", f"{where}.{key}", f"{found[key]} is older than the tenant")
