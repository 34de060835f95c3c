"""The bench: ratios of one run, from what the run wrote, and bounds for them."""

import sys
from argparse import Namespace
from types import SimpleNamespace

import pytest

from acceptance.commands import bench
from acceptance.errors import ConfigurationError, SuiteError
from acceptance.reports.ratios import Ran, load_budget, over_budget, ratios, shares

SIGN_IN = {"method": "POST", "path": "/token", "seconds": 2.0, "service_seconds": 1.0}
LOOK = {"method": "GET", "path": "/pets", "seconds": 2.0, "service_seconds": 1.5}
LABELS = [{"name": "epic", "value": "Billing"}]
RESULTS = [
    {"status": "passed", "start": 101_000, "stop": 104_000, "labels": LABELS},
    {"status": "failed", "start": 102_000, "stop": 103_000, "labels": []},
    {"status": "skipped", "start": 100_500, "stop": 100_500, "labels": LABELS},
]
RAN = Ran(5.0, 0.5, 100.0, [SIGN_IN, LOOK, LOOK], RESULTS, 2)


def test_the_ratios_are_those_of_the_run():
    assert ratios(RAN, {"sign-ins": ["POST /token"]}) == {
        "wall time over the time of waiting for answers": 5.0 / 6.0,
        "wall time over the service's own time": 1.25,
        "time to the first scenario over wall time": 0.2,
        "the suite's CPU time over wall time": 0.1,
        "the suite's CPU milliseconds for each scenario": 250.0,
        "the service's milliseconds for each covered operation": 2000.0,
        "requests for each scenario": 1.5,
        "sign-ins for each scenario": 0.5,
    }


def test_the_time_is_shared_among_the_folders():
    assert shares(RESULTS) == [("Billing", 0.75), ("other", 0.25)]


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        ({"most": {"cost": 2}}, []),
        ({"most": {"cost": 1.99}}, ["cost: 2.00, at most 1.99 by the budget"]),
        ({"least": {"cost": 2}}, []),
        ({"least": {"cost": 2.5}}, ["cost: 2.00, at least 2.5 by the budget"]),
    ],
)
def test_a_ratio_beyond_its_bound_is_told(budget, said):
    assert over_budget({"cost": 2.0}, budget) == said


def test_a_bound_of_what_was_not_measured_is_refused():
    with pytest.raises(ConfigurationError, match='bounds "costs", which was not measured; it has cost'):
        over_budget({"cost": 2.0}, {"most": {"costs": 1}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("most = ", "cannot be read"),
        ("[highest]\ncost = 1", r"\[highest\] is no table of a budget"),
        ("most = 1", r"\[most\] is no table"),
        ('[most]\ncost = "one"', '"cost" has no number as its bound'),
        ("[most]\ncost = true", '"cost" has no number as its bound'),
    ],
)
def test_a_wrong_budget_is_refused(tmp_path, text, said):
    (tmp_path / "budget.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=said):
        load_budget(tmp_path / "budget.toml")


def test_a_missing_budget_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_budget(tmp_path / "none.toml")


@pytest.fixture
def benched(monkeypatch, tmp_path):
    """Return a function that benches with a bound on the requests, and gives the exit code."""
    asked: list[list[str]] = []

    def behave(arguments, environ=None):
        asked.append([*arguments])
        return RAN

    monkeypatch.setattr(bench, "_behave", behave)
    budget = tmp_path / "budget.toml"

    def run(most, **more):
        budget.write_text(f'[most]\n"requests for each scenario" = {most}\n')
        return bench.run(Namespace(**{"budget": budget, "speed_up": False, "behave_arguments": ["a"]} | more))

    return SimpleNamespace(run=run, asked=asked)


def test_the_bench_ends_with_1_beyond_the_budget(benched, capsys):
    assert benched.run(1.5) == 0
    assert benched.run(1.4) == 1
    assert "over budget: requests for each scenario: 1.50" in capsys.readouterr().out


def test_several_workers_are_measured_when_asked_for(benched, capsys):
    assert benched.run(2, speed_up=True) == 0
    assert [f"--jobs={jobs}" for jobs in (1, 2, 4, 8)] * 2 == [asked[0] for asked in benched.asked[2:]]
    assert "speed-up with 8 workers at 100 ms" in capsys.readouterr().out


def test_a_red_run_is_not_measured(monkeypatch):
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(SuiteError, match="nothing was measured: a run ended with exit code 1"):
        bench.run(Namespace(budget=None, speed_up=False, behave_arguments=[]))
