"""A campaign: a green baseline, then one fault at a time, and which scenario noticed it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from acceptance.calls.client import RUN
from acceptance.errors import SuiteError, TargetError
from acceptance.prove.baseline import Baseline
from acceptance.prove.derive import Ids, derive_all
from acceptance.prove.driver import Driver
from acceptance.prove.effect_faults import Known
from acceptance.prove.faults import Fault
from acceptance.prove.own_calls import Residue, derive_own, document_faults
from acceptance.prove.proxy import Proxy
from acceptance.redaction import mask_text
from acceptance.run import project
from acceptance.scenarios.undo import CLEANUP
from acceptance.settings.settings import Settings
from acceptance.target.published_document import PLACE
from acceptance.target.target import START_SECONDS


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
        return self.fault.times_met > 0


def open_stage(config: Settings, reports: Path, known: Known) -> Stage:
    """Return a stage in front of the configured target; raises SuiteError when it cannot be made."""
    proxies: list[Proxy] = []

    def through(base_url: str) -> str:
        # Behind the proxy, whatever fails would be told of the proxy's own URL.
        try:
            # A service may make its document when it is first asked for it, which takes a while.
            httpx.get(f"{base_url}{PLACE}", timeout=START_SECONDS, trust_env=False)
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
            started, self.baseline.current = monotonic(), title
            if self.driver.run(title) is False:
                self.baseline.leave_out(title, mask_text(self.driver.why(title)))
            self.baseline.seconds[title] = monotonic() - started
            yield title
        self._note_own_calls()
        session.listeners.remove(self.baseline.note)

    def _note_own_calls(self) -> None:
        """Have the baseline note what the suite asks for itself in a run of the quickest scenario."""
        self.baseline.current = ""
        for title in self.baseline.quickest()[:1]:
            self.stage.session.end()
            self.baseline.own.clear()
            exchanges, self.baseline.current = [*self.baseline.exchanges[title]], ""
            if why := self._whole_run(title):
                raise SuiteError(f"a run of one scenario fails without any fault: {why}")
            self.baseline.exchanges[title] = exchanges

    def faults(self) -> list[Fault]:
        """Return every fault that can be derived from the baseline and that some scenario would meet."""
        by_operation = self.baseline.by_operation()
        cleanups = [one for met in self.baseline.cleanups.values() for one in met]
        given, session = Ids(one for met in by_operation.values() for one in met), self.stage.session
        own = derive_own(self.baseline.own, cleanups, given)
        if not [*session.inventories()]:
            # Nobody said where things are listed: a run cannot see what a cleanup has left.
            own = [fault for fault in own if not isinstance(fault, Residue)]
        document = document_faults() if session.connection.has_document else []
        return [*derive_all(by_operation, self.known), *document, *own]

    def prove(self, fault: Fault) -> Result:
        """Serve one fault to the scenarios that would meet it, until one is red.

        A red scenario counts only when the fault was served in it and it is green again without.
        """
        titles = self.baseline.candidates(fault)
        feature = self.driver.place(titles[0]) if titles else ""
        for title in titles:
            met, why = fault.times_met, self._red(fault, title)
            if why and fault.times_met > met and self._is_green(fault, title):
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
        """Run a scenario under a fault; return what it says when it is red, or an empty string.

        After a cleanup that does nothing it is the residue that is red.
        """
        session, proxy = self.stage.session, self.stage.proxy
        if fault.part == RUN:
            # What earlier faults have spoilt is no matter of this one.
            with suppress(SuiteError):
                session.end()
        proxy.armed = fault
        try:
            why = self._attempt(fault, title)
        finally:
            proxy.armed = None
        left = session.left_behind(session.inventories()) if fault.part == CLEANUP else []
        if isinstance(fault, Residue):
            why = why or "; ".join(left)
        return mask_text(why)

    def _attempt(self, fault: Fault, title: str) -> str:
        """Run a scenario, with what comes before and after it when the fault is there; say why it is red."""
        if fault.part == RUN:
            return self._whole_run(title)
        return self.driver.why(title) or "red" if self.driver.run(title) is False else ""

    def _whole_run(self, title: str) -> str:
        """Begin a run, run one scenario and end it; return what was red, or an empty string."""
        session = self.stage.session
        try:
            session.prepare(everybody=True)
            green = self.driver.run(title)
            session.end()
        except SuiteError as error:
            return str(error).partition("\n")[0] or "red"
        return self.driver.why(title) or "red" if green is False else ""

    def _is_green(self, fault: Fault, title: str) -> bool:
        """Whether a scenario is green without a fault, if need be on a new stage."""
        if not self._attempt(fault, title):
            return True
        self.renew()
        return not self._attempt(fault, title)
