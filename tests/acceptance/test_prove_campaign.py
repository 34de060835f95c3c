"""A campaign: what it runs, when it believes a red scenario, and how it recovers from a spoilt stage."""

import fnmatch
import socket
from argparse import Namespace
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pytest

from acceptance.__main__ import main
from acceptance.calls.exchange import Call, Exchange
from acceptance.commands.prove import choose
from acceptance.contract import document
from acceptance.errors import ConfigurationError, TargetError
from acceptance.prove import equivalent
from acceptance.prove.baseline import Baseline
from acceptance.prove.campaign import Campaign
from acceptance.prove.driver import Driver
from acceptance.prove.effect_faults import PageRepeated, Unauthenticated
from acceptance.prove.faults import Fault, ServerError, families
from acceptance.prove.field_faults import Changed, FieldLost, OffByOne
from acceptance.prove.report import record
from acceptance.prove.stream_faults import Slow
from tests.acceptance.fake_driver import FakeDriver
from tests.acceptance.small_service import CONTRACT

GET = CONTRACT.operation("GET", "/things/{id}")
LIST = CONTRACT.operation("GET", "/things")


def exchange(scenario: str, operation=GET, status: int = 200, **more) -> Exchange:
    call = Call("Alice", operation.method, operation.path, query=more.pop("query", {}))
    body = more.pop("body", {"name": "Thing"})
    return Exchange(operation, call, "", "", status=status, scenario=scenario, body=body, **more)


def baseline(*exchanges: Exchange) -> Baseline:
    made = Baseline()
    for one in exchanges:
        made.note(one)
        made.seconds[one.scenario] = 1.0
    return made


def test_scenarios_of_which_the_operation_is_the_largest_part_come_first():
    made = baseline(exchange("aside"), *[exchange("aside", LIST)] * 5, exchange("subject"))
    assert made.candidates(ServerError(GET)) == ["subject", "aside"]


def test_a_fault_that_costs_deadlines_goes_first_to_whoever_meets_it_once():
    made = baseline(*[exchange("crowd")] * 3, *[exchange("aside", LIST)] * 5, exchange("aside"))
    assert made.candidates(ServerError(GET)) == ["crowd", "aside"]
    assert made.candidates(Slow(GET)) == ["aside", "crowd"]


def test_only_scenarios_that_would_meet_a_fault_are_candidates():
    made = baseline(
        exchange("good"),
        exchange("refused", status=401, body=None),
        exchange("without", body={}),
        exchange("second page", LIST, query={"offset": 2}),
        exchange("first page", LIST),
    )
    assert made.candidates(FieldLost(GET, ("name",))) == ["good"]
    assert made.candidates(Unauthenticated(GET)) == ["refused"]
    assert made.candidates(PageRepeated(LIST)) == ["second page"]


def test_what_a_red_scenario_did_is_left_out():
    made = baseline(exchange("red"))
    made.leave_out("red", "because")
    assert (made.candidates(ServerError(GET)), made.red) == ([], {"red": "because"})


@dataclass
class FakeStage:
    """A service on which a scenario is red while its fault is armed, and stays so when that spoilt it."""

    notices: bool = True
    spoils: bool = False
    serves: bool = True
    spoilt: bool = False

    def __post_init__(self) -> None:
        self.proxy, self.session = SimpleNamespace(armed=None), self

    def run(self) -> bool:
        fault: Fault | None = self.proxy.armed
        if fault:
            fault.served += self.serves
            self.spoilt = self.spoilt or self.spoils
        return not (self.spoilt or (fault and self.notices))

    def close(self) -> None:
        pass


def proven(*stages: FakeStage) -> tuple[str, int]:
    """Return which scenario noticed a fault, and how many stages that took."""
    left = list(stages)
    campaign = Campaign(cast(Any, FakeDriver("expected a lion")), lambda known: cast(Any, left.pop(0)))
    campaign.baseline = baseline(exchange("one"))
    return campaign.prove(ServerError(GET)).killed_by, len(stages) - len(left)


def test_a_scenario_that_is_green_again_without_the_fault_has_noticed_it():
    assert proven(FakeStage()) == ("one", 1)


def test_a_green_scenario_has_noticed_nothing():
    assert proven(FakeStage(notices=False)) == ("", 1)


def test_a_red_scenario_that_never_met_the_fault_proves_nothing():
    assert proven(FakeStage(serves=False)) == ("", 1)


def test_a_spoilt_stage_is_replaced_and_the_scenario_believed_when_it_is_green_there():
    assert proven(FakeStage(spoils=True), FakeStage()) == ("one", 2)


def test_a_scenario_that_stays_red_on_a_new_stage_proves_nothing():
    assert proven(FakeStage(spoils=True), FakeStage(spoilt=True)) == ("", 2)


def options(**chosen) -> Namespace:
    defaults = {"operation": None, "family": None, "only_survivors": False, "sample": 0}
    return Namespace(**{**defaults, **chosen})


EVERY = [FieldLost(GET, (name,)) for name in "abcdefghij"] + [Changed(LIST, ("a",))]


def test_a_sample_depends_on_its_seed_and_little_on_what_else_there_is():
    sample = choose(EVERY, options(sample=4), seed=1)
    assert choose(EVERY[::-1], options(sample=4), seed=1) == sample
    assert len([fault for fault in choose(EVERY[1:], options(sample=4), seed=1) if fault in sample]) >= 3
    assert any(choose(EVERY, options(sample=4), seed=seed) != sample for seed in range(2, 5))


def test_faults_are_chosen_by_operation_and_family():
    assert choose(EVERY, options(operation=["GET /things"]), 1) == EVERY[-1:]
    assert choose(EVERY, options(family=["field lost"]), 1) == EVERY[:-1]
    with pytest.raises(ConfigurationError):
        choose(EVERY, options(family=["no such thing"]), 1)


def test_only_noticed_effect_faults_are_recorded_and_others_stay(tmp_path):
    place = tmp_path / "proven.json"
    place.write_text('{"operations": ["GET /elsewhere", "GET /things"]}')
    faults = [Changed(GET, ("name",)), Changed(LIST, ("name",)), FieldLost(LIST, ("name",))]
    for fault in faults:
        fault.served = 1
    results: list[Any] = [
        SimpleNamespace(fault=fault, served=True, killed_by=killed)
        for fault, killed in zip(faults, ("one", "", "one"), strict=True)
    ]
    record(results, place)
    assert place.read_text().split('"')[3::2] == ["GET /elsewhere", "GET /things/{id}"]


STEPS = """
from behave import given

@given("all is well")
def all_is_well(context):
    context.session.runs += 1

@given("somebody interrupts")
def interrupt(context):
    raise KeyboardInterrupt

@given("there is {number:d}")
def there_is(context, number):
    assert number < context.session.limit, "expected less"
"""
FEATURE = """
Feature: Zoo
  Scenario: Well
    Given all is well

  Scenario: Interrupted
    Given somebody interrupts

  Scenario Outline: Counted
    Given there is <number>

    Examples: Numbers
      | number |
      | 1      |
      | 5      |
"""


@pytest.fixture
def driver(tmp_path, monkeypatch) -> Driver:
    (tmp_path / "features" / "steps").mkdir(parents=True)
    (tmp_path / "features" / "zoo.feature").write_text(FEATURE)
    (tmp_path / "features" / "steps" / "zoo.py").write_text(STEPS)
    monkeypatch.chdir(tmp_path)
    made = Driver()
    made.use(SimpleNamespace(runs=0, limit=3))
    return made


def test_a_scenario_can_be_run_again_and_again(driver):
    assert [driver.run("Well") for _ in range(3)] == [True, True, True]


def test_rows_of_an_outline_are_scenarios_of_their_own(driver):
    rows = [name for name in driver.scenarios if name.startswith("Counted")]
    assert [driver.run(name) for name in rows] == [True, False]
    assert "expected less" in driver.why(rows[1])
    assert driver.place(rows[1]).endswith("zoo.feature")


def test_an_interrupt_in_a_step_is_no_verdict(driver):
    with pytest.raises(KeyboardInterrupt):
        driver.run("Interrupted")


def test_every_declared_equivalent_can_cover_a_fault_of_the_contract():
    operations, kinds = list(document.load()), families()
    for declared in equivalent.load():
        assert fnmatch.filter((one.name for one in operations), declared.operation), declared
        assert fnmatch.filter(kinds, declared.family), declared
    uptime = FieldLost(next(one for one in operations if one.name == "GET /health"), ("uptime",))
    assert equivalent.reason(equivalent.load(), uptime) is None
    assert equivalent.reason(equivalent.load(), OffByOne(uptime.operation, ("uptime",)))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["features/nosuch"], "features/nosuch"),
        (["--sample", "-1"], "--sample is -1"),
        (["--family", "field lots"], 'there is no "field lots"; did you mean "field lost"?'),
        (["--operation", "GET /helth"], 'there is no "GET /helth"; did you mean "GET /health"?'),
        (["--tags", "not ("], "--tags: Syntax error"),
        (["--tags", "not @provder"], "@provder is not a declared tag; did you mean @provider?"),
    ],
)
def test_what_cannot_be_asked_for_is_one_sentence_before_any_baseline(monkeypatch, capsys, arguments, said):
    monkeypatch.setattr(
        "acceptance.commands.prove.open_stage", lambda *_: pytest.fail("a service was started")
    )
    assert main(["prove", *arguments]) == ConfigurationError.exit_code
    output = capsys.readouterr()
    assert said in output.err
    assert (output.out, output.err.count("\n")) == ("", 1)


def test_a_target_that_cannot_be_reached_is_named_by_its_own_url(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("SMOKE_BASE_URL", url)
    assert main(["prove", "features/petsage"]) == TargetError.exit_code
    assert f"the service cannot be reached at {url}: " in capsys.readouterr().err
