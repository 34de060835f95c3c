"""What one scenario learnt of the service: every later answer has to agree with it."""

from acceptance.calls.exchange import Exchange
from acceptance.contract.document import Finding
from acceptance.contract.semantics import EFFECT_EVEN_WHEN_REFUSED
from acceptance.rules.account_age import AccountAges
from acceptance.rules.presence import Presence
from acceptance.rules.things import Extra, named_by_path, nothing_else
from acceptance.rules.views import Views


class Memory:
    """The answers of one scenario, compared with each other; `extra` sees more in them than is declared."""

    def __init__(self, extra: Extra = nothing_else) -> None:
        self._views = Views(extra)
        self._presence = Presence(extra)
        self._ages = AccountAges()

    def made_account(self, account: str) -> None:
        """Remember that the scenario made an account just now: nothing that its people see is older."""
        self._ages.begin(account)

    def findings(self, exchange: Exchange) -> list[Finding]:
        """Return where an answer contradicts the earlier ones, and remember it."""
        if exchange.operation.is_write:
            return self._after_write(exchange)
        if exchange.failure or exchange.status != 200:
            return []
        looks = (self._views.compare, self._presence.look, self._ages.look)
        return [finding for look in looks for finding in look(exchange)]

    def _after_write(self, exchange: Exchange) -> list[Finding]:
        unclear = exchange.failure or exchange.status == 0 or exchange.status >= 500
        refused = not unclear and exchange.status >= 400
        if not refused or exchange.operation.meaning.effect == EFFECT_EVEN_WHEN_REFUSED:
            self._views.forget(exchange)
        if unclear:
            self._presence.unsure(exchange)
        if unclear or refused:
            return []
        if exchange.operation.method == "DELETE":
            self._views.drop(named_by_path(exchange))
        found = [*self._views.compare(exchange), *self._ages.look(exchange)]
        self._views.learn_sent(exchange)
        self._presence.wrote(exchange)
        return found
