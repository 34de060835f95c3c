"""What one scenario learnt of the service: every later answer has to agree with it."""

from acceptance.contract import Finding
from acceptance.exchange import Exchange
from acceptance.memory.effects import EFFECT_WHEN_REFUSED
from acceptance.memory.entities import named_by_path
from acceptance.memory.presence import Presence
from acceptance.memory.views import Views


class Memory:
    """The answers of one scenario, compared with each other."""

    def __init__(self) -> None:
        self._views = Views()
        self._presence = Presence()

    def findings(self, exchange: Exchange) -> list[Finding]:
        """Return where an answer contradicts the earlier ones, and remember it."""
        if exchange.operation.is_write:
            return self._after_write(exchange)
        if exchange.failure or exchange.status != 200:
            return []
        return [*self._views.compare(exchange), *self._presence.look(exchange)]

    def _after_write(self, exchange: Exchange) -> list[Finding]:
        if exchange.failure or exchange.status == 0 or exchange.status >= 500:
            self._views.forget(exchange)
            self._presence.unsure(exchange)
            return []
        if exchange.status >= 400:
            if exchange.operation.path in EFFECT_WHEN_REFUSED:
                self._views.forget(exchange)
            return []
        self._views.forget(exchange)
        if exchange.operation.method == "DELETE":
            self._views.drop(named_by_path(exchange))
        found = list(self._views.compare(exchange))
        self._views.learn_sent(exchange)
        self._presence.wrote(exchange)
        return found
