"""A proxy that does something to a run when a chosen call comes by."""

import asyncio
import re
import signal
import subprocess
from dataclasses import dataclass

from acceptance.prove.effect_faults import Known
from acceptance.prove.proxy import Proxy


@dataclass(frozen=True)
class Case:
    """A signal at the n-th call whose method and path match, before or after the service has it."""

    title: str
    number: signal.Signals
    pattern: str
    count: int
    features: tuple[str, ...]
    served: bool = True


class Trap(Proxy):
    """The proxy that sends a signal to a process when the call of a case comes by."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream, Known())
        self.case: Case | None = None
        self.sprung = False
        self._victim: subprocess.Popen[str] | None = None
        self._left = 0

    def aim(self, case: Case) -> None:
        self.case, self._left, self.sprung, self._victim = case, case.count, False, None

    def at(self, victim: subprocess.Popen[str]) -> None:
        self._victim = victim

    def spring(self, victim: subprocess.Popen[str], number: signal.Signals) -> None:
        victim.send_signal(number)

    async def _serve(self, request):
        case = self.case
        if case is None or not re.fullmatch(case.pattern, f"{request.method} {request.url.path}"):
            return await super()._serve(request)
        self._left -= 1
        if self._left:
            return await super()._serve(request)
        answer = await super()._serve(request) if case.served else None
        assert self._victim
        self.spring(self._victim, case.number)
        self.sprung = True
        # The process hears of the signal before it hears of the answer.
        await asyncio.sleep(0.05)
        return answer or await super()._serve(request)
