"""A campaign: a green baseline, then one fault at a time, and which scenario noticed it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from acceptance.errors import SuiteError, TargetError
from acceptance.prove.baseline import Baseline
from acceptance.prove.derive import derive_all
from acceptance.prove.driver import Driver
from acceptance.prove.effect_faults import Known
from acceptance.prove.faults import Fault
from acceptance.prove.proxy import Proxy
from acceptance.redaction import mask_text
from acceptance.run import project
from acceptance.run.settings import Settings


@dataclass
class Stage:
    """A session whose calls go through a proxy."""

    session: Any
    proxy: Proxy

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


def open_stage(config: Settings, reports: Path, known: Known) -> Stage:
    """Return a stage in front of the configured target; raises SuiteError when it cannot be made."""
    proxies: list[Proxy] = []

    def through(base_url: str) -> str:
        # Behind the proxy, whatever fails would be told of the proxy's own URL.
        try:
            httpx.get(base_url, timeout=config.http_timeout, trust_env=False)
        except httpx.HTTPError as error:
            raise TargetError(f"the service cannot be reached at {base_url}: {error}") from None
        proxies.append(Proxy(base_url, known).start())
        return proxies[0].base_url

    try:
        session = project.current().open_session(reports, config, through)
        proxies[0].route(session.contract)
        return Stage(session, proxies[0])
    except BaseException:
        for proxy in proxies:
            proxy.stop()
        raise


class Campaign:
    """Runs a baseline and then faults; a stage that a fault has spoilt is replaced."""

    def __init__(self, driver: Driver, make_stage: Callable[[Known], Stage]) -> None:
        self.driver, self._make_stage = driver, make_stage
        self.known = Known()
        self.baseline = Baseline()
        self._open()

    @property
    def titles(self) -> list[str]:
        """Every scenario that can be run."""
        return list(self.driver.scenarios)

    def run_baseline(self) -> Iterator[str]:
        """Run every scenario once without a fault and yield its title after it."""
        session = self.stage.session
        session.listeners.append(self.baseline.note)
        for title in self.titles:
            started = monotonic()
            if self.driver.run(title) is False:
                self.baseline.leave_out(title, mask_text(self.driver.why(title)))
            self.baseline.seconds[title] = monotonic() - started
            yield title
        session.listeners.remove(self.baseline.note)

    def faults(self) -> list[Fault]:
        """Return every fault that can be derived from the baseline and that some scenario would meet."""
        return derive_all(self.baseline.by_operation(), self.known)

    def prove(self, fault: Fault) -> Result:
        """Serve one fault to the scenarios that would meet it, until one is red.

        A red scenario counts only when the fault was served in it and it is green again without.
        """
        titles = self.baseline.candidates(fault)
        feature = self.driver.place(titles[0]) if titles else ""
        for title in titles:
            served, why = fault.served, self._red(fault, title)
            if why and fault.served > served and self._is_green(title):
                return Result(fault, feature, title, why)
        return Result(fault, feature)

    def renew(self) -> None:
        """Replace a stage that a fault has left in a state that no scenario expects."""
        self.close()
        self.known.forget()
        self._open()

    def close(self) -> None:
        """End the stage; what cannot be ended is of no interest after a fault."""
        try:
            self.stage.close()
        except SuiteError as error:
            print(f"the stage was left untidy: {error}")

    def _open(self) -> None:
        self.stage = self._make_stage(self.known)
        self.driver.use(self.stage.session)

    def _red(self, fault: Fault, title: str) -> str:
        """Run a scenario under a fault; return what it says when it is red, or an empty string."""
        self.stage.proxy.armed = fault
        try:
            green = self.driver.run(title)
        finally:
            self.stage.proxy.armed = None
        return mask_text(self.driver.why(title)) or "red" if green is False else ""

    def _is_green(self, title: str) -> bool:
        """Whether a scenario is green without a fault, if need be on a new stage."""
        if self.driver.run(title) is not False:
            return True
        self.renew()
        return self.driver.run(title) is not False
