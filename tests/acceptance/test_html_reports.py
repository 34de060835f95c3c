"""The HTML reports: self-contained, escaped, quiet, and right about the numbers."""

import json
import re
from argparse import Namespace

import pytest

from acceptance.commands import coverage
from acceptance.errors import ConfigurationError, SuiteError
from acceptance.reports.allure_page import without_analytics
from acceptance.reports.coverage_page import page, percentiles, write

ROW = {
    "method": "GET",
    "path": "/things",
    "area": "things",
    "depth": "schema",
    "statuses": [200],
    "at_least": "200 application/json by its schema",
    "scenarios": ["A <b>thing</b> is & stays"],
    "runs": 1,
    "tags": [],
    "smoke": [],
}
BARE = {**ROW, "path": "/others", "depth": "none", "statuses": [], "scenarios": []}
REPORT = {
    "target": "embedded",
    "total": 2,
    "covered": 1,
    "operations": [ROW, BARE],
    "gates": [
        {"tag": "ai", "state": "open", "why": "an assistant"},
        {"tag": "billing", "state": "closed", "why": "gate @billing is closed: set SMOKE_ENABLE_BILLING=1"},
    ],
    "access": [],
    "whole": True,
}
CALLS = [{"method": "GET", "path": "/things", "seconds": n / 1000} for n in range(1, 22)]
PROOF = {
    "seed": 7,
    "served": 10,
    "killed": 9,
    "kill_rate": 0.9,
    "families": {"field lost": {"served": 10, "killed": 9}},
    "survivors": [{"fault": "GET /things: field lost at $.a", "feature": "features/things.feature"}],
}


def test_the_page_asks_no_other_host_for_anything():
    text = page(REPORT, CALLS, PROOF)
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!data:)""", text)
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text


def test_what_comes_from_outside_is_escaped():
    assert "A &lt;b&gt;thing&lt;/b&gt; is &amp; stays" in page(REPORT, CALLS, None)


def test_the_page_tells_coverage_gates_latency_and_proof():
    text = page(REPORT, CALLS, PROOF)
    assert "1 of 2 operations" in text
    assert "whole contract kept <b>1</b>" in text
    assert "gate @billing is closed: set SMOKE_ENABLE_BILLING=1" in text
    assert "11 / 20 ms, 21&times;" in text
    assert "90.0%" in text
    assert "GET /things: field lost at $.a" in text


def test_a_row_tells_its_gate_its_smoke_and_what_every_success_is_held_to():
    gated = {**ROW, "path": "/assistants", "tags": ["ai", "serial"], "runs": 3, "smoke": ["smoke"]}
    plain, bare = row_of(page(REPORT, CALLS, None), "things"), row_of(page(REPORT, CALLS, None), "others")
    text = row_of(page({**REPORT, "operations": [gated]}, CALLS, None), "assistants")
    assert '<small class="open">@ai</small>' in text
    assert "@serial" not in text
    assert "<small>smoke</small>" in text
    assert "every success is at least: 200 application/json by its schema; runs: 3" in text
    assert "<small" not in plain + bare


def row_of(text: str, path: str) -> str:
    """The part of the page about one operation."""
    rows = [part.split("</details>")[0] for part in text.split('<details class="op">')[1:]]
    (row,) = [row for row in rows if f"/<wbr>{path}</code>" in row]
    return row


def test_percentiles_are_of_each_operation_the_slowest_first():
    slow = {"method": "POST", "path": "/things", "seconds": 0.5}
    rows = percentiles([*CALLS, slow])
    assert [(row["name"], row["calls"], round(row["p50"])) for row in rows] == [
        ("POST /things", 1, 500),
        ("GET /things", 21, 11),
    ]


def test_a_long_path_breaks_between_its_parts():
    assert "<b>GET</b> /<wbr>things</code>" in page(REPORT, CALLS, PROOF)


def test_without_a_run_there_is_a_sentence(tmp_path):
    with pytest.raises(ConfigurationError, match="make smoke"):
        write(tmp_path)


def test_a_journal_that_a_killed_run_left_half_written_is_a_sentence(tmp_path):
    (tmp_path / "coverage.json").write_text(json.dumps(REPORT), encoding="utf-8")
    (tmp_path / "exchanges.jsonl").write_text(f'{json.dumps(CALLS[0])}\n{{"method": "GE', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="make smoke"):
        write(tmp_path)


def test_analytics_are_cut_out_of_the_allure_report():
    tag = '<script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>'
    setup = "<script>window.dataLayer = []; gtag('js');</script>"
    report = f"<html><script>let app = 1;</script>{tag}\n {setup}<p>report</p></html>"
    assert without_analytics(report) == "<html><script>let app = 1;</script><p>report</p></html>"


def test_analytics_in_an_unknown_form_keep_the_report_from_being_written():
    with pytest.raises(SuiteError, match="analytics"):
        without_analytics('<script>load("https://www.googletagmanager.com/x")</script>')


@pytest.fixture
def last_run(tmp_path, monkeypatch):
    def ran(**change):
        (tmp_path / "reports").mkdir(exist_ok=True)
        (tmp_path / "reports" / "coverage.json").write_text(
            json.dumps({**REPORT, **change}), encoding="utf-8"
        )

    monkeypatch.chdir(tmp_path)
    return ran


def checked(check: bool) -> int:
    return coverage.run(Namespace(check=check))


def test_a_drop_in_coverage_is_red_even_when_the_matrix_was_written_anew(last_run, capsys):
    last_run()
    assert checked(False) == 0
    assert checked(True) == 1
    assert "GET /others is not covered" in capsys.readouterr().out


def test_a_stale_matrix_is_red_and_a_fresh_one_is_not(last_run, capsys):
    whole = {"operations": [ROW], "total": 1}
    last_run(**whole)
    assert checked(False) == 0
    assert checked(True) == 0
    last_run(**whole | {"operations": [{**ROW, "runs": 2}]})
    assert checked(True) == 1
    assert "COVERAGE.md is stale" in capsys.readouterr().out


def test_an_operation_that_smoke_has_to_pass_and_did_not_is_red(last_run, capsys, tmp_path):
    (tmp_path / "contract").mkdir()
    (tmp_path / "contract" / "must.csv").write_text(f"operation,gates\n{ROW['method']} {ROW['path']},\n")
    last_run(operations=[{**ROW, "smoke": ["smoke"]}], total=1)
    assert checked(False) == 0
    assert checked(True) == 0
    last_run(operations=[{**ROW, "smoke": []}], total=1)
    assert checked(False) == 0
    assert checked(True) == 1
    assert "no @smoke scenario passed it" in capsys.readouterr().out


def test_the_matrix_is_never_made_from_a_deployment(last_run):
    last_run(target="https://staging.example.com")
    with pytest.raises(ConfigurationError, match=r"staging\.example\.com"):
        checked(False)


@pytest.mark.parametrize("check", [False, True])
def test_the_matrix_is_never_made_from_a_part_of_the_suite(last_run, check):
    last_run(whole=False)
    with pytest.raises(ConfigurationError, match="a part of the suite"):
        checked(check)
