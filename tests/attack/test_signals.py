"""Signals at chosen and at random calls: afterwards nothing that the run has made is left at the service.

The proxy sends the signal when a call has been served and not yet answered, or not yet served. Which calls
the random ones are follows from the printed seed.
"""

import os
import random
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import pytest

from api_service.settings import Settings
from tests.acceptance.service import running_service
from tests.acceptance.suite_copy import SuiteCopy
from tests.attack.residue import Residue
from tests.attack.trap import Case, Trap

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)
# The call that makes something, and the feature in which it is made; each is met by every signal.
MAKING = {
    "a seeded tenant": ("POST .*/test-fixtures/apply", 3, "identity/sessions"),
    "a sign-up": ("POST .*/auth/register", 1, "identity/sign_up"),
    "an upload": ("POST .*/upload-url", 1, "content/stored_files"),
    "a vector store": ("POST .*/vector[-_]stores", 1, "content/vector_stores"),
    "a container": ("POST .*/containers", 1, "content/containers"),
    "a status subscription": ("POST .*/status/subscriptions", 1, "platform/status_subscriptions"),
    "an invitation": ("POST .*/auth/invites", 1, "identity/invitations"),
}
# These are met by SIGKILL alone, which the run can do nothing about.
ALSO_MAKING = {
    "a subscription": ("POST .*/billing/tenants/[^/]*/subscription", 1, "billing/subscriptions"),
    "a team invitation": ("POST .*/tenants/invites", 1, "tenancy/team_invites"),
    "an access request": ("POST .*/auth/request-access", 1, "identity/access_requests"),
    "an approval": ("POST .*/approve", 1, "identity/access_requests"),
    "a founded tenant": ("POST .*/platform/tenants", 1, "tenancy/operators"),
    "a conversation": ("POST .*/chat", 1, "assistants/chat"),
    "a followed conversation": ("POST .*/chat/stream", 1, "assistants/chat_stream"),
    "a seeded conversation": ("POST .*/test-fixtures/apply", 2, "assistants/conversations"),
    "a workflow run": ("POST .*/workflows/[^/]*/run", 1, "assistants/workflow_runs"),
    "a session": ("POST .*/auth/token", 1, "assistants/conversations"),
    "a token of a machine": ("POST .*/service-accounts/issue", 1, "identity/service_accounts"),
}
RANDOM = 60
FEATURES = sorted({feature for _, _, feature in (MAKING | ALSO_MAKING).values()})
SEED = int(os.environ.get("ATTACK_SEED", "20261121"))
WORKERS = int(os.environ.get("ATTACK_WORKERS", "2"))
# What these gates promise is elsewhere, or can be had by one run at a time.
NOT_HERE = ("PETSAGE_BASE_URL", "SMOKE_ENABLE_OTLP")


def cases() -> Iterator[Case]:
    for what, (pattern, count, feature) in (MAKING | ALSO_MAKING).items():
        for number in SIGNALS if what in MAKING else (signal.SIGKILL,):
            yield Case(f"{number.name} at {what}", number, pattern, count, (feature,))
    dice = random.Random(SEED)
    for index in range(RANDOM):
        features, count = tuple(dice.sample(FEATURES, 2)), dice.randrange(3, 70)
        number, served = SIGNALS[index % len(SIGNALS)], dice.random() < 0.7
        title = f"{number.name} at random call {count} of seed {SEED} #{index}"
        yield Case(title, number, ".*", count, features, served)


class Worker:
    """A service of its own, and runs against it that are interrupted."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        url = stack.enter_context(running_service())
        self._folder, self._trap = folder, Trap(url).start()
        stack.callback(self._trap.stop)
        gates = {one.setting: "1" for one in Settings.gate_table.values() if one.setting not in NOT_HERE}
        self._environ = {**gates, "SMOKE_OPENAI_URL": f"{url}/provider/v1", "SMOKE_HTTP_TIMEOUT": "60"}
        self._residue = Residue(url)

    def try_out(self, number: int, case: Case) -> list[str]:
        """Return what is wrong after a case."""
        suite = SuiteCopy(self._folder / str(number), self._trap.base_url, **self._environ)
        self._trap.aim(case)
        process = suite.start(*(f"features/{feature}.feature" for feature in case.features))
        self._trap.at(process)
        out, _ = process.communicate(timeout=120)
        self._trap.case = None
        if not self._trap.sprung:
            return [f"the call never came: {out}"]
        killed = case.number is signal.SIGKILL
        expected, code = (-signal.SIGKILL, process.returncode) if killed else (1, process.returncode)
        if killed:
            swept, said = suite.command("sweep")
            expected, code, out = 0, swept, said
        problems = [] if code == expected else [f"ended with {code}: {out}"]
        problems += [f"there is still {path}" for path in (suite.reports / "ledger").glob("*")]
        return problems + [f"{one}: {out}" for one in self._residue.left()]


CASES = {case.title: case for case in cases()}


@pytest.fixture(scope="module")
def outcomes(request, tmp_path_factory):
    """What was wrong after each selected case; two are tried at a time."""
    chosen = [
        item.callspec.params["title"] for item in request.session.items if item.module is request.module
    ]
    # Under nohup it is ignored, and every process that is started here would ignore it, too.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    print(f"seed {SEED}")
    with ExitStack() as stack, ThreadPoolExecutor(WORKERS) as pool:
        idle: SimpleQueue[Worker] = SimpleQueue()
        for number in range(WORKERS):
            idle.put(Worker(tmp_path_factory.mktemp(f"worker{number}"), stack))

        def try_out(number: int, title: str) -> list[str]:
            worker = idle.get()
            try:
                return worker.try_out(number, CASES[title])
            except Exception as error:
                return [repr(error)]
            finally:
                idle.put(worker)

        return dict(zip(chosen, pool.map(try_out, range(len(chosen)), chosen), strict=True))


@pytest.mark.parametrize("title", CASES)
def test_nothing_is_left_after(outcomes, title):
    assert outcomes[title] == []
