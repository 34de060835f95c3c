"""What every scenario did with the service when nothing was wrong."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from acceptance.calls.client import RUN
from acceptance.calls.exchange import Exchange
from acceptance.prove.faults import Fault
from acceptance.scenarios.undo import CLEANUP


@dataclass
class Baseline:
    """The exchanges of each scenario, and how long it took in seconds; `red` says why some are left out."""

    exchanges: dict[str, list[Exchange]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)
    red: dict[str, str] = field(default_factory=dict)
    cleanups: dict[str, list[Exchange]] = field(default_factory=lambda: defaultdict(list))
    own: list[Exchange] = field(default_factory=list)
    current: str = ""

    def note(self, exchange: Exchange) -> None:
        """Remember an exchange of a scenario, of the cleanup of the `current` one, or of the run."""
        if exchange.scenario:
            self.exchanges[exchange.scenario].append(exchange)
        elif not self.current:
            self.own.append(exchange)
        elif exchange.person == CLEANUP:
            self.cleanups[self.current].append(exchange)

    def leave_out(self, title: str, why: str) -> None:
        """Leave out a scenario that is red without any fault: what it says proves nothing."""
        self.red[title] = why
        self.exchanges.pop(title, None)
        self.cleanups.pop(title, None)

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
        if fault.part == RUN:
            return self.quickest()[: fault.most_scenarios]
        met = self.cleanups if fault.part == CLEANUP else self.exchanges
        ranked = sorted(
            (self._rank(fault, title, exchanges), title)
            for title, exchanges in met.items()
            if fault.suits([one for one in exchanges if one.operation.name == fault.operation.name])
        )
        return [title for _, title in ranked[: fault.most_scenarios]]

    def quickest(self) -> list[str]:
        """Return the scenarios in which somebody is signed in, the quickest first."""
        signed_in = (title for title, met in self.exchanges.items() if any(one.call.token for one in met))
        return sorted(signed_in, key=lambda title: self.seconds[title])

    def _rank(self, fault: Fault, title: str, exchanges: Sequence[Exchange]) -> tuple[float, float]:
        about = sum(one.operation.name == fault.operation.name for one in exchanges)
        rank = about if fault.costs_deadlines else round(-about / len(exchanges), 1)
        return rank, self.seconds[title]
