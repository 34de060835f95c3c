"""The doctor: what would run on the configured target, and what keeps the rest from running.

It reads and never writes: nobody is seeded, and nothing is created.
"""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime

from acceptance.calls.client import Client, Connection
from acceptance.calls.exchange import Call, Exchange
from acceptance.checks.deviations import declared_in
from acceptance.contract import document
from acceptance.errors import ConfigurationError, NotOfferedError, TargetError
from acceptance.settings.gates import GateBook
from acceptance.target import production
from api_service.gates import GATES
from api_service.health import fault, no_fixtures
from api_service.people.accounts import People
from api_service.people.seed import APPLY, cast
from api_service.settings import Settings

MOST_CLOCK_SECONDS = 60.0
PLANS = {"starter", "pro"}
GOOD, BAD, NOTE = "ok", "FAULT", "note"
Line = tuple[str, str]


def run(_: Namespace) -> int:
    """Print what was found; 0 when a run can begin, 2 for the configuration, 4 when it would end at once."""
    config = Settings.load()
    known = list(_known(config))
    for line in gate_lines(config):
        print(line)
    if config.embedded:
        print("SMOKE_BASE_URL is not set: a run starts the embedded reference service")
    lines = [*([] if config.embedded else examine(config)), *known]
    for verdict, text in lines:
        print(f"{verdict:5}  {text}")
    return TargetError.exit_code if any(verdict == BAD for verdict, _ in lines) else 0


def gate_lines(config: Settings) -> Iterator[str]:
    """Yield a line for each gate: open or closed, by which setting, and what the service needs."""
    book = GateBook(GATES, config.gates)
    rows = [("gate", "state", "setting", "what the service must offer")]
    rows += [
        (f"@{gate.tag}", "open" if gate.tag in book.open_tags else "closed", gate.setting, gate.needs)
        for gate in GATES.values()
    ]
    # Settings are for copying, so that no terminal is too narrow for them.
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for *columns, needs in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(columns, widths, strict=True)), needs])


def examine(config: Settings) -> Iterator[Line]:
    """Yield what was found at the target, each as a verdict and a sentence.

    Raises ConfigurationError for a production deployment that nobody allowed.
    """
    connection = Connection(config.base_url, document.load(), config.http_timeout, config.stream_timeout)
    client = Client(connection)
    try:
        health = client.send(Call("the doctor", "GET", "/health"))
        if refused := production.refusal(health, config):
            raise ConfigurationError(refused)
        wrong = fault(health, config.base_url)
        if wrong:
            yield BAD, wrong
            return
        yield GOOD, f"{config.base_url} is {health.body.get('status')}, version {health.body['version']}"
        yield from _clock(health)
        yield from _fixtures(client)
        yield from _people(client, config)
        yield from _plans(client, config)
        yield (
            NOTE,
            "limits are counted by client address, e-mail and tenant: every scenario brings its own, so that "
            "a rerun hits none, unless a gateway overwrites X-Forwarded-For",
        )
    except NotOfferedError as error:
        yield BAD, f"{config.base_url} answers, but {error}; is this the api-service, and the right port?"
    finally:
        connection.close()


def _clock(health: Exchange) -> Iterator[Line]:
    apart = abs((health.answered_at - datetime.now(UTC)).total_seconds())
    if apart > MOST_CLOCK_SECONDS:
        yield BAD, f"its clock and this one are {apart:.0f} s apart: its tokens would look too old or too new"
    else:
        yield GOOD, "its clock and this one agree"


def _fixtures(client: Client) -> Iterator[Line]:
    # No tenants: a service with fixtures refuses that, and seeds nobody.
    try:
        answer = client.send(Call("the doctor", "POST", APPLY, json={"tenants": []}))
    except NotOfferedError:
        answer = None
    if answer is None or answer.body == answer.wire.not_routed:
        yield BAD, no_fixtures(client.connection.base_url)
    else:
        yield GOOD, "test fixtures are on"


def _people(client: Client, config: Settings) -> Iterator[Line]:
    alice = cast(config)["Alice"]
    people = People(client, config.token_audience)
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


def _plans(client: Client, config: Settings) -> Iterator[Line]:
    if "billing" not in config.gates:
        return
    answer = client.send(Call("the doctor", "GET", "/api/v1/billing/plans"))
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
    known, met = declared_in(config.known_issues, config.backend)
    if config.known_issues:
        count = f"{len(known)} known issue(s) and {len(met.declared)} deviation(s)"
        yield NOTE, f"{config.known_issues} lists {count}"
