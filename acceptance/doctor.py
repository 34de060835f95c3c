"""The doctor: what would run on the configured target, and what keeps the rest from running.

It reads and never writes: nobody is seeded, and nothing is created.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from acceptance import contract, known_issues, settings
from acceptance.api import ROUTER_NOT_FOUND, Api
from acceptance.errors import NotOfferedError, TargetError
from acceptance.exchange import Call, Exchange
from acceptance.gates import GATES, GateBook
from acceptance.people import People
from acceptance.seed import APPLY, cast
from acceptance.settings import Settings

MOST_CLOCK_SECONDS = 60.0
PLANS = {"starter", "pro"}
GOOD, BAD, NOTE = "ok", "FAULT", "note"
Line = tuple[str, str]


def add_arguments(parser: ArgumentParser) -> None:
    """This command takes no arguments."""


def run(_: Namespace) -> int:
    """Print what was found; 0 when a run can begin, 2 for the configuration, 4 when it would end at once."""
    config = settings.load()
    console = Console(highlight=False, soft_wrap=True)
    console.print(gate_table(config))
    if config.embedded:
        console.print("SMOKE_BASE_URL is not set: the embedded reference service runs with every gate open")
        return 0
    lines = list(examine(config))
    for verdict, text in lines:
        console.print(f"{verdict:5}  {text}", markup=False)
    return TargetError.exit_code if any(verdict == BAD for verdict, _ in lines) else 0


def gate_table(config: Settings) -> Table:
    """Return the gates: open or closed, by which setting, and what the service needs."""
    table = Table("gate", "state", "setting", "what the service must offer", title="gates")
    book = GateBook(config.gates)
    for gate in GATES.values():
        state = "open" if gate.tag in book.open_tags else "closed"
        table.add_row(f"@{gate.tag}", state, gate.setting, gate.needs)
    return table


def examine(config: Settings) -> Iterator[Line]:
    """Yield what was found at the target, each as a verdict and a sentence."""
    api = Api(config.base_url, contract.load(), config.http_timeout, config.stream_timeout)
    try:
        health = api.send(Call("the doctor", "GET", "/health"))
        yield from _reached(config, health)
        if not isinstance(health.body, dict) or "version" not in health.body:
            return
        yield from _clock(health)
        yield from _fixtures(api)
        yield from _people(api, config)
        yield from _plans(api, config)
        yield from _known(config)
    except NotOfferedError as error:
        yield BAD, f"{config.base_url} answers, but {error}; is this the api-service, and the right port?"
    finally:
        api.close()


def _reached(config: Settings, health: Exchange) -> Iterator[Line]:
    if health.failure:
        yield BAD, f"{health.failure}; start the service, or mend SMOKE_BASE_URL ({config.base_url})"
    elif not health.succeeded or not isinstance(health.body, dict) or "version" not in health.body:
        yield (
            BAD,
            (
                f"{config.base_url} answers /health with status {health.status} and no api-service's health; "
                "is this the right port?"
            ),
        )
    else:
        yield GOOD, f"{config.base_url} is {health.body.get('status')}, version {health.body['version']}"


def _clock(health: Exchange) -> Iterator[Line]:
    apart = abs((health.answered_at - datetime.now(UTC)).total_seconds())
    if apart > MOST_CLOCK_SECONDS:
        yield BAD, f"its clock and this one are {apart:.0f} s apart: its tokens would look too old or too new"
    else:
        yield GOOD, "its clock and this one agree"


def _fixtures(api: Api) -> Iterator[Line]:
    # No tenants: a service with fixtures refuses that, and seeds nobody.
    try:
        answer = api.send(Call("the doctor", "POST", APPLY, json={"tenants": []}))
    except NotOfferedError:
        answer = None
    if answer is None or answer.body == ROUTER_NOT_FOUND:
        yield BAD, "test fixtures are off; start the service with USE_TEST_FIXTURES=true"
    else:
        yield GOOD, "test fixtures are on"


def _people(api: Api, config: Settings) -> Iterator[Line]:
    alice = cast(config)["Alice"]
    people = People(api, config.token_audience)
    try:
        people.token(alice)
    except TargetError as error:
        first = str(error).splitlines()[0]
        if "does not verify" in first:
            yield BAD, f"{first}; an old key or another service behind the same address?"
        else:
            yield NOTE, f"{alice.email} cannot sign in yet; the run seeds them ({first})"
        return
    people.sign_out_all()
    yield GOOD, f"{alice.email} signs in, and the token verifies against the published keys"


def _plans(api: Api, config: Settings) -> Iterator[Line]:
    if "billing" not in config.gates:
        return
    answer = api.send(Call("the doctor", "GET", "/api/v1/billing/plans"))
    codes = {plan.get("code") for plan in answer.body} if isinstance(answer.body, list) else set()
    if codes >= PLANS:
        yield GOOD, "billing offers the plans starter and pro"
        return
    missing = " and ".join(sorted(PLANS - codes))
    yield (
        BAD,
        f"the gate @billing is open and the service offers no plan {missing} (status {answer.status}): "
        "start it with ENABLE_BILLING=true; the plans come with the migrations on Postgres, "
        "on sqlite they are inserted by hand",
    )


def _known(config: Settings) -> Iterator[Line]:
    tables: dict[str, Any] = known_issues.read(config.known_issues)
    if tables:
        known, deviations = len(tables.get("known", [])), len(tables.get("deviation", []))
        yield NOTE, f"{config.known_issues} lists {known} known issue(s) and {deviations} deviation(s)"
    yield (
        NOTE,
        (
            "limits are counted by client address, e-mail and tenant: every scenario brings its own, so that "
            "a rerun hits none, unless a gateway overwrites X-Forwarded-For"
        ),
    )
