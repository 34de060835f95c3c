"""What every scenario did with the service when nothing was wrong."""

from collections import defaultdict
from dataclasses import dataclass, field

from acceptance.calls.exchange import Exchange
from acceptance.prove.faults import Fault


@dataclass
class Baseline:
    """The exchanges of each scenario, and how long it took in seconds; `red` says why some are left out."""

    exchanges: dict[str, list[Exchange]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)
    red: dict[str, str] = field(default_factory=dict)

    def note(self, exchange: Exchange) -> None:
        """Remember an exchange of a scenario."""
        if exchange.scenario:
            self.exchanges[exchange.scenario].append(exchange)

    def leave_out(self, title: str, why: str) -> None:
        """Leave out a scenario that is red without any fault: what it says proves nothing."""
        self.red[title] = why
        self.exchanges.pop(title, None)

    def by_operation(self) -> dict[str, list[Exchange]]:
        """Return every exchange under the name of its operation."""
        found: dict[str, list[Exchange]] = defaultdict(list)
        for exchanges in self.exchanges.values():
            for exchange in exchanges:
                found[exchange.operation.name].append(exchange)
        return found

    def candidates(self, fault: Fault) -> list[str]:
        """Return the scenarios that would meet a fault, first those of which it is the largest part.

        A fault that costs deadlines goes first to the scenarios that meet it least often.
        """
        ranked = sorted(
            (self._rank(fault, title), title)
            for title, exchanges in self.exchanges.items()
            if fault.suits([one for one in exchanges if one.operation.name == fault.operation.name])
        )
        return [title for _, title in ranked[: fault.most_scenarios]]

    def _rank(self, fault: Fault, title: str) -> tuple[float, float]:
        exchanges = self.exchanges[title]
        about = sum(one.operation.name == fault.operation.name for one in exchanges)
        rank = about if fault.costs_deadlines else round(-about / len(exchanges), 1)
        return rank, self.seconds[title]
