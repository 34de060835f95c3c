"""A campaign: a green baseline, then one fault at a time, and which scenario noticed it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from acceptance.errors import SuiteError
from acceptance.exchange import Exchange
from acceptance.prove.derive import derive
from acceptance.prove.driver import Driver
from acceptance.prove.faults import Fault
from acceptance.prove.proxy import Proxy
from acceptance.session import Session, open_session
from acceptance.settings import Settings

PROOF_HTTP_SECONDS = 1.5
PROOF_STREAM_SECONDS = 3.0


@dataclass
class Stage:
    """A session whose calls go through a proxy, and the scenarios that can be run on it."""

    session: Session
    proxy: Proxy
    driver: Driver

    def close(self) -> None:
        """End the session and the proxy."""
        self.proxy.armed = None
        try:
            self.session.close()
        finally:
            self.proxy.stop()


@dataclass(frozen=True)
class Result:
    """What became of one fault: `killed_by` is the scenario that noticed, `why` what it said."""

    fault: Fault
    feature: str
    killed_by: str = ""
    why: str = ""

    @property
    def served(self) -> bool:
        """Whether the suite ever got the fault."""
        return self.fault.served > 0


@dataclass
class Baseline:
    """What every scenario did with the service when nothing was wrong."""

    exchanges: dict[str, list[Exchange]] = field(default_factory=lambda: defaultdict(list))
    scenarios: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)

    def note(self, exchange: Exchange) -> None:
        """Remember an exchange and which scenario it belongs to."""
        name = exchange.operation.name
        self.exchanges[name].append(exchange)
        if exchange.scenario and exchange.scenario not in self.scenarios[name]:
            self.scenarios[name].append(exchange.scenario)

    def candidates(self, operation: str) -> list[str]:
        """Return the scenarios that touch an operation, the quickest first."""
        return sorted(self.scenarios[operation], key=lambda title: self.seconds.get(title, 0.0))


def open_stage(config: Settings, reports: Path, arguments: Iterable[str]) -> Stage:
    """Return a stage in front of the configured target; raises SuiteError when it cannot be made."""
    proxies: list[Proxy] = []

    def through(base_url: str) -> str:
        proxies.append(Proxy(base_url).start())
        return proxies[0].base_url

    session = open_session(reports, config, through)
    proxies[0].route(session.contract)
    return Stage(session, proxies[0], Driver(session, arguments))


class Campaign:
    """Runs a baseline and then faults; a stage that a fault has spoilt is replaced."""

    def __init__(self, make_stage: Callable[[], Stage]) -> None:
        self._make_stage = make_stage
        self.stage = make_stage()
        self.baseline = Baseline()

    def run_baseline(self) -> list[Fault]:
        """Run every scenario once and return all the faults that can be derived.

        Raises SuiteError when a scenario is red without any fault.
        """
        record = self.stage.session.api.record

        def note(exchange: Exchange) -> None:
            record(exchange)
            self.baseline.note(exchange)

        self.stage.session.api.record = note
        for title in self.stage.driver.scenarios:
            started = monotonic()
            if self.stage.driver.run(title) is False:
                why = self.stage.driver.why(title)
                raise SuiteError(f'nothing is proven: "{title}" is red without any fault ({why})')
            self.baseline.seconds[title] = monotonic() - started
        self.stage.session.api.record = record
        every = self.baseline.exchanges
        return [fault for name in sorted(every) for fault in derive(every[name], self.stage.proxy.known)]

    def prove(self, fault: Fault) -> Result:
        """Serve one fault to every scenario that touches its operation, until one is red.

        A red scenario counts only when the fault was served in it and it is green again without.
        """
        titles = self.baseline.candidates(fault.operation.name)
        feature = self.stage.driver.place(titles[0]) if titles else ""
        for title in titles:
            served = fault.served
            self.stage.proxy.armed = fault
            green = self.stage.driver.run(title)
            why = self.stage.driver.why(title)
            self.stage.proxy.armed = None
            if green is not False:
                continue
            if self.stage.driver.run(title) is False:
                self.renew()
                if fault.served == served or self.stage.driver.run(title) is False:
                    continue
            if fault.served > served:
                return Result(fault, feature, title, why)
        return Result(fault, feature)

    def renew(self) -> None:
        """Replace a stage that a fault has left in a state that no scenario expects."""
        self.close()
        self.stage = self._make_stage()

    def close(self) -> None:
        """End the stage; what cannot be ended is of no interest after a fault."""
        try:
            self.stage.close()
        except SuiteError as error:
            print(f"the stage was left untidy: {error}")
